"""Every page of a thing says what it may be used for, how it is cited, and where to report an error."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from api.language import Language
from api.pages.citing import citation
from api.pages.frame import Publication
from api.pages.licences import licences
from graph_builder.folders import Folders

BASE = "https://w3id.org/keifu/"
KINDS = list(csv.DictReader((Path(__file__).parent / "kinds.csv").read_text("utf-8").splitlines()))
PAGES = [f"id/{case['path']}" for case in KINDS] + ["graph/lineage", "concept/status/accepted"]
PUBLICATION = Publication("0123456789abcdef" * 4, "2026-11-21")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_a_thing_says_what_it_rests_on(
    site: httpx.Client, built: Folders, address: str, language: Language
) -> None:
    version = json.loads(built.manifest.read_text("utf-8"))["version"]
    page = site.get(f"/doc/{address.removeprefix('id/')}", params={"lang": language})
    assert page.status_code == 200
    about = page.text[page.text.index('<section class="about"') :]
    about = about[: about.index("</section>")]
    assert f'data-copy="{BASE}{address}"' in about
    assert len(re.findall(r'<a href="/data/[^"]+\.(?:ttl|jsonld|nt|rdf)">', about)) == 4
    assert re.search(r'<a href="/graph/[a-z0-9-]+">', about)
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', about)
    (words,) = re.findall(r'<p class="citation">.*? data-copy="([^"]*)"', about)
    words = unescape(words)
    assert f"{BASE}{address}" in words
    assert version[:12] in words
    assert f"url = {{{BASE}{address}}}" in about
    (report,) = re.findall(r'href="(mailto:[^"]+)"', about)
    report = unquote(unescape(report))
    assert report.startswith("mailto:data@example.jp?subject=")
    assert f"{BASE}{address}\n" in report
    assert version in report


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["kind"])
def test_a_page_of_a_thing_says_whether_anything_was_found_wrong(
    site: httpx.Client, case: dict[str, str]
) -> None:
    page = site.get(f"/doc/{case['path']}", params={"lang": "en"}).text
    head = page[page.index('<header class="entity-head">') : page.index("</h1>")]
    found = re.findall(r'<a class="finding" href="/report\?thing=[^"]+"><span class="badge badge-\w+">', head)
    assert bool(found) != ("No findings" in head)


def test_a_page_names_the_terms_of_each_graph_that_its_statements_come_from(site: httpx.Client) -> None:
    page = site.get("/doc/070009/government/070009", params={"lang": "en"}).text
    about = page[page.index('<section class="about"') :]
    places = [about.index(words) for words in ("/graph/alignments-e-stat-revisions", "CC BY-SA 4.0")]
    assert places == sorted(places)
    assert "under the same terms" in about
    plan = site.get("/doc/070009/plan/digital-plan-2022", params={"lang": "en"}).text
    assert "CC BY-SA" not in plan[plan.index('<section class="about"') : plan.index("</main>")]


def test_every_licence_of_a_graph_is_explained(site: httpx.Client) -> None:
    query = "SELECT DISTINCT ?l { ?g <http://purl.org/dc/terms/license> ?l }"
    answer = site.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text
    found = answer.split()[1:]
    assert len(found) >= 2
    assert [address for address in found if address not in licences()] == []


def test_a_citation_is_in_the_language_of_the_page_and_leaves_the_day_of_access_to_the_reader() -> None:
    ja = citation("計画", f"{BASE}id/x", PUBLICATION, "ja").words
    assert ja == f"系譜「計画」 {BASE}id/x （データの版 0123456789ab、2026-11-21 公開）［閲覧日］閲覧"
    en = citation("Plan", f"{BASE}id/x", PUBLICATION, "en").words
    assert en.endswith("(version 0123456789ab of the data, published 2026-11-21), accessed [date]")
    assert citation("Plan", f"{BASE}id/x", None, "en").words.endswith("accessed [date]")


def test_an_entry_of_bibtex_holds_nothing_that_tex_obeys() -> None:
    entry = citation(
        "a}, author = {\\input{/etc/passwd}} %\n100 & x_1", "https://e.org/a}b", None, "en"
    ).bibtex
    assert entry.count("{") == entry.count("}")
    assert "\\" not in entry
    assert [line.partition(" = ")[0].strip() for line in entry.splitlines()[1:-1]] == [
        "author",
        "title",
        "url",
    ]
    assert "title = {{a , author = input /etc/passwd 100 x 1}}" in entry
