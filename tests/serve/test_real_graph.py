"""The five documents as a client of the service meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from rdflib import Graph
from SPARQLWrapper import JSON, SPARQLWrapper

from graph_builder.folders import ROOT, Folders
from tests.pages.reading import tree_of
from tests.serve.running import LIMITS, Service, running

ENTRIES = """
PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?entry ?name ?target (GROUP_CONCAT(DISTINCT ?unit; separator="|") AS ?units)
       (GROUP_CONCAT(DISTINCT ?directionLabel; separator="|") AS ?directions) ?quote ?line WHERE {
  ?entry a kf:ProjectEntry ; skos:prefLabel ?name ; kf:responsible/skos:prefLabel ?unit ;
         kf:direction/skos:prefLabel ?directionLabel ; kf:evidence ?passage ; kf:document ?document .
  ?passage kf:exact ?quote ; kf:startLine ?line ; dcterms:isPartOf ?document .
  OPTIONAL { ?entry kf:targetText ?target }
  FILTER(LANG(?unit) = "ja" && STRENDS(STR(?document), "/%s"))
} GROUP BY ?entry ?name ?target ?quote ?line ORDER BY ?line"""


@pytest.fixture(scope="module")
def real(built: Folders) -> Iterator[Service]:
    """The service on the five documents."""
    with running(LIMITS, built) as service:
        yield service


def asked(service: Service, query: str) -> list[dict[str, str]]:
    wrapper = SPARQLWrapper(f"{service.address}/sparql")
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(query)
    answer = cast("dict[str, Any]", wrapper.queryAndConvert())
    return [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]


@pytest.mark.parametrize(
    ("document", "count", "without_target"),
    [("ict-data-action-plan-2020", 110, 0), ("dx-projects-2022", 124, 1)],
)
def test_a_client_gets_every_entry_whole(
    real: Service, document: str, count: int, without_target: int
) -> None:
    entries = asked(real, ENTRIES % document)
    assert len({entry["entry"] for entry in entries}) == count == len(entries)
    for entry in entries:
        assert all(entry[name] for name in ("name", "units", "directions", "quote", "line"))
    assert sum("target" not in entry for entry in entries) == without_target


def test_the_first_query_of_the_readme_answers(real: Service) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"'query=\n(.*?)'$", readme, re.DOTALL | re.MULTILINE)
    assert found
    rows = asked(real, found[1])
    assert len(rows) == 10
    assert set(rows[0]) == {"project", "division", "indicator", "value", "unit", "line", "year"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/report",
        "/sparql",
        "/ontology",
        "/doc/070009/entry/ict-data-action-plan-2020.2-19",
        "/doc/070009/document/digital-plan-2022",
        "/doc/070009/plan/ict-strategy-2015",
        "/doc/070009/organization/kikaku-chosei-bu.digital-henkaku-ka",
        "/doc/fiscal-year/2022",
        "/graph/dx-projects-2022",
        "/questions",
        "/questions/fate-of-a-plans-projects",
        "/questions/projects-of-a-direction",
        "/lineage/id/070009/project/c8b01f4539",
    ],
)
def test_every_kind_of_page_is_correct_html(real: Service, path: str) -> None:
    answer = httpx.get(f"{real.address}{path}", headers={"Accept": "text/html"}, follow_redirects=True)
    tree_of(answer)
    scripts = re.findall(r'<script src="/static/([a-z/]+)[.]js"(?: defer)?></script>', answer.text)
    assert set(scripts) <= {"keifu", "pictures", "reader", "vendor/editor"}
    assert answer.text.count("<script") == len(scripts)


def test_the_links_of_the_home_page_and_one_step_on_lead_somewhere(real: Service) -> None:
    with httpx.Client(base_url=real.address, follow_redirects=True, timeout=30) as client:
        links = local_links(client.get("/").text)
        assert len(links) > 15
        further = {link for page in sorted(links)[:12] for link in local_links(client.get(page).text)}
        broken = [link for link in sorted(links | further)[:300] if client.get(link).status_code != 200]
    assert broken == []


def local_links(page: str) -> set[str]:
    return {link for link in re.findall(r'href="(/[^"#]*)', page) if not link.startswith("//")}


def test_an_entry_is_the_same_in_every_format(real: Service, tmp_path: Path) -> None:
    address = f"{real.address}/data/070009/entry/ict-data-action-plan-2020.2-19"
    sizes = set()
    for suffix, media_type in (
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
    ):
        answer = httpx.get(f"{address}.{suffix}")
        assert answer.headers["content-type"].startswith(media_type)
        (tmp_path / f"entry.{suffix}").write_bytes(answer.content)
        sizes.add(count_statements(tmp_path / f"entry.{suffix}", media_type))
    assert len(sizes) == 1


def count_statements(file: Path, media_type: str) -> int:
    return len(Graph().parse(data=file.read_bytes(), format=media_type))
