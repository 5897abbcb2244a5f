"""The search over HTTP: a page, JSON and CSV, suggestions, and strangers who mean no good."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import html5rdf
import httpx
import pytest
from typer.testing import CliRunner

from api.cli import app
from graph_builder.folders import Folders
from tests.pages.reading import tree_of
from tests.serve.running import LIMITS, running

HTML = {"Accept": "text/html"}
HOSTILE = "\"'><script>alert(1)</script>&amp;"


@pytest.fixture(scope="module")
def reader(built: Folders) -> Iterator[httpx.Client]:
    """A client of the service on the five documents."""
    with running(LIMITS, built) as service, httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened


def found(client: httpx.Client, **parameters: str | list[str]) -> dict[str, Any]:
    answer = client.get("/search", params={**parameters, "format": "json"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    record: dict[str, Any] = answer.json()
    return record


def page(client: httpx.Client, status: int = 200, **parameters: str) -> str:
    answer = client.get("/search", params=parameters, headers=HTML)
    tree_of(answer, status)
    assert re.findall("<script[^>]*>", answer.text) == ['<script src="/static/keifu.js">']
    return answer.text


def test_json_has_what_programs_need(reader: httpx.Client) -> None:
    record = found(reader, q="令和4年度 RPA")
    assert record["query"]["words"][0] == {"text": "令和4年度", "year": "2022"}
    assert record["total"] >= len(record["results"]) > 0
    first = record["results"][0]
    assert set(first) >= {
        "label",
        "iri",
        "href",
        "kind",
        "kindLabel",
        "plan",
        "year",
        "snippet",
        "marks",
        "score",
    }
    assert first["iri"] == "https://w3id.org/keifu" + first["href"]
    assert first["year"] == 2022
    for start, end in first["marks"]["label"]:
        assert first["label"][start:end] == "RPA"
    assert {choice["value"] for choice in record["facets"]["year"]} >= {"2022"}
    assert set(record["facets"]) == {"kind", "plan", "year", "division", "direction", "technology"}


def test_every_result_leads_to_a_page(reader: httpx.Client) -> None:
    for query in ("RPA", "令和4年度", "官民", "110万PV", "ストルターマン"):
        for result in found(reader, q=query, limit="8")["results"]:
            assert reader.get(result["href"], headers=HTML, follow_redirects=True).status_code == 200


def test_scores_never_rise_and_the_limit_is_kept(reader: httpx.Client) -> None:
    record = found(reader, q="県", limit="1000")
    scores = [result["score"] for result in record["results"]]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == record["total"]
    assert len(found(reader, q="県")["results"]) == 50
    assert len(found(reader, q="県", limit="999999")["results"]) == record["total"]
    assert found(reader, q="県", limit="0")["results"] == []


def test_the_page_marks_narrows_and_goes_on(reader: httpx.Client) -> None:
    text = page(reader, q="デジタル", kind="project")
    assert "<mark>デジタル</mark>" in text
    assert 'aria-current="true"' in text
    assert '<input type="hidden" name="kind" value="project">' in text
    following = re.search(r'<a rel="next" href="([^"]+)"', text)
    assert following
    second = reader.get(following[1].replace("&amp;", "&"), headers=HTML).text
    assert '<ol class="results" start="21">' in second
    assert '<a rel="prev"' in second
    for path in re.findall(r'<li><a href="(/search[^"]+)"', text)[:8]:
        assert reader.get(path.replace("&amp;", "&"), headers=HTML).status_code == 200


def test_the_page_says_when_it_is_only_near(reader: httpx.Client) -> None:
    text = page(reader, q="マイナンバーカド")
    assert "近いものを示します" in text
    assert "もしかして" in text
    assert "マイナンバーカード" in text
    assert "見つかりませんでした" in page(reader, q="zzzzqqqq")


def test_csv_is_what_the_page_shows(reader: httpx.Client) -> None:
    answer = reader.get("/search", params={"q": "森林", "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["iri"] for row in rows] == [result["iri"] for result in found(reader, q="森林")["results"]]


def test_the_format_may_be_negotiated(reader: httpx.Client) -> None:
    for accept, expected in (
        ("application/json", "application/json"),
        ("*/*", "text/html"),
        ("text/csv", "text/csv"),
    ):
        answer = reader.get("/search", params={"q": "森林"}, headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(expected)
        assert "Accept" in answer.headers["vary"]
    assert reader.get("/search?q=a", headers={"Accept": "image/png"}).status_code == 406
    assert reader.get("/search?q=a&format=pdf").status_code == 406


def test_what_is_known_is_not_sent_again(reader: httpx.Client) -> None:
    first = reader.get("/search", params={"q": "森林", "format": "json"})
    again = reader.get(
        "/search", params={"q": "森林", "format": "json"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("value", ["x", "-1", "1.5", "1" * 5000, "１０"])
def test_a_number_that_is_none_is_refused(reader: httpx.Client, name: str, value: str) -> None:
    answer = reader.get("/search", params={"q": "森林", name: value, "format": "json"})
    assert answer.status_code == 400
    assert name in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        HOSTILE,
        "label : RPA",
        'RPA" OR "',
        "RPA NEAR(a b)",
        "{label} : x",
        "^森林*",
        "'; DROP TABLE thing; --",
        "%",
        "\x00森林\x01\ufffe",
        "森" * 7_000,
        "森 " * 5_000,
        "-森 " * 5_000,
        '"' * 999,
        "\u202e森林\u202c",
        "🌲森林",
    ],
    ids=[
        "markup",
        "column",
        "quotation mark",
        "near",
        "columns",
        "star",
        "sql",
        "wildcard",
        "control",
        "long word",
        "many words",
        "many left out",
        "quotation marks",
        "direction",
        "emoji",
    ],
)
def test_whatever_is_asked_the_answer_is_whole(reader: httpx.Client, query: str) -> None:
    record = found(reader, q=query)
    assert record["total"] >= len(record["results"])
    assert record["query"]["cut"] is (len(query) > 200)
    text = page(reader, q=query)
    box = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(text).find(".//main//input")
    assert box.get("name") == "q"
    assert len(text) < 500_000


def test_markup_in_a_filter_stays_text(reader: httpx.Client) -> None:
    tree = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(page(reader, q="森林", plan=HOSTILE))
    assert [each.get("value") for each in tree.iterfind(".//input") if each.get("name") == "plan"] == [
        HOSTILE
    ]


def test_half_a_letter_does_no_harm(reader: httpx.Client) -> None:
    for path in (
        "/search?format=json&q=%ED%A0%80%E6%A3%AE",
        "/search?q=%FF%FE",
        "/search/suggest?q=%ED%A0%80",
    ):
        assert reader.get(path).status_code == 200


def test_suggestions_come_as_browsers_want_them(reader: httpx.Client) -> None:
    for asked, expected in (
        ("デジタル変", "デジタル変革課"),
        ("てれわ", "テレワーク"),
        ("R4", "令和4年度"),
        ("rp", "RPA"),
    ):
        answer = reader.get("/search/suggest", params={"q": asked})
        assert answer.headers["content-type"] == "application/x-suggestions+json"
        text, names = answer.json()
        assert text == asked
        assert expected in names
        assert len(names) == len(set(names)) <= 10
    assert reader.get("/search/suggest").json() == ["", []]


def test_browsers_find_the_search(reader: httpx.Client) -> None:
    text = reader.get("/", headers=HTML).text
    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in text
    assert 'action="/search"' in text
    answer = reader.get("/opensearch.xml")
    root = ET.fromstring(answer.text)  # noqa: S314  our own answer
    urls = {each.get("type"): each.get("template") or "" for each in root.iter() if each.tag.endswith("}Url")}
    assert set(urls) == {"text/html", "application/json", "application/x-suggestions+json"}
    for template in urls.values():
        assert httpx.get(template.replace("{searchTerms}", quote("森林"))).status_code == 200


def test_a_hostile_host_stays_text(reader: httpx.Client) -> None:
    answer = reader.get("/opensearch.xml", headers={"Host": 'a"><b'})
    if answer.status_code == 200:
        ET.fromstring(answer.text)  # noqa: S314
        assert "<b" not in answer.text


def test_the_command_shows_what_the_service_shows(built: Folders, reader: httpx.Client) -> None:
    arguments = ["search", "RPA", "導入", "--kind", "project", "--out", str(built.out)]
    table = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert table.exit_code == 0
    assert "福島県警察DX推進事業(RPA導入検証事業)" in table.stdout
    done = CliRunner().invoke(app, [*arguments, "--format", "json"], catch_exceptions=False)
    assert done.stdout.strip() != ""
    record = found(reader, q="RPA 導入", kind="project", limit="20")
    assert httpx.Response(200, text=done.stdout).json() == record
