"""A small mapping on small tables, run from Turtle to lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph_builder.dataset import assemble
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
from tests.map.small_mapping import BASE, PREFIXES, Row, Run, write_table


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Write tables (`name=rows`), run a mapping on them and give back the lines of the dataset."""

    def lines(mapping: str, base: str = BASE, /, **tables: Sequence[Row]) -> list[str]:
        for name, rows in tables.items():
            write_table(tmp_path, name, rows)
        file = tmp_path / "mapping.rml.ttl"
        file.write_text(PREFIXES + mapping, encoding="utf-8")
        out = tmp_path / "dataset.nq"
        with DuckDB(tmp_path, threads=1) as engine:
            count = assemble(read_mappings([file]), engine, base, out)
        written = out.read_text(encoding="utf-8").split("\n")
        assert written.pop() == ""
        assert len(written) == count
        return written

    return lines
