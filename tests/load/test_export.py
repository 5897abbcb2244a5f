"""The dataset in other formats holds the same statements."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, parse
from rdflib import Graph, URIRef

from graph_builder.errors import CallError, StoreError
from graph_builder.export import Wanted, export, export_all, export_to
from graph_builder.folders import Folders
from graph_builder.namespaces import KF, RDF

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
    for form in ("nq", "trig", "jsonld"):
        assert written(dataset, form, merged=True) == written(dataset, form, merged=True)
    assert written(dataset, "ttl") == written(dataset, "ttl")


def test_a_graph_that_is_asked_for_is_whole_even_the_proposals(dataset: Path) -> None:
    graph = Graph().parse(data=written(dataset, "ttl", "proposals"), format="turtle")
    assert set(graph.subjects()) == {URIRef(f"{BASE}id/c")}
    assert written(dataset, "nq", "two").decode() == "".join(LINES[1:3])


def test_json_ld_holds_every_graph_and_the_default_one_where_it_is_asked_for(dataset: Path) -> None:
    assert set(parse(written(dataset, "jsonld"), format=RdfFormat.JSON_LD)) == {
        *parse("".join(LINES), format=RdfFormat.N_QUADS)
    }
    merged = list(parse(written(dataset, "jsonld", merged=True), format=RdfFormat.JSON_LD))
    assert sum(quad.graph_name == DefaultGraph() for quad in merged) == 2


def test_tables_are_files_by_class_in_a_folder(dataset: Path, tmp_path: Path) -> None:
    kind = f"<{BASE}id/a> <{RDF.type}> <{KF.Plan}> <{BASE}graph/two> .\n"
    dataset.write_text("".join(sorted([*LINES, kind])), encoding="utf-8")
    export_to(dataset, tmp_path / "all", BASE, Wanted("csv"))
    text = (tmp_path / "all" / "class-kf-Plan.csv").read_text("utf-8")
    assert text == f"iri,kf:summary,rdf:type\n{BASE}id/a,県,{KF.Plan}\n"
    export_to(dataset, tmp_path / "two", BASE, Wanted("csv", "two", gzip=True))
    packed = (tmp_path / "two" / "class-kf-Plan.csv.gz").read_bytes()
    assert gzip.decompress(packed).decode().replace("\r", "") == text
    export_to(dataset, tmp_path / "one", BASE, Wanted("parquet", "one"))
    assert not (tmp_path / "one").exists()


def test_what_is_compressed_is_the_same(dataset: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    export(dataset, out, BASE, Wanted("nq", gzip=True))
    export_to(dataset, tmp_path / "all.nq.gz", BASE, Wanted("nq", gzip=True))
    assert gzip.decompress(out.getvalue()) == dataset.read_bytes()
    assert out.getvalue() == (tmp_path / "all.nq.gz").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted("csv"), "one file a class"),
        (Wanted("parquet", "one"), "one file a class"),
        (Wanted("ttl", with_default_graph=True), "holds the merge by itself"),
        (Wanted("nq", "one", with_default_graph=True), "leave out one of both"),
    ],
)
def test_what_does_not_go_together_is_the_fault_of_the_call(dataset: Path, wanted: Wanted, says: str) -> None:
    with pytest.raises(CallError, match=says):
        export(dataset, io.BytesIO(), BASE, wanted)


def test_a_folder_of_tables_is_no_file_and_parquet_is_not_compressed_twice(dataset: Path) -> None:
    with pytest.raises(CallError, match="is a file"):
        export_to(dataset, dataset, BASE, Wanted("csv"))
    with pytest.raises(CallError, match="compressed inside"):
        export_to(dataset, dataset.parent / "tables", BASE, Wanted("parquet", gzip=True))
    with pytest.raises(StoreError, match="no catalogue yet"):
        export_all(Folders(out=dataset.parent), dataset.parent / "dumps", BASE)


def test_nothing_is_left_where_a_graph_is_unknown(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(CallError, match="graph/three"):
        export_to(dataset, tmp_path / "three.ttl", BASE, Wanted("ttl", "three"))
    assert [path.name for path in tmp_path.iterdir()] == ["dataset.nq"]


def test_an_unknown_graph_is_the_fault_of_the_call(dataset: Path) -> None:
    with pytest.raises(CallError, match="graph/three"):
        written(dataset, "nq", "three")


def test_without_a_dataset_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run keifu build first"):
        written(tmp_path / "dataset.nq", "nq")
