"""Addresses that ended: 301 to where the thing is now, 410 where it is nowhere; the graph says which."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from graph_builder.folders import Folders
from graph_builder.namespaces import read_prefixes
from graph_builder.publication import publish
from tests.serve.raw import send
from tests.serve.running import BASE, LIMITS, Service, running, small_folders

MOVES = """
<old> dcterms:isReplacedBy <070009/plan/small> .
<older> dcterms:isReplacedBy <old> .
<oldest> dcterms:isReplacedBy <older> .
<round-1> dcterms:isReplacedBy <round-2> .
<round-2> dcterms:isReplacedBy <round-1> .
<itself> dcterms:isReplacedBy <itself> .
<to-nothing> dcterms:isReplacedBy <nothing-is-said-of-it> .
<to-the-gone> dcterms:isReplacedBy <withdrawn> .
<withdrawn> owl:deprecated true ; skos:changeNote "二重に登録していた。"@ja .
<withdrawn-silently> owl:deprecated true .
<not-withdrawn> owl:deprecated false .
<deprecated-and-described> a kf:Plan ; owl:deprecated true .
<replaced-and-described> a kf:Plan ; dcterms:isReplacedBy <070009/plan/small> .
<split> dcterms:isReplacedBy <070009/plan/small> , <070009/entry/small.1> .
<abroad> dcterms:isReplacedBy <https://evil.example/id/x> .
<to-a-text> dcterms:isReplacedBy "javascript:alert(1)" .
<to-a-word> dcterms:isReplacedBy kf:Plan .
<to-a-strange-path> dcterms:isReplacedBy <//evil.example/x> , <a//b> .
"""
LONG = "".join(f"<chain-{n}> dcterms:isReplacedBy <chain-{n + 1}> .\n" for n in range(40))
LONG += "<chain-40> dcterms:isReplacedBy <070009/plan/small> .\n"
"""A chain longer than anybody follows."""
NOW = "070009/plan/small"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The small dataset with addresses that ended."""
    folders = small_folders(tmp_path_factory.mktemp("moved"))
    add(folders, MOVES + LONG)
    publish(folders, "moved", BASE)
    with running(LIMITS, folders) as opened:
        yield opened


def add(folders: Folders, turtle: str) -> None:
    """Add statements to the graph `lineage` of a dataset that is not published yet."""
    head = "".join(f"@prefix {name}: <{start}> .\n" for name, start in read_prefixes().items())
    graph = NamedNode(f"{BASE}graph/lineage")
    quads = parse(head + turtle, RdfFormat.TURTLE, base_iri=f"{BASE}id/")
    lines = (
        serialize(
            (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads),
            format=RdfFormat.N_QUADS,
        )
        or b""
    )
    folders.dataset.write_bytes(folders.dataset.read_bytes() + lines)


@pytest.mark.parametrize("old", ["old", "older", "oldest"])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("/id/", ""),
        ("/doc/", ""),
        ("/data/", ".ttl"),
        ("/data/", ".nt"),
        ("/data/", ".jsonld"),
        ("/data/", ".rdf"),
    ],
)
def test_what_moved_is_found_where_it_is_now(moved: Service, old: str, start: str, end: str) -> None:
    reply = send(moved.address, f"{start}{old}{end}", headers={"Accept": "text/turtle"})
    assert (reply.status, reply.headers["location"]) == (301, f"{start}{NOW}{end}")
    assert send(moved.address, f"{start}{old}{end}", "HEAD").headers["location"] == f"{start}{NOW}{end}"


def test_another_spelling_of_an_old_address_leads_to_the_new_one(moved: Service) -> None:
    assert send(moved.address, "/ID//Oldest/").headers["location"] == f"/id/{NOW}"


@pytest.mark.parametrize(
    "ended",
    [
        "withdrawn",
        "withdrawn-silently",
        "to-the-gone",
        "to-nothing",
        "round-1",
        "round-2",
        "itself",
        "chain-0",
    ],
)
def test_what_leads_nowhere_is_gone(moved: Service, ended: str) -> None:
    for path in (f"/id/{ended}", f"/doc/{ended}", f"/data/{ended}.ttl"):
        reply = send(moved.address, path)
        assert (reply.status, reply.headers["content-type"]) == (410, "application/problem+json")
        assert "location" not in reply.headers


def test_the_reason_is_said_where_the_graph_gives_one(moved: Service) -> None:
    assert "二重に登録していた。" in send(moved.address, "/doc/withdrawn").body.decode()
    page = send(moved.address, "/doc/withdrawn", headers={"Accept": "text/html"})
    assert "二重に登録していた。" in page.body.decode()


@pytest.mark.parametrize(
    "described",
    [
        "not-withdrawn",
        "deprecated-and-described",
        "replaced-and-described",
        "split",
        "abroad",
        "to-a-text",
        "to-a-word",
        "to-a-strange-path",
    ],
)
def test_what_is_described_or_has_no_one_successor_here_keeps_its_page(
    moved: Service, described: str
) -> None:
    assert send(moved.address, f"/doc/{described}").status == 200
    assert send(moved.address, f"/data/{described}.ttl").status == 200
    assert send(moved.address, f"/id/{described}").headers["location"] == f"/doc/{described}"


def test_a_chain_is_followed_so_far_and_no_farther(moved: Service) -> None:
    assert send(moved.address, "/id/chain-35").headers["location"] == f"/id/{NOW}"
    assert send(moved.address, "/id/chain-31").headers["location"] == f"/id/{NOW}"
    assert send(moved.address, "/id/chain-30").status == 410
