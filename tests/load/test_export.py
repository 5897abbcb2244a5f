"""The dataset in other formats holds the same statements."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef

from graph_builder.errors import CallError, StoreError
from graph_builder.export import Wanted, export

BASE = "https://w3id.org/keifu/"
LINES = [
    f'<{BASE}id/a> <{BASE}ontology#summary> "県" <{BASE}graph/one> .\n',
    f'<{BASE}id/a> <{BASE}ontology#summary> "県" <{BASE}graph/two> .\n',
    f'<{BASE}id/b> <{BASE}ontology#summary> "市" <{BASE}graph/two> .\n',
    f'<{BASE}id/c> <{BASE}ontology#summary> "案" <{BASE}graph/proposals> .\n',
]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "dataset.nq"
    path.write_text("".join(LINES), encoding="utf-8")
    return path


def written(dataset: Path, form: str, graph: str | None = None, *, merged: bool = False) -> bytes:
    out = io.BytesIO()
    export(dataset, out, BASE, Wanted(form, graph, merged))
    return out.getvalue()


def test_nquads_are_the_lines_of_the_dataset(dataset: Path) -> None:
    assert sorted(written(dataset, "nq").decode().splitlines(keepends=True)) == sorted(LINES)


def test_trig_holds_every_graph(dataset: Path) -> None:
    quads = parse(written(dataset, "trig"), format=RdfFormat.TRIG)
    sizes = Counter(str(quad.graph_name) for quad in quads)
    names = {f"<{BASE}graph/one>": 1, f"<{BASE}graph/two>": 2, f"<{BASE}graph/proposals>": 1}
    assert sizes == names


def test_turtle_is_the_merge_without_what_is_only_proposed(dataset: Path) -> None:
    text = written(dataset, "ttl")
    graph = Graph().parse(data=text, format="turtle")
    assert {str(subject) for subject in graph.subjects()} == {f"{BASE}id/a", f"{BASE}id/b"}
    assert b"@prefix kf:" in text


def test_the_default_graph_is_added_where_it_is_asked_for(dataset: Path) -> None:
    lines = written(dataset, "nq", merged=True).decode().splitlines()
    assert len(lines) == len(LINES) + 2


@pytest.mark.parametrize("name", ["two", f"{BASE}graph/two"])
def test_one_graph_can_be_asked_for_by_name_or_address(dataset: Path, name: str) -> None:
    graph = Graph().parse(data=written(dataset, "ttl", name), format="turtle")
    assert set(graph.subjects()) == {URIRef(f"{BASE}id/a"), URIRef(f"{BASE}id/b")}


def test_the_same_dataset_gives_the_same_bytes(dataset: Path) -> None:
    for form in ("nq", "trig", "ttl"):
        assert written(dataset, form, merged=True) == written(dataset, form, merged=True)


def test_an_unknown_graph_is_the_fault_of_the_call(dataset: Path) -> None:
    with pytest.raises(CallError, match="graph/three"):
        written(dataset, "nq", "three")


def test_without_a_dataset_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run keifu build first"):
        written(tmp_path / "dataset.nq", "nq")
