"""The report as pages: every result at an address that lasts, with its lines, its rule and its remedy."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import RDF, SH, Graph, Literal

from api.pages.report.results import read_results, results_about
from api.settings import Settings
from api.site import Site, open_site
from graph_builder.folders import Folders
from graph_builder.history import append_publication, read_publications
from graph_builder.publication import publish
from tests.pages.reading import links_of, reading, text_of, tree_of
from tests.serve.running import BASE, small_folders

EVIL = "<script>alert('甲')</script>\u202e" + "長" * 10_000
RESULT: dict[str, Any] = {
    "severity": "Warning",
    "rule": "https://w3id.org/keifu/check/era-year",
    "message": {"ja": "食い違い", "en": "They disagree"},
    "remedy": {"ja": "確かめる", "en": "Look again"},
    "document": "small",
    "startLine": 3,
    "endLine": 4,
    "focusNode": f"{BASE}id/070009/entry/small.1",
    "path": None,
    "value": "令和3（2020）年",
}


@pytest.fixture(scope="module")
def client(built: Folders) -> Iterator[httpx.Client]:
    """A client on the five documents."""
    with reading(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(built: Folders) -> Site:
    """The site of the five documents; no process is started."""
    return open_site(Settings(out=built.out))


def report_in(folder: Path, *results: dict[str, Any]) -> Site:
    """A site whose build has a report with some results."""
    folder.mkdir(exist_ok=True)
    record = {"conforms": True, "version": "abc", "results": list(results)}
    (folder / "report.json").write_text(json.dumps(record), "utf-8")
    return open_site(Settings(out=folder))


def keys(site: Site) -> list[str]:
    """The keys of the results."""
    report = asyncio.run(read_results(site))
    assert report is not None
    return [result.key for result in report.results]


def test_every_result_has_a_page_with_both_messages_its_lines_and_what_to_do(
    client: httpx.Client, site: Site
) -> None:
    report = asyncio.run(read_results(site))
    assert report is not None
    assert len({result.key for result in report.results}) == len(report.results) == 52
    for result in report.results:
        tree = tree_of(client.get(f"/report/{result.key}"))
        words = text_of(tree)
        for sentence in (result.message.ja, result.message.en, result.remedy.ja, result.remedy.en):
            assert sentence in words
        for place in result.places:
            line = f"/L{place.first}" if place.first else ""
            assert f"/read/{place.document}{line}" in links_of(tree)


def test_the_lines_are_quoted_as_printed(client: httpx.Client) -> None:
    page = client.get("/report", params={"rule": "passages-disagree", "document": "digital-plan-2022"}).text
    assert "定義によると、「ＩＣＴの浸透が人々の生活をあらゆる面でより良い方向" in page


def test_a_key_outlasts_the_move_of_its_lines_and_the_wording_of_its_message(tmp_path: Path) -> None:
    before = keys(report_in(tmp_path / "before", RESULT))
    moved = RESULT | {"startLine": 30, "endLine": 40, "message": {"ja": "別", "en": "Other"}}
    assert keys(report_in(tmp_path / "after", moved)) == before
    other = RESULT | {"value": "令和4（2021）年"}
    assert keys(report_in(tmp_path / "other", other)) != before


def test_two_results_with_all_in_common_have_two_keys(tmp_path: Path) -> None:
    first, second = keys(report_in(tmp_path / "twins", RESULT, RESULT | {"startLine": 9}))
    assert second == f"{first}-2"


FILTERS: list[tuple[dict[str, str], int]] = [
    ({}, 52),
    ({"severity": "Warning"}, 31),
    ({"severity": "Info"}, 21),
    ({"severity": "Violation"}, 0),
    ({"rule": "passages-disagree"}, 15),
    ({"rule": "https://w3id.org/keifu/check/passages-disagree"}, 15),
    ({"rule": "passages-disagree", "severity": "Info"}, 0),
    ({"document": "nothing"}, 0),
    ({"thing": f"{BASE}id/070009/plan/digital-plan-2022"}, 1),
    ({"severity": "", "rule": "", "document": ""}, 52),
]


@pytest.mark.parametrize(("fields", "count"), FILTERS)
def test_filters_leave_what_they_name(client: httpx.Client, fields: dict[str, str], count: int) -> None:
    tree = tree_of(client.get("/report", params=fields))
    found = [article for article in tree.iter("article") if article.get("class") == "finding"]
    assert len(found) == min(count, 25)
    assert f"52 件のうち {count} 件" in text_of(tree)


def test_ten_filters_are_tried() -> None:
    assert len(FILTERS) == 10


def test_pages_hold_all_results_once(client: httpx.Client, site: Site) -> None:
    articles = [
        (article.get("id") or "").removeprefix("r-")
        for page in ("1", "2", "3")
        for article in tree_of(client.get("/report", params={"page": page})).iter("article")
    ]
    assert articles == keys(site)
    assert client.get("/report", params={"page": "4"}).status_code == 404


def test_every_rule_that_found_something_has_a_page_and_all_rules_are_listed(client: httpx.Client) -> None:
    listed = links_of(tree_of(client.get("/report/rules")))
    rules = {result["rule"] for result in client.get("/report.json").json()["results"]}
    for rule in rules:
        path = f"/report/rules/check/{rule.rpartition('/')[2]}"
        assert path in listed
        page = tree_of(client.get(path))
        assert next(page.iter("article"), None) is not None
        assert "SELECT" in text_of(next(page.iter("pre")))
    shape = "/report/rules/shape/measure.value"
    assert shape in listed
    assert "/shape/measure.value" in links_of(tree_of(client.get(shape)))


@pytest.mark.parametrize("path", ["/report/nothing", "/report/rules/check/nothing", "/report?page=0"])
def test_what_is_not_there_is_a_problem_with_a_remedy(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["remedy"]


def test_the_report_can_be_taken_along(client: httpx.Client) -> None:
    results = client.get("/report.json").json()["results"]
    rows = list(csv.DictReader(io.StringIO(client.get("/report.csv").text)))
    assert [row["message_ja"] for row in rows] == [result["message"]["ja"] for result in results]
    assert client.get("/report.xml").text.count("<testcase ") == len(results)
    for ending in ("html", "ttl"):
        assert client.get(f"/report.{ending}").status_code == 200
    links = links_of(tree_of(client.get("/report")))
    assert {f"/report.{ending}" for ending in ("csv", "json", "ttl", "xml", "html")} <= links


@pytest.mark.parametrize(("fields", "count"), FILTERS)
def test_what_is_taken_along_obeys_the_same_filters(
    client: httpx.Client, fields: dict[str, str], count: int
) -> None:
    def taken(ending: str) -> str:
        answer = client.get(f"/report.{ending}", params=fields)
        assert answer.status_code == 200
        return answer.text

    results = json.loads(taken("json"))["results"]
    rows = list(csv.DictReader(io.StringIO(taken("csv"), newline="")))
    graph = Graph().parse(data=taken("ttl"), format="turtle")
    suite = ElementTree.fromstring(taken("xml").encode())  # noqa: S314  our own
    assert len(results) == len(rows) == len(suite) == int(suite.get("tests", "")) == count
    messages = [result["message"]["ja"] for result in results]
    assert [row["message_ja"] for row in rows] == messages
    texts = (text for text in graph.objects(None, SH.resultMessage) if isinstance(text, Literal))
    told = {str(text) for text in texts if text.language == "ja"}
    assert told == set(messages)
    assert len(set(graph.objects(None, SH.result))) == len(set(graph.subjects(RDF.type, SH.ValidationResult)))
    assert taken("html").count('class="result"') == 52


def test_a_page_of_a_choice_leads_to_its_files(client: httpx.Client) -> None:
    links = links_of(tree_of(client.get("/report", params={"rule": "era-year", "severity": "Info"})))
    assert {
        f"/report.{ending}?severity=Info&rule=era-year" for ending in ("csv", "json", "ttl", "xml")
    } <= links
    assert "/report.html" in links


def test_results_about_a_thing_or_a_document(site: Site) -> None:
    plan = asyncio.run(results_about(site, f"{BASE}id/070009/plan/digital-plan-2022"))
    assert [result.rule_name for result in plan] == ["plan-predecessor-unnamed"]
    document = asyncio.run(results_about(site, f"{BASE}id/070009/document/digital-plan-2022"))
    assert len(document) > 5
    assert all("digital-plan-2022" in {place.document for place in result.places} for result in document)
    weights = [result.severity.value for result in document]
    assert weights == sorted(weights, key=["Violation", "Warning", "Info"].index)
    assert asyncio.run(results_about(site, "https://example.org/nothing")) == ()


def test_a_build_without_a_report_has_nothing_to_say(tmp_path: Path) -> None:
    site = open_site(Settings(out=tmp_path))
    assert asyncio.run(results_about(site, RESULT["focusNode"])) == ()
    (tmp_path / "report.json").write_text("no JSON", "utf-8")
    assert asyncio.run(read_results(site)) is None


def test_a_build_is_one_line_of_the_history(built: Folders) -> None:
    (publication,) = read_publications(built.history)
    manifest = json.loads(built.manifest.read_text("utf-8"))
    assert publication.version == manifest["version"]
    assert publication.results == manifest["results"]
    assert publication.statements == sum(manifest["graphs"].values())


def test_the_trend_needs_two_publications(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    report_in(tmp_path, RESULT)
    publish(folders, "small", BASE)
    with reading(folders) as client:
        assert "公開の記録はまだありません" in client.get("/report").text
        append_publication(folders.history, "v1", 10, {"Violation": 0, "Warning": 5, "Info": 1})
        assert "公開の記録はまだ一回分です" in client.get("/report").text
        append_publication(folders.history, "v2", 12, {"Violation": 0, "Warning": 2, "Info": 1})
        with folders.history.open("a", encoding="utf-8") as history:
            history.write('{"version": "cut sho')
        tree = tree_of(client.get("/report"))
    rows = [[text_of(cell) for cell in row.findall("td")] for row in tree.iter("tr")]
    assert [row for row in rows if row[:1] == ["v2"]] == [["v2", "0", "2", "1", "-3"]]
    assert [row for row in rows if row[:1] == ["v1"]] == [["v1", "0", "5", "1", "—"]]
    assert len(read_publications(folders.history)) == 2


def test_the_trend_is_drawn_and_its_table_has_the_same_figures(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    report_in(tmp_path, RESULT)
    publish(folders, "small", BASE)
    append_publication(folders.history, "v0", 10, {"Warning": 9})
    with reading(folders) as client:
        assert client.get("/report").text.count('<svg class="chart"') == 0
        for number in range(21):
            append_publication(folders.history, f"v{number + 1}", 10, {"Warning": 40 - number, "Info": 2})
        tree = tree_of(client.get("/report", headers={"Accept-Language": "en"}))
    chart = next(svg for svg in tree.iter() if svg.tag.endswith("svg") and svg.get("class") == "chart")
    titles = {text_of(title) for title in chart.iter() if title.tag.endswith("title")}
    assert {"Warning 3: 39", "Warning 22: 20", "Info 22: 2", "Violation 3: 0"} <= titles
    assert len(titles) == 3 * 20
    trend = next(part for part in tree.iter("div") if part.get("aria-labelledby") == "trend")
    rows = [text_of(row) for row in trend.iter("tr")][1:]
    assert len(rows) == 20
    assert rows[0].startswith("22. ")
    assert rows[0].endswith("v210202-1")


def test_a_hostile_report_is_shown_as_text(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    texts = {"ja": EVIL, "en": EVIL}
    evil = RESULT | {"message": texts, "remedy": texts, "value": EVIL, "document": EVIL}
    nodes = [evil | {"focusNode": node} for node in (f"{BASE}id/070009/entry/hostile", "javascript:alert(1)")]
    site = report_in(tmp_path, *nodes)
    publish(folders, "small", BASE)
    with reading(folders) as client:
        for path in ("/report", *(f"/report/{key}" for key in keys(site))):
            tree = tree_of(client.get(path))
            assert EVIL in text_of(tree)
        assert client.get("/read/small").status_code == 404


def test_a_page_is_in_the_language_of_its_reader(client: httpx.Client) -> None:
    answer = client.get("/report", headers={"Accept-Language": "en"})
    tree = tree_of(answer)
    assert answer.headers["content-language"] == tree.get("lang") == "en"
    first = next(tree.iter("article"))
    assert text_of(next(first.iter("h3"))).startswith("No document that describes")
    assert "どこにも" in text_of(first)


def test_the_report_on_one_page_keeps_its_policy_when_it_is_asked_for_again(real: httpx.Client) -> None:
    first = real.get("/report.html")
    again = real.get("/report.html", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "'unsafe-inline'" in first.headers["content-security-policy"]
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
