"""The whole flow on the real documents: all rows, all evidence, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import QuerySolution, QuerySolutions, Store

from graph_builder.documents import Document, read_documents
from graph_builder.extraction import extract
from graph_builder.folders import ROOT, Folders
from graph_builder.values.text import compared

PREFIXES = """
PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
DOCUMENTS = {
    "digital-plan-2022",
    "dx-projects-2022",
    "ict-data-action-plan-2020",
    "ict-data-plan-2019-chapter2",
    "ict-data-plan-2019-review",
}


def rows(folders: Folders, query: str) -> Iterator[QuerySolution]:
    store = Store.read_only(str(folders.store.resolve()))
    yield from cast("QuerySolutions", store.query(PREFIXES + query))


def value(row: QuerySolution, name: str) -> str:
    return str(getattr(row[name], "value"))  # noqa: B009 - a term of any kind, all of which have a value


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document.key: document for document in read_documents(Folders.mappings)}


def test_the_documents_are_the_five(documents: dict[str, Document]) -> None:
    assert set(documents) == DOCUMENTS


def test_every_line_of_every_source_is_accounted_for(documents: dict[str, Document]) -> None:
    for key, document in documents.items():
        lines = {line.number for line in document.lines if not line.is_blank}
        covered = lines & extract(document).covered.keys()
        print(f"{key}: {len(covered)} of {len(lines)} lines, {len(covered) / len(lines):.0%}")  # noqa: T201
        assert covered == lines


def test_the_lists_are_whole(built: Folders) -> None:
    query = """SELECT ?document (COUNT(DISTINCT ?entry) AS ?entries) WHERE {
        ?entry a kf:ProjectEntry ; kf:document/kf:sha256 ?hash ; kf:document ?document ;
            skos:prefLabel ?name ; kf:plan ?plan ; kf:direction ?direction ; kf:entryOf ?project ;
            kf:evidence/kf:startLine ?line } GROUP BY ?document"""
    counts = {
        value(row, "document").rpartition("/")[2]: int(value(row, "entries")) for row in rows(built, query)
    }
    assert counts == {
        "dx-projects-2022": 124,
        "ict-data-action-plan-2020": 110,
        "ict-data-plan-2019-chapter2": 48,
    }


def test_the_sections_of_the_action_plan_have_their_rows(built: Folders) -> None:
    query = """SELECT ?notation (COUNT(?entry) AS ?entries) WHERE {
        ?entry kf:document ?document ; kf:entryNumber ?number ; kf:direction/skos:notation ?notation .
        FILTER(STRENDS(STR(?document), "ict-data-action-plan-2020")) } GROUP BY ?notation"""
    counts = {value(row, "notation"): int(value(row, "entries")) for row in rows(built, query)}
    assert counts == {"1": 10, "2": 30, "3": 23, "4": 10, "5": 37}


def test_every_entry_of_a_list_with_divisions_has_someone_responsible(built: Folders) -> None:
    query = """SELECT ?entry WHERE { ?entry a kf:ProjectEntry ; kf:fiscalYear ?year .
        FILTER NOT EXISTS { ?entry kf:responsible/skos:prefLabel ?label } }"""
    assert list(rows(built, query)) == []


def test_every_passage_quotes_the_lines_it_points_at(built: Folders, documents: dict[str, Document]) -> None:
    query = """SELECT ?passage ?document ?first ?last ?exact WHERE {
        ?passage a kf:Passage ; dcterms:isPartOf ?document ;
            kf:startLine ?first ; kf:endLine ?last ; kf:exact ?exact }"""
    wrong = []
    passages = list(rows(built, query))
    for row in passages:
        document = documents[value(row, "document").rpartition("/")[2]]
        lines = document.between(int(value(row, "first")), int(value(row, "last")))
        if compared(value(row, "exact")) not in compared("".join(line.printed for line in lines)):
            wrong.append(value(row, "passage"))
    assert len(passages) > 900
    assert wrong == []


def test_everything_that_needs_evidence_has_it(built: Folders) -> None:
    classes = (
        "kf:ProjectEntry kf:Measure kf:Direction kf:ReviewObservation kf:Section kf:Vision kf:Correction"
    )
    query = f"""SELECT ?thing WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class .
        FILTER NOT EXISTS {{ ?thing kf:evidence ?passage . ?passage a kf:Passage }} }}"""
    assert list(rows(built, query)) == []


def test_the_evidence_of_a_measure_prints_its_quote(built: Folders) -> None:
    query = """SELECT ?measure ?quote ?exact ?start ?end ?first ?last WHERE {
        ?entry a kf:ProjectEntry ; kf:measure ?measure ; kf:evidence ?row .
        ?row kf:startLine ?first ; kf:endLine ?last .
        ?measure kf:quote ?quote ; kf:evidence ?passage .
        ?passage kf:exact ?exact ; kf:startLine ?start ; kf:endLine ?end }"""
    measures = list(rows(built, query))
    assert len(measures) > 150
    for row in measures:
        assert compared(value(row, "quote")) in compared(value(row, "exact")), value(row, "measure")
        first, start, end, last = (int(value(row, name)) for name in ("first", "start", "end", "last"))
        assert first <= start <= end <= last


def test_no_node_of_the_dataset_is_blank_and_no_address_holds_japanese(built: Folders) -> None:
    for line in built.dataset.read_text("utf-8").splitlines():
        subject, predicate, rest = line.split(" ", 2)
        assert subject.startswith("<"), line
        assert not rest.startswith("_:"), line
        assert subject.isascii(), line
        assert predicate.isascii(), line
        assert not rest.startswith("<") or rest.split(" ", 1)[0].isascii(), line


def test_the_dataset_is_unique_lines_sorted_by_their_bytes(built: Folders) -> None:
    lines = built.dataset.read_bytes().splitlines()
    assert len(lines) > 20_000
    assert lines == sorted(set(lines))


def test_descent_is_materialised(built: Folders) -> None:
    query = """SELECT ?entry WHERE { ?entry kf:underPlan ?plan .
        FILTER NOT EXISTS { ?entry kf:derivesFrom ?plan } }"""
    assert list(rows(built, query)) == []


def test_five_generations_of_the_plan_are_there(built: Folders) -> None:
    query = """SELECT ?number ?label ?start ?end (COUNT(DISTINCT ?theme) AS ?themes)
        (COUNT(DISTINCT ?measure) AS ?measures) (COUNT(DISTINCT ?outcome) AS ?outcomes) WHERE {
        ?plan a kf:Plan ; kf:generation ?number ; skos:prefLabel ?label ; kf:startYear/kf:year ?start ;
            kf:endYear/kf:year ?end ; kf:theme ?theme ; kf:mainMeasure ?measure ; kf:outcome ?outcome .
        FILTER(LANG(?label) = "ja") } GROUP BY ?number ?label ?start ?end ORDER BY ?number"""
    names = ("number", "label", "start", "end", "themes", "measures", "outcomes")
    assert [tuple(value(row, name) for name in names) for row in rows(built, query)] == [
        ("1", "第1期情報化推進計画", "2001", "2003", "1", "1", "2"),
        ("2", "第2期情報化推進計画", "2004", "2006", "2", "2", "4"),
        ("3", "第3期情報化推進計画", "2007", "2010", "4", "4", "5"),
        ("4", "第4期情報化推進計画", "2011", "2014", "1", "4", "6"),
        ("5", "ふくしま創生ICT戦略", "2015", "2018", "1", "5", "7"),
    ]


def test_two_visions_have_their_indicators(built: Folders) -> None:
    query = """SELECT ?label ?kind ?value ?unit ?year WHERE { ?vision a kf:Vision ;
            kf:indicator/skos:prefLabel ?label ; kf:measure ?measure .
        ?measure kf:value ?value ; kf:unitText ?unit ; kf:measureKind/skos:notation ?kind ;
            kf:fiscalYear/kf:year ?year FILTER(lang(?label) = "ja") } ORDER BY ?label ?kind"""
    found = [tuple(value(row, name) for name in ("label", "kind", "value", "unit", "year"))
             for row in rows(built, query)]  # fmt: skip
    assert found == [
        ("スマートシティに取り組む市町村数", "baseline", "1", "市町村", "2021"),
        ("スマートシティに取り組む市町村数", "target", "7", "市町村", "2025"),
        ("県及び市町村の行政手続のオンライン利用率", "baseline", "48.2", "%", "2021"),
        ("県及び市町村の行政手続のオンライン利用率", "target", "80", "%", "2025"),
    ]


def test_the_review_has_eighteen_observations(built: Folders) -> None:
    query = """SELECT ?year (COUNT(?observation) AS ?count) WHERE {
        ?observation a kf:ReviewObservation ; kf:fiscalYear/kf:year ?year } GROUP BY ?year"""
    counts = {value(row, "year"): int(value(row, "count")) for row in rows(built, query)}
    assert counts == {"2019": 6, "2020": 6, "2021": 6}


def test_the_report_finds_what_the_review_contradicts(built: Folders) -> None:
    report = json.loads(built.report.with_suffix(".json").read_text("utf-8"))
    warnings = Counter(result["rule"].rpartition("/")[2] for result in report["results"])
    assert report["conforms"] is True
    assert warnings["review-achieved-sum"] == 1
    assert warnings["era-year"] == 1
    assert report["version"] == hashlib.sha256(built.dataset.read_bytes()).hexdigest()


def test_the_manifest_tells_what_was_built_from_what(built: Folders, documents: dict[str, Document]) -> None:
    manifest = json.loads(built.manifest.read_text("utf-8"))
    assert manifest["sources"] == {key: document.sha256 for key, document in documents.items()}
    assert sum(manifest["graphs"].values()) == len(built.dataset.read_bytes().splitlines())
    assert list(manifest["seconds"]) == ["read", "map", "check", "load"]


def test_another_build_gives_the_same_bytes(built: Folders, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "api.cli", "build", "--out", str(tmp_path / "elsewhere")]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    other = Folders(out=tmp_path / "elsewhere")
    assert other.dataset.read_bytes() == built.dataset.read_bytes()
    for suffix in (".ttl", ".nq", ".json", ".html"):
        assert other.report.with_suffix(suffix).read_bytes() == built.report.with_suffix(suffix).read_bytes()
    assert other.catalog.read_bytes() == built.catalog.read_bytes()
