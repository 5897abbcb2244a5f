"""The report: one list of results from shapes and checks, the same bytes every time, in seven forms."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from graph_builder.errors import ReportError
from graph_builder.namespaces import KF, SH, SKOS
from graph_builder.report import FORMATS, check, render, write
from graph_builder.reports.results import Report, Severity
from tests.check.cases import FOLDER, FOLDERS

GRAPH = ox.NamedNode("https://w3id.org/keifu/graph/list")
PROPOSALS = ox.NamedNode("https://w3id.org/keifu/graph/proposals")
EVIL = "<script>alert('甲')</script> & \"乙\""


def _dataset(folder: Path, *cases: str, text: str = "") -> Path:
    """An N-Quads file of some twins and of further Turtle."""
    quads = [
        ox.Quad(triple.subject, triple.predicate, triple.object, GRAPH)
        for data in [*((FOLDER / case).read_text("utf-8") for case in cases), text]
        for triple in ox.parse(data, format=ox.RdfFormat.TURTLE)
    ]
    path = folder / "dataset.nq"
    ox.serialize(quads, str(path), format=ox.RdfFormat.N_QUADS)
    return path


def _report(dataset: Path) -> Report:
    return check(dataset, FOLDERS.shapes, FOLDERS.checks, FOLDERS.ontology, version="abc")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    name = ox.Literal(EVIL, language="fr")
    evil = f"<urn:evil> a <{KF.Body}> ; <{SKOS.prefLabel}> {name} ."
    cases = (
        "entry-doublet/invalid-under-one-unit.ttl",
        "review-achieved-sum/invalid-with-an-overall-count-that-is-no-sum.ttl",
    )
    return _report(_dataset(tmp_path_factory.mktemp("report"), *cases, text=evil))


def test_shapes_and_checks_stand_in_one_report_sorted_by_severity(report: Report) -> None:
    assert not report.conforms
    severities = [result.severity for result in report.results]
    assert severities == sorted(severities, key=list(Severity).index)
    rules = {result.rule.name for result in report.results}
    assert {"entry-doublet", "review-achieved-sum", "body.name", "project-entry.project"} <= rules


def test_a_report_conforms_where_nothing_is_a_violation(report: Report) -> None:
    kept = tuple(result for result in report.results if result.severity is not Severity.VIOLATION)
    assert kept
    assert Report("abc", kept).conforms


def test_an_empty_dataset_conforms(tmp_path: Path) -> None:
    empty = _report(_dataset(tmp_path))
    assert empty.conforms
    assert empty.results == ()


def test_the_json_is_the_contract(report: Report) -> None:
    whole = json.loads(render(report, "json"))
    assert list(whole) == ["conforms", "version", "results"]
    assert (whole["conforms"], whole["version"]) == (False, "abc")
    keys = [
        "severity",
        "rule",
        "message",
        "remedy",
        "document",
        "startLine",
        "endLine",
        "focusNode",
        "path",
        "value",
    ]
    for result in whole["results"]:
        assert list(result) in (keys, [*keys, "also"])
        assert list(result["message"]) == list(result["remedy"]) == ["ja", "en"]
    (doublet,) = (result for result in whole["results"] if result["rule"].endswith("/entry-doublet"))
    assert (doublet["document"], doublet["startLine"], doublet["endLine"]) == ("list", 9, 9)
    assert doublet["also"] == [{"document": "list", "startLine": 5, "endLine": 5}]


def test_the_turtle_is_a_validation_report_without_blank_nodes(report: Report) -> None:
    triples = list(ox.parse(render(report, "ttl"), format=ox.RdfFormat.TURTLE))
    assert not any(
        isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object)
    )
    results = [triple for triple in triples if triple.predicate.value == SH.result]
    assert len({triple.object for triple in results}) == len(report.results)
    focus_nodes = [triple for triple in triples if triple.predicate.value == SH.focusNode]
    assert len(focus_nodes) == len(report.results)


def test_the_quads_are_the_turtle_in_a_graph_of_its_own_sorted(report: Report) -> None:
    text = render(report, "nq")
    lines = text.encode("utf-8").splitlines()
    assert lines == sorted(set(lines))
    quads = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode("https://w3id.org/keifu/graph/report")}
    turtle = ox.parse(render(report, "ttl"), format=ox.RdfFormat.TURTLE)
    assert {(q.subject, q.predicate, q.object) for q in quads} == {
        (t.subject, t.predicate, t.object) for t in turtle
    }


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_escapes_everything_and_speaks_both_languages(report: Report) -> None:
    page = _Page()
    page.feed(render(report, "html"))
    assert "id/070009/entry/list.2" in page.links
    assert "script" not in page.tags
    assert EVIL in page.text
    assert page.tags.count("div") == len(report.results)
    for result in report.results:
        assert result.message.ja in page.text
        assert result.message.en in page.text
        assert result.remedy.ja in page.text


def test_junit_fails_for_violations_only(report: Report) -> None:
    suite = ET.fromstring(render(report, "junit"))  # noqa: S314 - our own output
    assert suite.get("tests") == str(len(report.results))
    assert (
        suite.get("failures") == str(report.count(Severity.VIOLATION)) == str(len(suite.findall("*/failure")))
    )


def test_the_table_has_one_row_for_each_result(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(render(report, "csv"))))
    assert [row["message_en"] for row in rows] == [result.message.en for result in report.results]
    assert [row["severity"] for row in rows] == [result.severity.value for result in report.results]
    doublet = next(row for row in rows if row["rule"].endswith("/entry-doublet"))
    assert (doublet["document"], doublet["start_line"], doublet["also"]) == ("list", "9", "list:5")


def test_the_text_names_place_severity_rule_and_remedy(report: Report) -> None:
    text = render(report, "text")
    assert "list:9: Warning: “電子入札システム運営事業” stands twice" in text
    assert "[entry-doublet]" in text
    assert "also list:5" in text
    assert text.splitlines()[-1].startswith("does not conform: ")


def test_a_result_stands_where_the_thing_that_points_at_it_stands(tmp_path: Path) -> None:
    text = """@prefix kf: <https://w3id.org/keifu/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
    <urn:indicator> a kf:Indicator .
    <urn:measure> kf:indicator <urn:indicator> ; kf:evidence <urn:p> .
    <urn:p> dcterms:isPartOf <urn:x/document/list> ; kf:startLine 4 ; kf:endLine 6 .
    <urn:x/document/list> a kf:Document . <urn:entry> a kf:ProjectEntry ; kf:document <urn:x/document/list> .
    """
    results = _report(_dataset(tmp_path, text=text)).results
    spots = {result.rule.name: str(result.spot) for result in results}
    assert spots["indicator.name"] == "list:4-6"
    assert spots["project-entry.name"] == "list"


def test_what_is_only_proposed_is_seen_by_shapes_but_by_no_check(tmp_path: Path) -> None:
    path = tmp_path / "dataset.nq"
    triples = ox.parse(
        (FOLDER / "evidence-width" / "invalid-with-thirty-one-lines.ttl").read_text("utf-8"),
        format=ox.RdfFormat.TURTLE,
    )
    ox.serialize(
        (ox.Quad(t.subject, t.predicate, t.object, PROPOSALS) for t in triples),
        str(path),
        format=ox.RdfFormat.N_QUADS,
    )
    rules = {result.rule.name for result in _report(path).results}
    assert "passage.exact" in rules
    assert "evidence-width" not in rules


def test_a_dataset_that_is_missing_or_broken_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="the file is missing"):
        _report(tmp_path / "dataset.nq")
    (tmp_path / "dataset.nq").write_text("<urn:a> <urn:b> <urn:c> .\nnonsense\n", "utf-8")
    with pytest.raises(ReportError, match="line 2: it cannot be parsed"):
        _report(tmp_path / "dataset.nq")


def test_the_bytes_are_the_same_for_every_hash_seed_and_time_zone(tmp_path: Path) -> None:
    dataset = _dataset(tmp_path, *sorted(str(p.relative_to(FOLDER)) for p in FOLDER.glob("p*/invalid-*.ttl")))
    script = (
        "import sys; from pathlib import Path; from graph_builder.folders import Folders as F;"
        "from graph_builder.report import check, write; f = F();"
        "write(check(Path(sys.argv[1]), f.shapes, f.checks, f.ontology), Path(sys.argv[2]))"
    )
    seen = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        stem = tmp_path / seed / "report"
        stem.parent.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(
            [sys.executable, "-c", script, str(dataset), str(stem)],
            check=True,
            env=environment,
            cwd=FOLDER.parents[1],
        )
        seen.add(tuple(stem.with_suffix(f".{form}").read_bytes() for form in ("ttl", "nq", "json", "html")))
    assert len(seen) == 1
    assert b"passage.exact" in next(iter(seen))[0]


def test_every_form_is_written_with_a_final_newline(report: Report, tmp_path: Path) -> None:
    write(report, tmp_path / "report")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [
        ".csv",
        ".html",
        ".json",
        ".nq",
        ".ttl",
        ".xml",
    ]
    assert all(render(report, form).endswith("\n") for form in FORMATS)
