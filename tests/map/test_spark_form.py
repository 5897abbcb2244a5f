"""The compiled expression has a form on Spark: nothing in it is DuckDB's alone."""

from __future__ import annotations

from pathlib import Path

import ibis
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from graph_builder.rml.compiler import compile_map
from graph_builder.rml.mapping import read_mappings
from graph_builder.rml.model import Source
from tests.map.small_mapping import BASE
from tests.map.test_dataset import MAPPING


def test_a_mapping_compiles_for_duckdb_and_for_spark(tmp_path: Path) -> None:
    file = tmp_path / "mapping.rml.ttl"
    file.write_text(MAPPING, encoding="utf-8")

    def read(source: Source, _: frozenset[str]) -> ibis.Table:
        return ibis.table({"id": "string", "name": "string"}, name=source.path.partition(".")[0])

    maps = read_mappings([file])
    for triples_map in maps:
        lines = compile_map(triples_map, read, BASE)
        assert lines.columns == ("line",)
        assert "`entries`" in PySparkCompiler().to_sqlglot(lines).sql("spark")
        assert '"entries"' in DuckDBCompiler().to_sqlglot(lines).sql("duckdb")
    assert len(maps) == 2
