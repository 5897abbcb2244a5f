"""The catalogue says what the dataset holds: its version and the size of every graph."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph_builder.catalog import graph_sizes, write_catalog
from graph_builder.namespaces import DCAT, VOID

BASE = "https://example.org/keifu/"
LINES = [
    f'<{BASE}id/a> <{BASE}p> "x" <{BASE}graph/one> .\n',
    f'<{BASE}id/a> <{BASE}p> "a > b <c> ." <{BASE}graph/two> .\n',
    f'<{BASE}id/b> <{BASE}p> "y" <{BASE}graph/two> .\n',
]


def dataset(folder: Path) -> Path:
    path = folder / "dataset.nq"
    path.write_text("".join(LINES), encoding="utf-8")
    return path


def test_graphs_are_counted_whatever_their_literals_hold(tmp_path: Path) -> None:
    assert graph_sizes(dataset(tmp_path)) == {f"{BASE}graph/one": 1, f"{BASE}graph/two": 2}


def test_the_catalogue_names_version_and_graphs(tmp_path: Path) -> None:
    write_catalog(dataset(tmp_path), BASE, "abc123", tmp_path / "catalog.nq")
    quads = list(parse(path=tmp_path / "catalog.nq", format=RdfFormat.N_QUADS))
    whole = NamedNode(f"{BASE}id/jp/dataset/keifu")

    def values(name: str) -> list[object]:
        return [quad.object for quad in quads if (quad.subject, quad.predicate) == (whole, NamedNode(name))]

    assert {quad.graph_name for quad in quads} == {NamedNode(f"{BASE}graph/catalog")}
    assert values(DCAT.version) == [Literal("abc123")]
    assert values(VOID.subset) == [NamedNode(f"{BASE}graph/one"), NamedNode(f"{BASE}graph/two")]
    assert values(VOID.triples) == [Literal(3)]


def test_the_catalogue_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    source = dataset(tmp_path)
    write_catalog(source, BASE, "v", tmp_path / "first.nq")
    write_catalog(source, BASE, "v", tmp_path / "second.nq")
    first = (tmp_path / "first.nq").read_bytes()
    assert first == (tmp_path / "second.nq").read_bytes()
    assert first.splitlines() == sorted(first.splitlines())
