"""Lines are unique whether or not the engine has to make them so."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.dataset import write_lines
from graph_builder.rml.compiler import says_nothing_twice
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings

HEAD = """@prefix rml: <http://w3id.org/rml/> .
@prefix ex: <https://example.org/> .
<#m> a rml:TriplesMap ;
    rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:path "t.csv" ] ;
        rml:referenceFormulation rml:CSV ] ;
"""
SUBJECT = 'rml:subjectMap [ rml:template "https://example.org/{id}" ; rml:class ex:A , ex:B ]'
NAME = 'rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "name" ] ]'
AGAIN = 'rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "other" ] ]'
OPEN = (
    'rml:predicateObjectMap [ rml:predicateMap [ rml:template "https://example.org/{name}" ] ;'
    ' rml:objectMap [ rml:reference "other" ] ]'
)


def mapping(folder: Path, *parts: str) -> Path:
    path = folder / "m.rml.ttl"
    path.write_text(f"{HEAD}    {' ; '.join((SUBJECT, *parts))} .\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("parts", "once"),
    [((NAME,), True), ((NAME, AGAIN), False), ((OPEN,), False)],
    ids=["once", "twice", "open"],
)
def test_a_map_says_nothing_twice_of_a_row(tmp_path: Path, parts: tuple[str, ...], *, once: bool) -> None:
    (triples_map,) = read_mappings([mapping(tmp_path, *parts)])
    assert says_nothing_twice(triples_map) is once


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (["1,a,b", "2,a,b"], 6),
        (["1,a,b", "1,a,b"], 3),
        (["1,a,b", "1,c,b"], 4),
        (["1,a,b", ",c,b"], 3),
    ],
    ids=["unique", "equal-rows", "equal-subjects", "no-subject"],
)
@pytest.mark.parametrize("ordered", [True, False])
def test_no_line_is_written_twice(tmp_path: Path, rows: list[str], count: int, *, ordered: bool) -> None:
    (tmp_path / "t.csv").write_text("\n".join(["id,name,other", *rows, ""]), encoding="utf-8")
    maps = read_mappings([mapping(tmp_path, NAME)])
    with DuckDB(tmp_path) as engine:
        written = write_lines(maps, engine, "https://example.org/", tmp_path / "out.nq", ordered=ordered)
    lines = (tmp_path / "out.nq").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) == written == count
