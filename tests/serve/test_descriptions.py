"""What the data of a thing hold: bounded, and the same set of triples in every format."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)
from rdflib import Graph

from api.description import STATEMENTS_AT_MOST
from api.graph_writing import write_lines
from api.json_ld import write_json_ld
from api.representations import ENDINGS
from graph_builder.folders import Folders
from graph_builder.json_ld import CONTEXT_FILE, read_context
from graph_builder.publication import publish
from sparql.refusals import RefusalError
from tests.serve.running import BASE, LIMITS, Service, running, small_folders

READ = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
MANY = 25_000


def triples(body: bytes, ending: str) -> set[Triple]:
    return {quad.triple for quad in parse(body, READ[ending])}


def lines(graph: list[Triple]) -> list[bytes]:
    return (serialize(graph, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The small dataset with a division of which 50,000 statements are made, half of them from elsewhere."""
    folders = small_folders(tmp_path_factory.mktemp("crowded"))
    division, graph = NamedNode(f"{BASE}id/070009/division/d1"), NamedNode(f"{BASE}graph/small")
    mentions = NamedNode("https://w3id.org/keifu/ontology#mentions")
    others = [NamedNode(f"{BASE}id/070009/mention/{number}") for number in range(MANY)]
    quads = [Quad(other, mentions, division, graph) for other in others]
    quads += [Quad(division, mentions, other, graph) for other in others]
    with folders.dataset.open("ab") as file:
        file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    publish(folders, "crowded", BASE)
    with running(LIMITS, folders) as opened:
        yield opened


@pytest.mark.parametrize("part", [1, 2, 26, 50, 51])
def test_a_part_of_a_long_description_is_bounded_and_the_same_in_every_format(
    crowded: Service, part: int
) -> None:
    query = f"?page={part}" if part > 1 else ""
    found = []
    for ending in READ:
        answer = httpx.get(f"{crowded.address}/data/070009/division/d1.{ending}{query}", timeout=30)
        assert answer.status_code == 200
        assert len(answer.content) < 400_000
        assert ("next" in answer.links) == (part < 51)
        assert ("prev" in answer.links) == (part > 1)
        found.append(triples(answer.content, ending))
    assert all(each == found[0] for each in found)
    assert len(found[0]) == (STATEMENTS_AT_MOST if part < 51 else 3)


def test_the_parts_of_a_description_are_the_whole_and_share_nothing(crowded: Service) -> None:
    with httpx.Client(base_url=crowded.address, timeout=30) as client:
        address: str | None = "/data/070009/division/d1.nt"
        seen: list[set[Triple]] = []
        while address:
            answer = client.get(address)
            seen.append(triples(answer.content, "nt"))
            address = answer.links.get("next", {}).get("url")
        assert len(seen) == 51
        assert sum(map(len, seen)) == len(set().union(*seen)) == 2 * MANY + 3
        assert client.get("/data/070009/division/d1.nt?page=52").status_code == 404
        assert client.get("/data/070009/division/d1.nt?page=999999").status_code == 404
        first = client.get("/data/070009/division/d1.nt?page=1")
        assert (first.status_code, first.headers["location"]) == (301, "/data/070009/division/d1.nt")


def test_the_page_of_such_a_thing_is_bounded_and_leads_to_the_data(crowded: Service) -> None:
    answer = httpx.get(f"{crowded.address}/doc/070009/division/d1", timeout=30)
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000
    assert 'href="/data/070009/division/d1.ttl"' in answer.text


def test_statements_about_the_thing_come_first(crowded: Service) -> None:
    body = httpx.get(f"{crowded.address}/data/070009/division/d1.nt?page=26", timeout=30).text
    own = f"<{BASE}id/070009/division/d1> "
    kinds = [line.startswith(own) for line in body.splitlines()]
    assert kinds == sorted(kinds, reverse=True)
    assert {True, False} == set(kinds)


def test_what_xml_cannot_say_is_said(client: httpx.Client) -> None:
    for path in ("/data/070009/entry/hostile", "/data/graph/small"):
        refused = client.get(f"{path}.rdf")
        assert (refused.status_code, refused.headers["content-type"]) == (406, "application/problem+json")
        others = [
            triples(client.get(f"{path}.{ending}").content, ending) for ending in ("ttl", "nt", "jsonld")
        ]
        assert others[0] == others[1] == others[2]


def test_every_description_of_the_real_graph_reads_back_in_every_format(built: Folders) -> None:
    """Each as pyoxigraph reads it; a sample also as rdflib does, which has its own parsers."""
    store = Store.read_only(str(built.store.resolve()))
    by_subject: dict[NamedNode, list[Triple]] = {}
    for quad in store.quads_for_pattern(None, None, None, None):
        if isinstance(quad.subject, NamedNode):
            by_subject.setdefault(quad.subject, []).append(quad.triple)
    subjects = sorted(by_subject, key=lambda subject: subject.value)
    assert len(subjects) > 5000
    for subject in subjects:
        graph = list(dict.fromkeys(by_subject[subject]))
        assert triples(write_json_ld(graph), "jsonld") == set(graph)
    sample = random.Random(16).sample(subjects, 60)  # noqa: S311  a sample, no secret
    graph = [triple for subject in sample for triple in dict.fromkeys(by_subject[subject])]
    for ending, form in ENDINGS.items():
        assert triples(write_lines(lines(graph), form), ending) == set(graph)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the JSON-LD parser of rdflib uses old names
def test_another_parser_reads_the_same(client: httpx.Client) -> None:
    path = "/data/070009/entry/small.1"
    read = {
        ending: Graph().parse(data=client.get(f"{path}.{ending}").text, format=name)
        for ending, name in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml"))
    }
    assert {len(graph) for graph in read.values()} == {19}
    assert all(set(graph) == set(read["nt"]) for graph in read.values())


def test_the_context_in_a_document_is_a_part_of_the_one_that_is_served(client: httpx.Client) -> None:
    record = client.get("/data/070009/entry/small.1.jsonld").json()
    terms = {term.name: term.as_record() for found in read_context().words.values() for term in found}
    inside = record["@context"]
    assert inside.pop("@version") == 1.1
    assert inside.items() <= terms.items()
    assert {"prefLabel", "evidence", "startLine", "ProjectEntry"} <= inside.keys()
    own = record["@graph"][0]
    assert own["@id"] == f"{BASE}id/070009/entry/small.1"
    assert own["@type"] == "ProjectEntry"
    assert own["prefLabel"] == {"ja": "電子申請の推進"}
    whole = json.loads(CONTEXT_FILE.read_text("utf-8"))
    body = client.get("/data/070009/entry/small.1.jsonld").content
    again = json.dumps(record | whole).encode()
    assert triples(again, "jsonld") == triples(body, "jsonld")


def test_turtle_has_the_prefixes_that_it_uses_and_no_others(client: httpx.Client) -> None:
    text = client.get("/data/070009/entry/small.1.ttl").text
    assert "@prefix kf: <https://w3id.org/keifu/ontology#> ." in text
    assert " a kf:ProjectEntry" in text
    assert "@prefix qb:" not in text


NODES = st.sampled_from(
    [
        NamedNode(address)
        for terms in list(read_context().words.values())[:12]
        for address in {terms[0].address}
    ]
    + [
        NamedNode(address)
        for address in (
            "http://example.org/a",
            "urn:x",
            "date:x",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        )
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATATYPES = st.sampled_from(["integer", "decimal", "boolean", "date", "string", "double", "anyURI"])
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(
        lambda text, language: Literal(text, language=language),
        TEXTS,
        st.sampled_from(["ja", "en", "ja-latn"]),
    ),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")),
        st.one_of(TEXTS, st.sampled_from(["01", "1.50", "+5", "true", "1e3"])),
        DATATYPES,
    ),
)
TRIPLES = st.builds(Triple, NODES, NODES, st.one_of(NODES, LITERALS))


@settings(max_examples=300, deadline=None)
@given(st.lists(TRIPLES, min_size=1, max_size=12))
def test_any_triples_read_back_from_every_format_or_are_refused(graph: list[Triple]) -> None:
    for ending, form in ENDINGS.items():
        try:
            body = write_lines(lines(graph), form)
        except RefusalError:
            assert ending == "rdf"
        else:
            assert triples(body, ending) == set(graph)
