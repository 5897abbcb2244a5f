"""Ontology and shapes enter the store without blank nodes, with the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from graph_builder.errors import DeclarationError
from graph_builder.skolem import skolemised_quads

BASE = "https://w3id.org/keifu/"
GRAPH = f"{BASE}graph/shapes"
SHAPE = '@prefix e: <http://e/> . e:s e:property [ e:path e:a ; e:in ( e:x "é\\n" ) ], [ e:path e:b ] .'
SAME_SHAPE = (
    '@prefix e: <http://e/> . _:z e:path e:b . e:s e:property _:z , [ e:in ( e:x "é\\n" ) ; e:path e:a ] .'
)


def quads(folder: Path, **files: str) -> list[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    return skolemised_quads(folder.glob("*.ttl"), GRAPH, BASE)


def test_no_blank_node_is_left_and_lines_are_sorted_and_unique(tmp_path: Path) -> None:
    lines = quads(tmp_path, rules=SHAPE, others=SHAPE)
    parsed = list(parse(b"".join(lines), RdfFormat.N_QUADS))
    assert len(parsed) == len(lines) == 2 * 9
    assert lines == sorted(set(lines))
    assert not any(isinstance(term, BlankNode) for quad in parsed for term in (quad.subject, quad.object))
    assert {str(quad.graph_name) for quad in parsed} == {f"<{GRAPH}>"}
    assert f"<{BASE}.well-known/genid/shapes/rules/c14n0>".encode() in b"".join(lines)


def test_the_bytes_do_not_depend_on_order_labels_or_folder(tmp_path: Path) -> None:
    first = quads(tmp_path / "a", rules=SHAPE)
    assert quads(tmp_path / "b" / "c", rules=SAME_SHAPE) == first
    assert quads(tmp_path / "a", rules=SHAPE) == first


def test_an_edit_of_one_file_renames_no_node_of_another(tmp_path: Path) -> None:
    before = {line for line in quads(tmp_path, rules=SHAPE, others=SHAPE) if b"/rules/" in line}
    after = {line for line in quads(tmp_path, others=SHAPE.replace("e:b", "e:c")) if b"/rules/" in line}
    assert before == after != set()


def test_relative_addresses_are_below_the_graph(tmp_path: Path) -> None:
    (line,) = quads(tmp_path, core="<> <http://e/imports> <plan.ttl> .")
    assert line == f"<{GRAPH}/core.ttl> <http://e/imports> <{GRAPH}/plan.ttl> <{GRAPH}> .\n".encode()


def test_no_files_give_no_lines() -> None:
    assert skolemised_quads([], GRAPH, BASE) == []


def test_invalid_turtle_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"rules\.ttl, line 2"):
        quads(tmp_path, rules="<http://e/s> <http://e/p> 1 .\nnonsense")
