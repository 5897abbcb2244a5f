"""Every figure leads to the query behind it, and who runs the query gets the figure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.pages.behind import behind
from api.pages.listing.declared import listings
from sparql.protocol import LiteralTerm

KINDS = list(csv.DictReader((Path(__file__).parent / "kinds.csv").read_text("utf-8").splitlines()))
LINK = r'href="(/query\?query=[^"]+)"'
ENGLISH = {"Accept-Language": "en"}
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


def rows(site: httpx.Client, href: str) -> list[dict[str, str]]:
    """The rows of the query that a link leads to."""
    query = parse_qs(urlsplit(unescape(href)).query)["query"]
    answer = site.get("/sparql", params={"query": query[0]}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, (query[0], answer.text)
    return list(csv.DictReader(StringIO(answer.text)))


def links(page: str) -> Iterator[str]:
    return iter(re.findall(LINK, page))


def test_a_link_leads_to_the_page_that_shows_the_query_and_its_answer(site: httpx.Client) -> None:
    page = site.get(unescape(next(links(site.get("/plans").text))), headers=ENGLISH).text
    assert "SELECT ?node" in page
    assert "digital-plan-2022" in page


def test_the_counts_of_the_home_page_are_those_of_their_queries(site: httpx.Client) -> None:
    page = site.get("/").text
    found = re.findall(rf'<span class="entrance-count"><a [^>]*{LINK}[^>]*>([\d,]+)<', page)
    assert len(found) == 10
    for href, count in found:
        assert rows(site, href)[0]["count"] == count.replace(",", "")


def test_the_picture_of_the_home_page_leads_to_four_queries(site: httpx.Client) -> None:
    page = site.get("/").text
    picture = page[page.index('class="legend"') : page.index("<details>")]
    assert [bool(rows(site, href)) for href in links(picture)] == [True] * 4


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{name}" for name in sorted(listings())),
        "/entries?plan=digital-plan-2022&q=デジタル",
        "/entries?has-target=yes&plan=ict-data-action-plan-2020",
        "/projects?technology=rpa&sort=-node",
    ],
)
def test_the_count_of_a_list_is_that_of_its_query(site: httpx.Client, path: str) -> None:
    page = site.get(path, headers=ENGLISH).text
    (words,) = re.findall(r'<p class="list-head"><strong>(.*?)</strong>', page)
    count = re.findall(r"[\d,]+", words)[-1]
    (href,) = links(page[page.index('class="list-head"') : page.index("<table")])
    assert len({row["node"] for row in rows(site, href)}) == int(count.replace(",", ""))


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["kind"])
def test_the_counts_of_a_thing_are_those_of_their_queries(site: httpx.Client, case: dict[str, str]) -> None:
    page = site.get(f"/doc/{case['path']}", headers=ENGLISH).text
    for href, number in re.findall(rf'<h2>[^<]*<a class="badge" {LINK}[^>]*>([\d,]+)<', page):
        found = rows(site, href)
        first = next(name for name in found[0] if name != "thing") if found else ""
        assert len({row[first] for row in found if row[first]}) == int(number), href
    sections = re.findall(r'<section id="([a-z-]+)">(.*?)</section>', page, re.DOTALL)
    for name, section in sections:
        if re.search(r'class="(?:facts|versions|chart card)"', section):
            assert next(links(section), None), name


def test_the_counts_of_the_report_are_those_of_their_queries(site: httpx.Client) -> None:
    page = site.get("/report", headers=ENGLISH).text
    severity, rule = (rows(site, href) for href in links(page))
    tiles = re.findall(r'<span class="count">(\d+)</span>', page)
    assert sorted((row["count"] for row in severity), key=int) == sorted(
        (count for count in tiles if count != "0"), key=int
    )
    table = page.split('id="by-rule"')[1].split("</table>")[0]
    counts = [int(count) for count in re.findall(r'#results">(\d+)</a>', table)]
    assert [int(row["count"]) for row in rule] == counts


def test_the_counts_of_the_catalogue_and_of_a_graph_are_those_of_their_queries(site: httpx.Client) -> None:
    page = site.get("/catalog", headers=ENGLISH).text
    statements, things, graphs = (rows(site, href) for href in links(page))
    assert f">{int(statements[0]['count']):,}<" in page
    assert sum(int(row["count"]) for row in graphs) == int(statements[0]["count"])
    plans = next(row["count"] for row in things if row["class"].endswith("#Plan"))
    assert f'Plan</th><td class="number">{plans}</td>' in page
    graph = site.get("/doc/graph/lineage", headers=ENGLISH).text
    size, classes = (rows(site, href) for href in links(graph))
    assert f">{int(size[0]['count']):,}<" in graph
    assert all(f"<td>{row['count']}</td>" in graph for row in classes)


@pytest.mark.parametrize(
    "path",
    [
        "/lineage/id/070009/plan/digital-plan-2022",
        "/compare?from=ict-data-action-plan-2020&to=dx-basic-policy",
    ],
)
def test_a_picture_leads_to_the_queries_behind_it(site: httpx.Client, path: str) -> None:
    found = list(links(site.get(path).text))
    assert len(found) >= 2
    assert all(rows(site, href) for href in found[:3])


def test_an_answer_of_the_library_shows_its_query(site: httpx.Client) -> None:
    page = site.get("/questions/projects-of-a-direction").text
    assert '<details class="behind">' in page


def test_values_are_spelled_out_and_cannot_end_the_query() -> None:
    href = behind(
        "PREFIX a: <http://a/>\nPREFIX b: <http://b/>\nSELECT ?x ?y WHERE { ?x b:c ?y }",
        {"x": "http://x/?a=b", "y": LiteralTerm('"}\n DROP ALL', XSD_STRING)},
    )
    (query,) = parse_qs(urlsplit(href).query)["query"]
    assert query.startswith("PREFIX b: <http://b/>\nSELECT")
    assert "PREFIX a:" not in query
    assert '"\\"}\\n DROP ALL"' in query
