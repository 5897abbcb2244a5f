"""The alignments of the repository: counted, in their graphs, with their reasons, true to their sources."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import NamedNode, QuerySolution, QuerySolutions, RdfFormat, Store, parse

from graph_builder.alignments.reading import read_alignments
from graph_builder.folders import Folders
from graph_builder.namespaces import DCTERMS, DEFAULT_BASE, PROV, SKOS
from graph_builder.tables.governments import is_government_code

TABLES = {
    "e-gov-laws": ("alignments", 11),
    "e-stat-areas": ("alignments", 60),
    "e-stat-revisions": ("alignments-e-stat-revisions", 60),
    "wikidata": ("alignments", 15),
}
PREFIXES = """
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
"""
REVISION = re.compile(r"sac/C([0-9]{5})-([0-9]{8})$")


def rows(folders: Folders, query: str) -> Iterator[QuerySolution]:
    store = Store.read_only(str(folders.store.resolve()))
    yield from cast("QuerySolutions", store.query(PREFIXES + query))


def value(row: QuerySolution, name: str) -> str:
    return str(getattr(row[name], "value"))  # noqa: B009 - a term of any kind, all of which have a value


def last(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_every_table_has_its_rows_in_its_graph(built: Folders) -> None:
    query = """SELECT ?graph ?set (COUNT(?mapping) AS ?mappings) WHERE { GRAPH ?graph {
        ?set a sssom:MappingSet ; dcterms:license ?licence ; sssom:mappings ?mapping .
        ?mapping a sssom:Mapping , owl:Axiom ;
            owl:annotatedSource ?subject ; owl:annotatedProperty ?property ;
            owl:annotatedTarget ?object ; sssom:mapping_justification ?why ; sssom:confidence ?sure ;
            rdfs:comment ?reason .
        ?subject ?property ?object } } GROUP BY ?graph ?set"""
    found = {
        last(value(row, "set")): (last(value(row, "graph")), int(value(row, "mappings")))
        for row in rows(built, query)
    }
    assert found == TABLES


def test_the_prefecture_is_aligned_with_both_forms_of_its_area_code(built: Folders) -> None:
    query = f"""SELECT ?match WHERE {{
        <{DEFAULT_BASE}id/070009/government/070009> skos:exactMatch|skos:closeMatch ?match }}"""
    assert {value(row, "match") for row in rows(built, query)} == {
        "http://data.e-stat.go.jp/lod/sac/C07000",
        "http://data.e-stat.go.jp/lod/sac/C07000-19700401",
        "http://www.wikidata.org/entity/Q71707",
    }


def test_the_prefecture_has_its_official_codes(built: Folders) -> None:
    query = f"""SELECT ?kind ?notation WHERE {{
        <{DEFAULT_BASE}id/070009/government/070009> adms:identifier ?code .
        ?code a adms:Identifier ; dcterms:type ?kind ; skos:notation ?notation ;
            adms:schemaAgency ?agency }}"""
    assert {last(value(row, "kind")): value(row, "notation") for row in rows(built, query)} == {
        "corporate-number": "7000020070009",
        "iso-3166-2": "JP-07",
        "local-government-code": "070009",
    }


def test_a_corporate_number_begins_with_its_check_digit(built: Folders) -> None:
    query = """SELECT ?notation WHERE { ?code skos:notation ?notation ;
        dcterms:type <https://w3id.org/keifu/concept/identifier-kind/corporate-number> }"""
    numbers = [value(row, "notation") for row in rows(built, query)]
    assert len(numbers) == 1
    for number in numbers:
        digits = [int(digit) for digit in reversed(number[1:])]
        total = sum(digit * (2 if place % 2 else 1) for place, digit in enumerate(digits))
        assert int(number[0]) == 9 - total % 9


def test_the_municipalities_are_governments_with_name_reading_and_code(built: Folders) -> None:
    query = """SELECT ?government ?name ?kana ?code WHERE { ?government a kf:Government ;
        skos:prefLabel ?name , ?english ; skos:altLabel ?kana ; adms:identifier/skos:notation ?code .
        FILTER(LANG(?name) = "ja" && LANG(?english) = "en" && LANG(?kana) = "ja-hrkt") }"""
    found = {value(row, "code"): (value(row, "name"), value(row, "kana")) for row in rows(built, query)}
    assert len(found) == 59
    assert found["072010"] == ("福島市", "ふくしまし")
    assert Counter(name[-1] for name, _ in found.values()) == {"市": 13, "町": 31, "村": 15}
    assert all(is_government_code(code) for code in found)


def test_every_municipality_is_aligned_with_its_area_and_its_latest_revision(built: Folders) -> None:
    query = """SELECT ?government ?area WHERE { ?government a kf:Government ; skos:closeMatch ?area .
        FILTER(STRSTARTS(STR(?area), "http://data.e-stat.go.jp/lod/sac/")) }"""
    areas: dict[str, set[str]] = {}
    for row in rows(built, query):
        areas.setdefault(last(value(row, "government")), set()).add(last(value(row, "area")))
    assert len(areas) == 60
    for code, names in areas.items():
        assert {name[:6] for name in names} == {f"C{code[:5]}"}
        assert sorted(len(name) for name in names) == [6, 15]


def test_a_law_is_known_by_the_id_of_its_page() -> None:
    laws = {each.key: each for each in read_alignments(Folders.mappings / "alignments")}["e-gov-laws"]
    for law in laws.alignments:
        law_id = last(law.object)
        assert last(law.subject) == law_id.lower()
        era, year, number = int(law_id[0]), int(law_id[1:3]), int(law_id[6:])
        name = {3: "昭和", 4: "平成", 5: "令和"}[era]
        assert law.reason.startswith(f"{name}{year}年法律第{number}号。")
        assert ("議員立法" in law.reason) == (law_id[3:6] == "AC1")


def test_no_alignment_names_a_concept_that_is_not_curated() -> None:
    with (Folders.mappings / "reference" / "concepts.csv").open(encoding="utf-8", newline="") as file:
        labels = {f"id/{row['authority']}/concept/{row['key']}": row["label"] for row in csv.DictReader(file)}
    sets = read_alignments(Folders.mappings / "alignments")
    concepts = [each for one in sets for each in one.alignments if "/concept/" in each.subject]
    assert len(concepts) == 14
    assert {each.subject: each.subject_label for each in concepts}.items() <= labels.items()


def test_the_catalogue_states_the_terms_of_each_graph(built: Folders) -> None:
    quads = list(parse(path=built.catalog, format=RdfFormat.N_QUADS))

    def said(graph: str, name: str) -> set[str]:
        about = NamedNode(f"{DEFAULT_BASE}graph/{graph}"), NamedNode(name)
        return {str(quad.object).strip("<>") for quad in quads if (quad.subject, quad.predicate) == about}

    own, derived = "alignments", "alignments-e-stat-revisions"
    assert said(own, DCTERMS.license) == {"https://creativecommons.org/publicdomain/zero/1.0/"}
    assert said(own, PROV.wasDerivedFrom) == set()
    assert said(derived, DCTERMS.license) == {"https://creativecommons.org/licenses/by-sa/4.0/"}
    assert said(derived, PROV.wasDerivedFrom) == {"https://github.com/indigo-lab/geonamesjp_vs_sac"}
    (attribution,) = said(derived, DCTERMS.rights)
    assert "indigo-lab" in attribution
    assert said("digital-plan-2022", DCTERMS.rights)


def test_share_alike_data_stand_in_no_other_graph(built: Folders) -> None:
    lines = built.dataset.read_text("utf-8").splitlines()
    dated = [line for line in lines if re.search(r"/lod/sac/C[0-9]{5}-[0-9]{8}>", line)]
    assert len(dated) == 120
    assert {line.rsplit(" ", 2)[1] for line in dated} == {
        f"<{DEFAULT_BASE}graph/alignments-e-stat-revisions>"
    }


@pytest.mark.needs_shared
def test_every_revision_is_the_latest_of_the_list_of_links(shared: Path) -> None:
    links = (shared / "federation" / "fukushima-area-codes.nt").read_text("utf-8")
    latest: dict[str, str] = {}
    for code, date in re.findall(r"/lod/sac/C([0-9]{5})-([0-9]{8})>", links):
        latest[code] = max(date, latest.get(code, ""))
    sets = {each.key: each for each in read_alignments(Folders.mappings / "alignments")}
    found = [REVISION.search(each.object) for each in sets["e-stat-revisions"].alignments]
    ours = {match[1]: match[2] for match in found if match}
    assert len(ours) == 60
    assert ours.items() <= latest.items()


@pytest.mark.needs_shared
def test_the_municipalities_are_those_of_the_list(shared: Path) -> None:
    with (shared / "federation" / "fukushima-municipalities.csv").open(encoding="utf-8", newline="") as file:
        theirs = {(row["lgcode"], row["city"], row["citykana"]) for row in csv.DictReader(file)}
    with (Folders.mappings / "reference" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        ours = {(row["authority"], row["name"], row["kana"]) for row in csv.DictReader(file)}
    assert len(ours) == 59
    assert ours == theirs


def test_the_predicates_in_use_are_those_that_were_meant(built: Folders) -> None:
    query = (
        "SELECT ?property (COUNT(*) AS ?uses) WHERE { ?m owl:annotatedProperty ?property } GROUP BY ?property"
    )
    uses = {value(row, "property"): int(value(row, "uses")) for row in rows(built, query)}
    assert uses == {
        "http://xmlns.com/foaf/0.1/isPrimaryTopicOf": 11,
        SKOS.closeMatch: 124,
        SKOS.exactMatch: 11,
    }
