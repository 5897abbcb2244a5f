"""The dataset: unique lines, sorted by their UTF-8 bytes, the same on every run, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_builder.dataset import assemble, statements
from graph_builder.errors import DataError, MappingError
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
from graph_builder.rml.terms import escaped, iri_safe
from tests.map.small_mapping import BASE, PREFIXES, parquet_source, write_table

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("a", "Z", "~", "é", "あ", "\ue000", "\ufffd", "\uffff", "𠮷", "😀", "\U0010ffff", "\x01", '"', "\n")
MAPPING = f"""{PREFIXES}
<#entries> a rml:TriplesMap ; {parquet_source("entries")}
    rml:subjectMap [ rml:template "id/entry/{{id}}" ; rml:graph <graph/g> ; rml:class ex:Entry ] ;
    rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "name" ] ] .
<#years> a rml:TriplesMap ; {parquet_source("entries")}
    rml:subjectMap [ rml:template "id/name/{{name}}" ] ;
    rml:predicateObjectMap [ rml:predicate ex:of ; rml:objectMap [ rml:parentTriplesMap <#entries> ;
        rml:joinCondition [ rml:child "id" ; rml:parent "id" ] ] ] .
"""


def write_case(folder: Path, rows: int) -> list[dict[str, str | None]]:
    """A mapping and a table of some rows, a third of them doublets, in no order."""
    chosen = random.Random(20)  # noqa: S311 (no secret)
    table: list[dict[str, str | None]] = [
        {"id": str(n % (rows * 2 // 3)), "name": "".join(chosen.choices(NAMES, k=3))} for n in range(rows)
    ]
    chosen.shuffle(table)
    write_table(folder, "entries", table)
    (folder / "mapping.rml.ttl").write_text(MAPPING, encoding="utf-8")
    return table


def expected_lines(table: list[dict[str, str | None]]) -> list[str]:
    """The same dataset in plain Python."""
    v, g = "https://example.org/v#", "<https://example.org/graph/g> ."
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = set()
    for row in table:
        entry = f"<{BASE}id/entry/{row['id']}>"
        lines |= {
            f"{entry} {kind} <{v}Entry> {g}",
            f'{entry} <{v}name> "{escaped(row["name"] or "")}" {g}',
            f"<{BASE}id/name/{iri_safe(row['name'] or '')}> <{v}of> {entry} .",
        }
    return sorted(lines, key=lambda line: line.encode())


def build(folder: Path, out: Path, *, threads: int = 2, memory_limit: str = "1GB") -> int:
    with DuckDB(folder, threads=threads, memory_limit=memory_limit) as engine:
        return assemble(read_mappings([folder / "mapping.rml.ttl"]), engine, BASE, out)


def test_lines_are_unique_and_sorted_by_utf8_bytes(tmp_path: Path) -> None:
    table = write_case(tmp_path, 30_000)
    count = build(tmp_path, tmp_path / "dataset.nq")
    written = (tmp_path / "dataset.nq").read_bytes()
    expected = expected_lines(table)
    assert written == "".join(f"{line}\n" for line in expected).encode()
    assert count == len(expected)


def test_every_line_is_read_by_a_strict_parser(tmp_path: Path) -> None:
    write_case(tmp_path, 300)
    count = build(tmp_path, tmp_path / "dataset.nq")
    assert len(set(ox.parse(path=tmp_path / "dataset.nq", format=ox.RdfFormat.N_QUADS))) == count


def test_a_sort_that_does_not_fit_into_memory_gives_the_same_bytes(tmp_path: Path) -> None:
    write_case(tmp_path, 60_000)
    with DuckDB(tmp_path, threads=1, memory_limit="40MB") as engine:
        lines = statements(read_mappings([tmp_path / "mapping.rml.ttl"]), engine, BASE)
        engine.run(engine.compile(lines), tmp_path / "small.nq")
    build(tmp_path, tmp_path / "large.nq")
    assert (tmp_path / "small.nq").read_bytes() == (tmp_path / "large.nq").read_bytes()


SCRIPT = """
import sys
from pathlib import Path
from tests.map.test_dataset import build
build(Path(sys.argv[1]), Path(sys.argv[2]), threads=int(sys.argv[3]))
"""


def test_the_bytes_are_the_same_whatever_the_surroundings(tmp_path: Path) -> None:
    write_case(tmp_path, 3_000)
    digests = set()
    for number, (seed, zone, threads, place) in enumerate(
        [
            ("0", "UTC", "1", ROOT),
            ("1", "Asia/Tokyo", "2", tmp_path),
            ("77", "America/New_York", "3", Path("/")),
        ]
    ):
        out = tmp_path / f"{number}.nq"
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C",
        }
        command = [sys.executable, "-c", SCRIPT, str(tmp_path), str(out), threads]
        subprocess.run(command, check=True, cwd=place, env=surroundings)
        digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_fault_leaves_the_dataset_before_as_it_was(tmp_path: Path) -> None:
    write_case(tmp_path, 3)
    out = tmp_path / "new" / "dataset.nq"
    build(tmp_path, out)
    before = out.read_bytes()
    bad = MAPPING.replace('rml:reference "name"', 'rml:reference "name" ; rml:datatype xsd:gYear')
    (tmp_path / "mapping.rml.ttl").write_text(bad, encoding="utf-8")
    with pytest.raises(DataError, match="is not a value of"):
        build(tmp_path, out)
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["dataset.nq"]


def test_no_map_at_all_is_a_mistake(tmp_path: Path) -> None:
    with DuckDB(tmp_path) as engine, pytest.raises(MappingError, match="there is no triples map"):
        assemble([], engine, BASE, tmp_path / "dataset.nq")


def test_what_was_spilled_is_removed(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    write_case(tmp_path, 30)
    with DuckDB(tmp_path, temp_directory=spill) as engine:
        assert list(spill.iterdir())
        assemble(read_mappings([tmp_path / "mapping.rml.ttl"]), engine, BASE, tmp_path / "dataset.nq")
    assert not list(spill.iterdir())
