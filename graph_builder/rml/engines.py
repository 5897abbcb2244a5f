"""Engines that run compiled mappings: how a source becomes a table, and how lines become a file.

These two functions are all that an engine adds to Ibis. The table has string columns only; NULL is an absent
value, and there is no empty string. Lines are unique, sorted by their UTF-8 bytes and end with LF.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import duckdb

from graph_builder.errors import CallError, DataError, Place, Problem
from graph_builder.rml.json_rows import read_json
from graph_builder.rml.model import Formulation, Source

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Ibis is imported where an expression is made or compiled: a build that finds its query kept needs none.


@dataclass(frozen=True)
class Opened:
    """A source as the engine knows it: the name of its table, and its columns."""

    name: str
    columns: tuple[str, ...]


class Engine(Protocol):
    """What runs a compiled mapping; `queries` is the folder where compiled ones are kept, if they are."""

    queries: Path | None

    def read(self, source: Source, references: frozenset[str]) -> ir.Table:
        """The rows of a source as strings; raises DataError. `references` are the columns that are needed."""

    def open(self, source: Source, references: frozenset[str]) -> Opened:
        """The table of a source, which queries may name from now on; raises DataError."""

    def compile(self, lines: ir.Table, *, ordered: bool = True, repeat: bool = True) -> str:
        """The query for the unique values of the column `line`, in the engine's own words.

        With `repeat` False the caller has shown that no line repeats.
        """

    def run(self, query: str, out: Path) -> int:
        """Write the lines of a compiled query, and return how many there are."""

    def are_unique(self, lines: ir.Table) -> bool:
        """Whether no value of the column `line` repeats."""


class DuckDB:
    """DuckDB in this process: reads `<tables>/<name>.parquet` or .csv, and spills to `temp_directory`."""

    def __init__(
        self,
        tables: Path,
        *,
        memory_limit: str = "1GB",
        temp_directory: Path | None = None,
        threads: int | None = None,
        queries: Path | None = None,
    ) -> None:
        self.tables = tables
        self.queries = queries
        self._spill = tempfile.TemporaryDirectory(prefix="keifu-", dir=temp_directory)
        # Order is asked for where it matters; without it less is held in memory.
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": self._spill.name,
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        try:
            self._connection = duckdb.connect(config=settings)
        except duckdb.Error as error:
            self._spill.cleanup()
            what = f"DuckDB refuses its settings ({' '.join(str(error).split())})"
            raise CallError(Problem(Place("engine"), what, "mend memory_limit or threads")) from error
        self._connection.execute("SET enable_progress_bar = false")
        self._opened: dict[tuple[Path, str | None, frozenset[str]], Opened] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._connection.close()
        self._spill.cleanup()

    def read(self, source: Source, references: frozenset[str]) -> ir.Table:
        """The rows of a source as strings; raises DataError."""
        import ibis

        opened = self.open(source, references)
        return ibis.table(dict.fromkeys(opened.columns, "string"), name=opened.name)

    def open(self, source: Source, references: frozenset[str]) -> Opened:
        """The table of a source, which queries may name from now on; raises DataError."""
        path = (source.root or self.tables) / source.path
        if not path.is_file():
            remedy = "build the table first, or give its source rml:root rml:MappingDirectory"
            raise DataError(Problem(Place(str(path)), "there is no such file", remedy))
        wanted = references if source.formulation is Formulation.JSON_PATH else frozenset[str]()
        key = (path.resolve(), source.iterator, wanted)
        if key not in self._opened:
            name = f"source_{_digest(path, source, wanted)}"
            try:
                self._open(name, path, source, sorted(wanted))
            except duckdb.Error as error:
                raise _unreadable(path, error) from error
            self._opened[key] = Opened(name, self._columns(name, path))
        return self._opened[key]

    def compile(self, lines: ir.Table, *, ordered: bool = True, repeat: bool = True) -> str:
        """The query for the unique values of the column `line`, in DuckDB's SQL."""
        from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

        unique = lines.distinct() if repeat else lines
        compiled = DuckDBCompiler().to_sqlglot(unique.order_by("line") if ordered else unique)
        query: str = compiled.sql("duckdb", copy=False)
        return query

    def run(self, query: str, out: Path) -> int:
        """Write the lines of a compiled query, and return how many there are."""
        # No line holds U+0001 or a line break, so that with this delimiter and no quotes CSV is plain text.
        plain = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
        try:
            written = self._connection.execute(f"COPY ({query}) TO {_quoted(str(out))} ({plain})").fetchall()
        except duckdb.Error as error:
            raise _unreadable(self.tables, error) from error
        return int(written[0][0])

    def are_unique(self, lines: ir.Table) -> bool:
        """Whether no value of the column `line` repeats."""
        import ibis

        same = lines.aggregate(same=lines.line.nunique() == lines.line.count())
        try:
            (row,) = self._connection.execute(ibis.to_sql(same, dialect="duckdb")).fetchall()
        except duckdb.Error as error:
            raise _unreadable(self.tables, error) from error
        return bool(row[0])

    def _open(self, name: str, path: Path, source: Source, references: list[str]) -> None:
        match source.formulation:
            case Formulation.PARQUET:
                rows = f"read_parquet({_quoted(str(path))})"
                self._connection.execute(f"CREATE TEMP VIEW {name} AS FROM {rows}")
            case Formulation.CSV:
                self._connection.execute(f"CREATE TEMP VIEW {name} AS FROM {_csv(path)}")
            case Formulation.JSON_PATH:
                columns = read_json(path, source.iterator or "$", references, Place(str(path)))
                # Lists as parameters: one statement, however many rows.
                made = ", ".join(f"unnest(?::VARCHAR[]) AS {_identifier(column)}" for column in columns)
                self._connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {made}", list(columns.values()))

    def _columns(self, name: str, path: Path) -> tuple[str, ...]:
        kinds = {str(row[0]): str(row[1]) for row in self._connection.execute(f"DESCRIBE {name}").fetchall()}
        for column, kind in kinds.items():
            if kind != "VARCHAR":
                what = f'the column "{column}" holds {kind}, not strings'
                raise DataError(Problem(Place(str(path)), what, "write all columns of a table as strings"))
        return tuple(kinds)


def _csv(path: Path) -> str:
    """Nothing is guessed: names come from the first record, everything is text, "" and nothing are NULL."""
    columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in _header(path))
    return (
        f"read_csv({_quoted(str(path))}, auto_detect = false, header = true, columns = {{{columns}}},"
        " delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = true)"
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


def _digest(path: Path, source: Source, wanted: frozenset[str]) -> str:
    """A name that depends on the source alone, so that a kept query finds its tables again."""
    parts = [str(path.resolve()), source.iterator or "", *sorted(wanted)]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8")).hexdigest()[:16]


def _unreadable(path: Path, error: duckdb.Error) -> DataError:
    what = f"DuckDB cannot read this ({' '.join(str(error).split())})"
    return DataError(Problem(Place(str(path)), what, "mend the table, or build it again"))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
