"""Linked data over HTTP to the letter: what each kind of address answers to each way of asking."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.raw import Reply, send
from tests.serve.running import BASE, LIMITS, Service, running, small_folders

HEADERS = ("content_type", "location", "content_location", "vary", "allow")
with Path(__file__).with_name("linked_data.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
ENTRY = "/data/070009/entry/small.1"
THING = f"{BASE}id/070009/entry/small.1"
VOLATILE = {"date", "server", "x-request-id"}
LINK = re.compile(r'<([^<>]*)>((?:; [a-z]+="[^"]*")*)(?:, |$)')


def links(reply: Reply) -> set[tuple[str, str, str, str]]:
    """Target, relation, type and anchor of each link."""
    found = set()
    for target, attributes in LINK.findall(reply.headers["link"]):
        named = dict(re.findall(r'([a-z]+)="([^"]*)"', attributes))
        found.add((target, named["rel"], named.get("type", ""), named.get("anchor", "")))
    return found


def test_the_matrix_is_whole() -> None:
    assert len(CASES) == 268
    assert {case["status"] for case in CASES} == {"200", "204", "303", "404", "405", "406"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['method']} {case['path']} {case['accept']}")
def test_an_address_answers_as_the_matrix_says(service: Service, case: dict[str, str]) -> None:
    asked = {"Accept": case["accept"]} if case["accept"] else {}
    reply = send(service.address, case["path"], case["method"], asked)
    expected = {name: case[name] for name in HEADERS}
    assert str(reply.status) == case["status"]
    assert {name: reply.headers.get(name.replace("_", "-"), "") for name in HEADERS} == expected
    if case["method"] != "GET":
        return
    head = send(service.address, case["path"], "HEAD", asked)
    assert (head.status, head.body) == (reply.status, b"")
    assert without(head, VOLATILE) == without(reply, VOLATILE)
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert ("etag" in reply.headers) == (reply.status == 200)
    if reply.status == 200:
        known = send(service.address, case["path"], "GET", {**asked, "If-None-Match": reply.headers["etag"]})
        assert (known.status, known.body) == (304, b"")
        kept = ("etag", "cache-control", "vary", "content-location")
        assert [known.headers.get(name) for name in kept] == [reply.headers.get(name) for name in kept]


def without(reply: Reply, names: set[str]) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name not in names}


def test_the_redirects_of_the_matrix_end_in_what_was_asked_for(client: httpx.Client) -> None:
    ends = {case["location"] for case in CASES if case["location"]}
    assert len(ends) == 4 * 5
    assert {client.get(end, headers={"Accept": "text/html"}).status_code for end in ends} == {200}


def test_each_representation_has_its_own_tag(service: Service) -> None:
    paths = [f"{ENTRY}.{ending}" for ending in ("ttl", "nt", "jsonld", "rdf")]
    plain = [send(service.address, path) for path in paths]
    packed = [send(service.address, path, headers={"Accept-Encoding": "gzip"}) for path in paths]
    tags = [reply.headers["etag"] for reply in (*plain, *packed)]
    assert len(set(tags)) == 8
    assert all(re.fullmatch(r'"[0-9a-f]{32}"', tag) for tag in tags)


def test_the_links_of_data_name_the_thing_its_class_and_the_other_representations(service: Service) -> None:
    others = {
        (f"{ENTRY}.nt", "alternate", "application/n-triples", ""),
        (f"{ENTRY}.jsonld", "alternate", "application/ld+json", ""),
        (f"{ENTRY}.rdf", "alternate", "application/rdf+xml", ""),
    }
    turtle = (f"{ENTRY}.ttl", "alternate", "text/turtle", "")
    page = (ENTRY.replace("/data", "/doc"), "alternate", "text/html", "")
    always = {
        (THING, "canonical", "", ""),
        (f"{ENTRY}.ttl", "describedby", "text/turtle", THING),
        ("https://w3id.org/keifu/ontology#ProjectEntry", "type", "", THING),
    }
    assert links(send(service.address, f"{ENTRY}.ttl")) == others | {page} | always
    assert links(send(service.address, page[0])) == others | {turtle} | always
    assert links(send(service.address, "/id/070009/entry/small.1")) == others | {turtle, page} | always


def test_the_html_page_and_its_headers_name_the_same_alternates(service: Service) -> None:
    reply = send(service.address, "/doc/070009/entry/small.1")
    in_page = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', reply.body.decode())
    in_header = [(kind, target) for target, relation, kind, _ in links(reply) if relation == "alternate"]
    assert sorted(in_page) == sorted(in_header)


def test_data_say_who_may_read_them_across_origins(service: Service) -> None:
    asked = {"Origin": "https://example.org", "Accept": "text/turtle"}
    for path in (f"{ENTRY}.ttl", "/id/070009/entry/small.1", "/ontology/context.jsonld"):
        headers = send(service.address, path, headers=asked).headers
        assert headers["access-control-allow-origin"] == "*"
        assert {"Link", "ETag", "Content-Location"} <= set(
            headers["access-control-expose-headers"].split(", ")
        )


def test_the_context_is_served_as_it_is_in_the_repository(client: httpx.Client) -> None:
    whole = (Folders.ontology / "context.jsonld").read_bytes()
    assert client.get("/ontology/context.jsonld").content == whole


def test_static_files_answer_other_methods_with_what_is_allowed(service: Service) -> None:
    reply = send(service.address, "/static/keifu.css", "DELETE")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert send(service.address, "/static/keifu.css", "OPTIONS").status == 204


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The small dataset below another base, served on this host all the same."""
    base = "https://data.example/plans/"
    folders = small_folders(tmp_path_factory.mktemp("elsewhere"))
    text = folders.dataset.read_text("utf-8")
    for part in ("id/", "graph/"):
        text = text.replace(BASE + part, base + part)
    folders.dataset.write_text(text, encoding="utf-8")
    publish(folders, "v", base)
    with running(replace(LIMITS, base=base), folders) as opened:
        yield opened


def test_another_base_changes_canonical_addresses_and_no_path(elsewhere: Service) -> None:
    thing = "https://data.example/plans/id/070009/entry/small.1"
    seen = send(elsewhere.address, "/id/070009/entry/small.1", headers={"Accept": "text/turtle"})
    assert (seen.status, seen.headers["location"]) == (303, f"{ENTRY}.ttl")
    reply = send(elsewhere.address, f"{ENTRY}.nt")
    assert (thing, "canonical", "", "") in links(reply)
    assert reply.body.startswith(f"<{thing}> ".encode())
    assert {target for target, relation, _, _ in links(reply) if relation == "alternate"} == {
        f"{ENTRY}.ttl",
        f"{ENTRY}.jsonld",
        f"{ENTRY}.rdf",
        "/doc/070009/entry/small.1",
    }
    assert send(elsewhere.address, "/data/concept/status/accepted.ttl").status == 200


def test_a_hostile_host_header_changes_nothing(service: Service) -> None:
    for path in ("/id/070009/entry/small.1", "/ID/070009/entry/small.1", "/ontology/", f"{ENTRY}.jsonld"):
        reply = send(
            service.address, path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
        assert "evil" not in str(reply.headers) + reply.body.decode()
