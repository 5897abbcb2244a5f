"""The built graph against the public sample of hand-made ground truth; -s prints what is reported."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph_builder.folders import Folders
from graph_builder.values.text import compared

pytestmark = pytest.mark.needs_shared

PREFIXES = """PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX graph: <https://w3id.org/keifu/graph/>
"""
DOCUMENTS = {
    "A": "digital-plan-2022",
    "B": "ict-data-plan-2019-chapter2",
    "C": "ict-data-plan-2019-review",
    "G5": "ict-data-plan-2019-chapter2",
    "G6": "ict-data-action-plan-2020",
    "G7": "dx-projects-2022",
}
RELATIONS = {
    "part_of": "isPartOf",
    "issued_by": "issuer",
    "based_on": "basedOn",
    "refers_to": "refersTo",
    "mandated_by": "mandatedBy",
}
Row = dict[str, Any]
Links = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def store(built: Folders) -> ox.Store:
    """The published graph."""
    return ox.Store.read_only(str(built.store.resolve()))


@pytest.fixture(scope="module")
def labels(store: ox.Store) -> dict[str, set[str]]:
    """Name, compared → the things that bear it."""
    named: dict[str, set[str]] = {}
    for thing, name in _select(store, "SELECT ?x ?l { ?x skos:prefLabel|skos:altLabel ?l }"):
        named.setdefault(compared(name), set()).add(thing)
    return named


def _select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(term.value if term else "" for term in row) for row in solutions]


def _sample(shared: Path, name: str) -> list[Row]:
    rows: list[Row] = json.loads((shared / "gold" / f"{name}.sample.json").read_text("utf-8"))
    return rows


class Entries:
    """The entries of the graph, found as the sample names them: list, line and (in 図表2) name."""

    def __init__(self, store: ox.Store) -> None:
        query = """SELECT ?e ?l ?d ?a ?b { ?e a kf:ProjectEntry ; skos:prefLabel ?l ; kf:document ?d ;
            kf:evidence ?p . ?p kf:startLine ?a ; kf:endLine ?b }"""
        self._all = [
            (entry, compared(name), document.rpartition("/")[2], int(first), int(last))
            for entry, name, document, first, last in _select(store, query)
        ]

    def at(self, end: Row) -> set[str]:
        """The entries on any of the lines of one end."""
        lines = [end["line"], *end.get("also_lines", [])]
        return {
            entry
            for entry, name, document, first, last in self._all
            if document == DOCUMENTS[end["gen"]]
            and any(first <= line <= last for line in lines)
            and (end["gen"] != "G5" or name == compared(end["name"]))
        }


def _links(store: ox.Store, graph: str) -> Links:
    query = f"""SELECT ?from ?to ?type {{ GRAPH graph:{graph} {{ ?l a kf:LineageLink ; kf:from ?from ;
        kf:to ?to ; kf:linkType ?type }} }}"""
    return {(start, end): kind.rpartition("/")[2] for start, end, kind in _select(store, query)}


def _score(rows: list[Row], links: Links, entries: Entries) -> tuple[int, int]:
    """How many of the pairs are linked, and how many of those with a type that is right."""
    linked = right = 0
    for row in rows:
        pairs = [(a, b) for a in entries.at(row["from"]) for b in entries.at(row["to"])]
        kinds = {links[pair] for pair in pairs if pair in links}
        linked += bool(kinds)
        right += bool(kinds & {row["type"], *row.get("also_acceptable", [])})
    return linked, right


@pytest.mark.parametrize(
    ("what", "graph", "least"), [("after review", "lineage", 1.0), ("the matcher alone", "proposals", 0.9)]
)
def test_projects_that_continue_are_linked(
    store: ox.Store, shared: Path, what: str, graph: str, least: float
) -> None:
    rows = [row for row in _sample(shared, "lineage-projects") if row["level"] == "row"]
    linked, right = _score(rows, _links(store, graph), Entries(store))
    sys.stdout.write(f"{what}: {linked} of {len(rows)} pairs linked, {right} with the right type\n")
    assert len(rows) == 29
    assert linked >= least * len(rows)


@pytest.mark.parametrize("graph", ["lineage", "proposals"])
def test_look_alikes_are_not_linked(store: ox.Store, shared: Path, graph: str) -> None:
    rows = _sample(shared, "lineage-hard-negatives")
    assert len(rows) == 29
    assert _score([row | {"type": ""} for row in rows], _links(store, graph), Entries(store))[0] == 0


def test_umbrellas_that_went_on_are_linked_or_one_project(store: ox.Store, shared: Path) -> None:
    entries, links = Entries(store), _links(store, "lineage")
    rows = [row for row in _sample(shared, "lineage-projects") if row["level"] == "umbrella"]
    assert len(rows) == 2
    under = "SELECT ?e ?u { ?e kf:entryOf/kf:partOfProject ?u }"
    above: dict[str, set[str]] = {}
    for entry, umbrella in _select(store, under):
        above.setdefault(entry, set()).add(umbrella)
    for row in rows:
        ends = [
            set().union(*(above.get(entry, set()) for entry in entries.at(row[side])))
            for side in ("from", "to")
        ]
        assert ends[0] & ends[1] or any((a, b) in links for a in ends[0] for b in ends[1]), row


def test_reorganisations_are_found_and_none_is_invented(store: ox.Store, shared: Path) -> None:
    query = """SELECT ?before ?after { ?c org:originalOrganization/skos:prefLabel ?before ;
        org:resultingOrganization/skos:prefLabel ?after }"""
    found = set(_select(store, query))
    for row in _sample(shared, "lineage-divisions"):
        pair = (row["from"].split()[-1], row["to"].split()[-1])
        assert (pair in found) == (row["relation"] in {"renamed", "split", "merged"}), row


@pytest.mark.parametrize(("name", "count"), [("instruments", 12), ("plans", 6), ("organizations", 11)])
def test_things_of_the_sample_are_there(
    labels: dict[str, set[str]], shared: Path, name: str, count: int
) -> None:
    rows = _sample(shared, name)
    assert len(rows) == count
    assert [row["label"] for row in rows if compared(row["label"]) not in labels] == []


def test_events_have_their_type_and_date(store: ox.Store, labels: dict[str, set[str]], shared: Path) -> None:
    query = "SELECT ?x ?t ?d { ?x kf:event ?e . ?e kf:eventType ?t OPTIONAL { ?e dcterms:date ?d } }"
    happened = {(thing, kind.rpartition("/")[2], date) for thing, kind, date in _select(store, query)}
    wanted = [(row, event) for row in _sample(shared, "instruments") for event in row["events"]]
    assert len(wanted) == 7
    for row, event in wanted:
        kind, date = event["type"].replace("_", "-"), event["date"] or ""
        assert any((thing, kind, date) in happened for thing in labels[compared(row["label"])]), row["label"]


@pytest.mark.parametrize("name", ["instruments", "plans"])
def test_relations_are_stated(store: ox.Store, labels: dict[str, set[str]], shared: Path, name: str) -> None:
    query = "SELECT ?x ?p ?y { ?x ?p ?y FILTER(isIRI(?y)) }"
    said = {(a, p.rpartition("#")[2].rpartition("/")[2], b) for a, p, b in _select(store, query)}
    wanted = [(row, relation) for row in _sample(shared, name) for relation in row["relations"]]
    assert len(wanted) > 4
    for row, relation in wanted:
        kinds = [relation["type"], *relation.get("also_acceptable", [])]
        triples = {
            (a, RELATIONS.get(kind, kind), b)
            for a in labels[compared(row["label"])]
            for b in labels[compared(relation["target"])]
            for kind in kinds
        }
        assert triples & said, (row["label"], relation["type"], relation["target"])


@pytest.mark.parametrize("name", ["instruments", "organizations"])
def test_mentions_stand_at_their_lines(
    store: ox.Store, labels: dict[str, set[str]], shared: Path, name: str
) -> None:
    query = """SELECT ?x ?d ?a ?b { ?m kf:mentions ?x ; kf:evidence ?p . ?p dcterms:isPartOf ?d ;
        kf:startLine ?a ; kf:endLine ?b }"""
    places: dict[str, list[tuple[str, int, int]]] = {}
    for thing, document, first, last in _select(store, query):
        places.setdefault(thing, []).append((document.rpartition("/")[2], int(first), int(last)))
    for row in _sample(shared, name):
        found = [place for thing in labels[compared(row["label"])] for place in places.get(thing, [])]
        for mention in row["mentions"]:
            document, line = DOCUMENTS[mention["doc"]], mention["line"]
            assert any(d == document and a <= line <= b for d, a, b in found), mention


def test_terms_are_explained_as_in_the_sample(
    store: ox.Store, labels: dict[str, set[str]], shared: Path
) -> None:
    query = """SELECT ?x ?i ?d ?r { ?x kf:readingIndex ?i ; skos:definition ?d
        OPTIONAL { ?x dcterms:references ?r } }"""
    said = {(x, compared(index), compared(text), url) for x, index, text, url in _select(store, query)}
    rows = _sample(shared, "glossary")
    assert len(rows) == 14
    for row in rows:
        index, text = compared(row["reading_index"]), compared(row["definition"])
        for url in row["references"] or [""]:
            assert any((x, index, text, url) in said for x in labels[compared(row["term"])]), row["term"]


def test_citations_read_as_in_the_sample(store: ox.Store, shared: Path) -> None:
    query = """SELECT ?d ?a ?n ?who ?t ?s ?p ?u ?on { ?c a kf:Citation ; kf:evidence ?e . ?e kf:startLine ?a ;
        dcterms:isPartOf ?d . OPTIONAL { ?c kf:number ?n } OPTIONAL { ?c kf:publisherText ?who }
        OPTIONAL { ?c dcterms:title ?t } OPTIONAL { ?c kf:sectionText ?s } OPTIONAL { ?c kf:pages ?p }
        OPTIONAL { ?c dcterms:references ?u } OPTIONAL { ?c kf:accessed ?on } }"""
    found = {
        (document.rpartition("/")[2], int(line), *map(compared, rest))
        for document, line, *rest in _select(store, query)
    }
    rows = _sample(shared, "footnotes")
    assert len(rows) == 10
    fields = ("number", "publisher", "title", "section", "pages")
    for row in rows:
        said = [compared(str(row[field])) if row[field] is not None else "" for field in fields]
        url, accessed = (row["urls"] or [""])[0], row["accessed"] or ""
        # A reference begins at its mark or at its first printed line.
        places = [(DOCUMENTS[row["doc"]], row["line"] - before) for before in (0, 1, 2)]
        assert any((*place, *said, url, accessed) in found for place in places), row["text"]
