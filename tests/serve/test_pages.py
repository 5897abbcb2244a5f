"""Linked data over HTTP: redirects, pages for people, data for machines; no value breaks a page."""

from __future__ import annotations

import re

import httpx
import pytest
from rdflib import Graph, URIRef

from tests.pages.reading import tree_of

PAGES = (
    "/",
    "/sparql",
    "/ontology",
    "/doc/070009/entry/small.1",
    "/doc/070009/entry/hostile",
    "/doc/070009/plan/small",
    "/doc/070009/document/small",
    "/doc/070009/passage/small.3-4",
    "/doc/070009/division/d1",
    "/doc/concept/status/accepted",
    "/doc/shape/project-entry",
    "/doc/graph/small",
    "/doc/graph/shapes",
    "/doc/.well-known/genid/shapes/project-entry/c14n0",
    "/problems/out-of-time",
    "/doc/070009/nothing",
    "/nothing",
)
HTML = {"Accept": "text/html"}
ENTRY = URIRef("https://w3id.org/keifu/id/070009/entry/small.1")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_correct_html_with_no_script_but_ours(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=HTML)
    tree = tree_of(answer, answer.status_code)
    assert tree.get("lang") == "ja"
    assert tree.find(".//img") is None


def test_seventeen_pages_are_read() -> None:
    assert len(PAGES) == 17


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/doc/070009/nothing", "/health", "/static/keifu.css", "/report"]
)
def test_every_answer_has_headers_that_keep_it_from_doing_harm(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy.get("script-src", "'none'") in {"'self'", "'none'"}
    assert "unsafe-inline" not in policy.get("script-src", "")


@pytest.mark.parametrize("path", ["id/070009/entry/small.1", "concept/status/accepted", "graph/reference"])
@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html,*/*;q=0.8", None),
        ("*/*", None),
        ("text/turtle", ".ttl"),
        ("application/n-triples", ".nt"),
        ("application/ld+json;q=1, text/html;q=0.5", ".jsonld"),
        ("application/rdf+xml", ".rdf"),
    ],
)
def test_a_thing_answers_303_to_what_the_client_reads(
    client: httpx.Client, path: str, accept: str, ending: str | None
) -> None:
    answer = client.get(f"/{path}", headers={"Accept": accept})
    short = path.removeprefix("id/")
    assert answer.status_code == 303
    assert answer.headers["location"] == (f"/data/{short}{ending}" if ending else f"/doc/{short}")
    assert "Accept" in answer.headers["vary"]
    assert client.get(answer.headers["location"]).status_code == 200


def test_what_no_one_can_read_is_not_acceptable(client: httpx.Client) -> None:
    assert client.get("/id/070009/entry/small.1", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("ending", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")]
)
@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # the JSON-LD parser of rdflib uses its own old names
def test_data_holds_the_thing_its_passages_and_the_names_of_what_it_points_to(
    client: httpx.Client, ending: str, parser: str
) -> None:
    graph = Graph().parse(data=client.get(f"/data/070009/entry/small.1.{ending}").text, format=parser)
    assert len(list(graph.predicate_objects(ENTRY))) == 8
    assert len(graph) == 8 + 5 + 6


def test_a_page_shows_names_links_evidence_and_what_points_there(client: httpx.Client) -> None:
    page = client.get("/doc/070009/entry/small.1").text
    assert '<h1><bdi lang="ja">電子申請の推進</bdi></h1>' in page
    assert '<span class="badge badge-kind">事業項目</span>' in page
    assert '<a href="/id/070009/plan/small"><bdi lang="ja">小さな計画</bdi></a>' in page
    assert '<bdi lang="ja">電子申請の推進　情報政策課\n県民が窓口へ' in page
    assert '<a class="line" href="/read/small/L3">' in page
    assert "3～4行目</a>" in page
    assert 'href="/data/070009/entry/small.1.ttl"' in page
    plan = client.get("/doc/070009/plan/small").text
    assert '<a href="/id/070009/entry/small.1"><bdi lang="ja">電子申請の推進</bdi></a>' in plan
    assert "link/1" not in plan, "a proposal is outside the default graph"


def test_hostile_values_are_shown_and_do_nothing(client: httpx.Client) -> None:
    page = client.get("/doc/070009/entry/hostile").text
    assert "&lt;script&gt;alert" in page
    assert page.count("<script") == 1
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert 'href="data:' not in page
    assert "\x07" not in page
    assert '<bdi lang="ja">普通\u202eこの先は逆\u202c 終わり \ufffd</bdi>' in page


@pytest.mark.parametrize(
    "path",
    [
        "/id/070009/nothing",
        "/doc/070009/nothing",
        "/data/070009/nothing.ttl",
        "/data/070009/entry/small.1",
        "/data/070009/entry/small.1.docx",
        "/doc/graph/nothing",
        "/doc/",
        "/doc/a//b",
        "/doc/a%20b",
        "/doc/%3E%20%7D%20%23",
        "/doc/%E6%97%A5%E6%9C%AC",
        "/doc/..%2f..%2fetc/passwd",
        "/static/..%2fapp.py",
        "/problems/nothing",
        "/nothing",
    ],
)
def test_what_is_not_there_answers_404_for_machines_and_for_readers(client: httpx.Client, path: str) -> None:
    machine = client.get(path, headers={"Accept": "application/json"})
    assert (machine.status_code, machine.headers["content-type"]) == (404, "application/problem+json")
    reader = client.get(path, headers=HTML)
    assert reader.status_code == 404
    assert "見つかりません" in reader.text


def test_home_says_what_is_here(client: httpx.Client) -> None:
    page = client.get("/").text
    for path, count in (("plans", 1), ("entries", 2), ("documents", 1), ("laws", 0)):
        assert re.search(rf'<a href="/{path}">.*?<span class="entrance-count"><a [^>]*>{count}<', page)
    for part in ('action="/search"', 'href="/report"', 'href="/questions"', 'href="/sparql"'):
        assert part in page
    assert '<svg class="genealogy"' not in page, "nothing here has a date"


def test_the_ontology_has_an_anchor_for_each_term(client: httpx.Client) -> None:
    page = client.get("/ontology", headers=HTML).text
    assert '<section class="word" id="summary">' in page
    assert "事業の概要。" in page
    assert "What the project does." in client.get("/ontology", headers={**HTML, "Accept-Language": "en"}).text
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert turtle.headers["content-location"] == "/data/graph/ontology.ttl"
    assert turtle.content == client.get("/data/graph/ontology.ttl").content


def test_a_graph_says_what_it_holds_and_gives_it(client: httpx.Client) -> None:
    assert "<td>2</td>" in client.get("/doc/graph/small").text
    whole = Graph().parse(data=client.get("/data/graph/reference.nt").text, format="nt")
    assert len(whole) == 2


def test_the_report_is_served_as_it_was_written(client: httpx.Client) -> None:
    assert "報告" in client.get("/report.html").text
    assert client.get("/report.json").json() == {"conforms": True}
    assert client.get("/report.ttl").status_code == 404


def test_pages_answer_head_and_conditional_requests(client: httpx.Client) -> None:
    got = client.get("/doc/070009/entry/small.1")
    head = client.head("/doc/070009/entry/small.1")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    tag = {"If-None-Match": got.headers["etag"]}
    assert client.get("/doc/070009/entry/small.1", headers=tag).status_code == 304
    assert client.get("/doc/070009/plan/small", headers=tag).status_code == 200


def test_a_wrong_method_is_said(client: httpx.Client) -> None:
    assert client.post("/id/070009/entry/small.1").status_code == 405
