"""A small mapping on small tables, run from Turtle to lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_builder.dataset import assemble
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings

BASE = "https://example.org/"
PREFIXES = """@prefix ex: <https://example.org/v#> .
@prefix kf: <https://w3id.org/keifu/ontology#> .
@prefix rml: <http://w3id.org/rml/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

Row = dict[str, str | None]
Run = Callable[..., list[str]]


def parquet_source(name: str) -> str:
    """The logical source of a built table."""
    return (
        f'rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:path "{name}.parquet" ] ;'
        " rml:referenceFormulation kf:Parquet ] ;"
    )


def write_table(folder: Path, name: str, rows: Sequence[Row]) -> None:
    """A table as readers write it: every column a string, NULL for what is absent."""
    columns = {key: pa.array([row[key] for row in rows], pa.string()) for key in rows[0]}
    pq.write_table(pa.table(columns), folder / f"{name}.parquet")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Write tables (`name=rows`), run a mapping on them and give back the lines of the dataset."""

    def lines(mapping: str, **tables: Sequence[Row]) -> list[str]:
        for name, rows in tables.items():
            write_table(tmp_path, name, rows)
        file = tmp_path / "mapping.rml.ttl"
        file.write_text(PREFIXES + mapping, encoding="utf-8")
        out = tmp_path / "dataset.nq"
        with DuckDB(tmp_path, threads=1) as engine:
            count = assemble(read_mappings([file]), engine, BASE, out)
        written = out.read_text(encoding="utf-8").split("\n")
        assert written.pop() == ""
        assert len(written) == count
        return written

    return lines
