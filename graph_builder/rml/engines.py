"""Engines that run compiled mappings: how a source becomes a table, and how lines become a file.

These two functions are all that an engine adds to Ibis. The table has string columns only; NULL is an absent
value, and there is no empty string. Lines are unique, sorted by their UTF-8 bytes and end with LF.
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from graph_builder.errors import DataError, Place, Problem
from graph_builder.rml.json_rows import read_json
from graph_builder.rml.model import Formulation, Source


class Engine(Protocol):
    """What runs a compiled mapping."""

    def read(self, source: Source, references: frozenset[str]) -> ir.Table:
        """The rows of a source as strings; raises DataError. `references` are the columns that are needed."""

    def write(self, lines: ir.Table, out: Path, *, ordered: bool = True) -> int:
        """Write the unique values of the column `line`, and return how many there are."""


class DuckDB:
    """DuckDB in this process: reads `<tables>/<name>.parquet` or .csv, and spills to `temp_directory`."""

    def __init__(
        self,
        tables: Path,
        *,
        memory_limit: str = "2GB",
        temp_directory: Path | None = None,
        threads: int | None = None,
    ) -> None:
        self.tables = tables
        self._spill = tempfile.TemporaryDirectory(prefix="keifu-", dir=temp_directory)
        # Order is asked for where it matters; without it less is held in memory.
        settings = {
            "memory_limit": memory_limit,
            "temp_directory": self._spill.name,
            "preserve_insertion_order": "false",
        }
        if threads is not None:
            settings["threads"] = str(threads)
        self._connection = ibis.duckdb.connect(**settings)
        self._tables: dict[tuple[Path, str | None, frozenset[str]], ir.Table] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._connection.disconnect()
        self._spill.cleanup()

    def read(self, source: Source, references: frozenset[str]) -> ir.Table:
        """The rows of a source as strings; raises DataError."""
        path = (source.root or self.tables) / source.path
        if not path.is_file():
            remedy = "build the table first, or give its source rml:root rml:MappingDirectory"
            raise DataError(Problem(Place(str(path)), "there is no such file", remedy))
        wanted = references if source.formulation is Formulation.JSON_PATH else frozenset[str]()
        key = (path.resolve(), source.iterator, wanted)
        if key not in self._tables:
            self._tables[key] = self._open(path, source, sorted(wanted))
        return self._tables[key]

    def write(self, lines: ir.Table, out: Path, *, ordered: bool = True) -> int:
        """Write the unique values of the column `line`, and return how many there are."""
        unique = lines.distinct()
        query = self._connection.compile(unique.order_by("line") if ordered else unique)
        # No line holds U+0001 or a line break, so that with this delimiter and no quotes CSV is plain text.
        plain = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
        target = str(out).replace("'", "''")
        written = self._connection.raw_sql(f"COPY ({query}) TO '{target}' ({plain})").fetchone()
        return int(written[0])

    def _open(self, path: Path, source: Source, references: list[str]) -> ir.Table:
        name = f"source_{len(self._tables)}"
        match source.formulation:
            case Formulation.PARQUET:
                return _all_strings(self._connection.read_parquet(path, table_name=name), path)
            case Formulation.CSV:
                return self._open_csv(path, name)
            case Formulation.JSON_PATH:
                columns = read_json(path, source.iterator or "$", references, Place(str(path)))
                schema = pa.schema([(column, pa.string()) for column in columns])
                self._connection.con.register(name, pa.table(columns, schema=schema))
                return self._connection.table(name)

    def _open_csv(self, path: Path, name: str) -> ir.Table:
        # Nothing is guessed: names come from the first record, everything is text, "" and nothing are NULL.
        return self._connection.read_csv(
            [str(path)],
            table_name=name,
            columns=dict.fromkeys(_header(path), "VARCHAR"),
            header=True,
            delim=",",
            quote='"',
            escape='"',
            nullstr="",
            allow_quoted_nulls=True,
        )


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file), [])
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names or twice or "" in names:
        what = (
            f"the header repeats {', '.join(twice)}" if twice else "the header leaves a column without a name"
        )
        raise DataError(Problem(Place(str(path), 1), what, "give every column a name of its own"))
    return names


def _all_strings(table: ir.Table, path: Path) -> ir.Table:
    for column, kind in table.schema().items():
        if not kind.is_string():
            what = f'the column "{column}" holds {kind}, not strings'
            raise DataError(Problem(Place(str(path)), what, "write all columns of a table as strings"))
    return table
