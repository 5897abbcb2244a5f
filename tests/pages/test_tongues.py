"""English pages: what has an English name is called by it, and every Japanese word is marked as Japanese."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5rdf
import httpx
import pytest

from api.language import JAPANESE, Language
from api.pages.listing.declared import listings
from api.pages.tongues import isolated, tongue, tongues
from graph_builder.folders import Folders
from sparql.library import read_questions

KINDS = list(csv.DictReader((Path(__file__).parent / "kinds.csv").read_text("utf-8").splitlines()))
PAGES = (
    "/",
    "/about",
    "/catalog",
    "/dumps/",
    "/ontology",
    "/questions",
    "/search",
    "/search?q=森林",
    "/search?q=DX&kind=passage",
    "/search?q=令和4年度",
    "/search?q=nothingatall",
    "/compare",
    "/compare?from=ict-data-action-plan-2020&to=dx-basic-policy",
    "/lineage/id/070009/plan/digital-plan-2022",
    "/lineage/id/070009/project/f57f6501ba?direction=up",
    "/read",
    "/read/digital-plan-2022",
    "/read/dx-projects-2022",
    "/report",
    "/report?severity=Info",
    "/report/rules",
    "/report/rules/check/copied-target",
    "/query",
    "/problems/busy",
    "/nothing",
    "/nothing/日本語",
    "/questions/fate-of-a-plans-projects?plan=知らない計画",
    "/doc/graph/lineage",
    "/compare?from=知らない&to=一覧",
)
WITHOUT_MARKUP = {"title", "textarea", "code", "script", "style"}
"""No element can stand in these, or they hold what machines read."""


def unmarked(element: Element, language: str = "") -> Iterator[str]:
    """Yield the Japanese texts, of elements and of their names, whose nearest language is not Japanese."""
    language = element.get("lang") or language
    children = [child for child in element if isinstance(child.tag, str)]
    if language != "ja" and element.tag.rpartition("}")[2] not in WITHOUT_MARKUP:
        texts = [element.text, *(child.tail for child in element)]
        texts += [element.get(name) for name in ("aria-label", "alt", "placeholder", "title")]
        yield from (text for text in texts if text and JAPANESE.search(text))
    for child in children:
        yield from unmarked(child, language)


def english(site: httpx.Client, path: str) -> str:
    answer = site.get(path, headers={"Accept-Language": "en"}, follow_redirects=True)
    assert answer.headers["content-language"] == "en"
    return answer.text


def assert_marked(site: httpx.Client, path: str) -> None:
    tree = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(english(site, path))
    assert list(unmarked(tree)) == []
    assert tree.find(".//title").text.strip()


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_marks_every_japanese_word(site: httpx.Client, path: str) -> None:
    assert_marked(site, path)


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["kind"])
def test_an_english_page_of_a_thing_marks_every_japanese_word(
    site: httpx.Client, case: dict[str, str]
) -> None:
    assert_marked(site, f"/doc/{case['path']}")


@pytest.mark.parametrize("name", sorted(listings()))
def test_an_english_list_marks_every_japanese_word(site: httpx.Client, name: str) -> None:
    assert_marked(site, f"/{name}")


@pytest.mark.parametrize("name", sorted(question.name for question in read_questions(Folders.questions)))
def test_an_english_answer_marks_every_japanese_word(site: httpx.Client, name: str) -> None:
    assert_marked(site, f"/questions/{name}")


def test_the_walk_finds_a_word_that_is_not_marked() -> None:
    tree = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(
        '<!DOCTYPE html><html lang="en"><title>村</title><p lang="ja">国<b lang="en">県</b></p>'
        '<p>市</p><img alt="町">'
    )
    assert list(unmarked(tree)) == ["県", "市", "町"]


def test_what_narrows_a_search_is_called_in_english(site: httpx.Client) -> None:
    page = english(site, "/search?q=森林")
    facets = page[page.index('class="facets"') : page.index("</nav>", page.index('class="facets"'))]
    for words in ("Kind", "project", "Digitalisation", "Division"):
        assert words in facets


def test_an_answer_names_things_in_english_with_the_japanese_beside(site: httpx.Client) -> None:
    page = english(site, "/questions/history-of-an-indicator")
    assert '<bdi lang="en">FY2022</bdi>' in page
    assert '<bdi lang="en">target</bdi> <small class="original"><bdi lang="ja">目標</bdi></small>' in page
    found = english(site, "/questions/contradictions-in-the-documents")
    assert re.search(
        r'<bdi lang="en">[^<]*<span lang="ja">[^<]+</span>[^<]*</bdi> <small class="original">', found
    )
    assert (
        "FY2022" not in site.get("/questions/history-of-an-indicator", headers={"Accept-Language": "ja"}).text
    )


def test_what_a_question_offers_is_called_in_english_and_answered_by_its_own_name(site: httpx.Client) -> None:
    page = english(site, "/questions/what-laws-mandate")
    found = re.search(r'<option value="(官民データ活用推進基本法)">([A-Z][^<]+)</option>', page)
    assert found
    assert site.get("/questions/what-laws-mandate", params={"law": found[1]}).status_code == 200


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("No word of it", "No word of it"),
        ("計画 & 条例", '<span lang="ja">計画</span> &amp; <span lang="ja">条例</span>'),
        ("the plan “計画 第１期” ends", 'the plan “<span lang="ja">計画 第１期</span>” ends'),
        ("計画 → 条例 (same)", '<span lang="ja">計画</span> → <span lang="ja">条例</span> (same)'),
        ("<b>県</b>", '<span lang="ja">&lt;b&gt;県&lt;/b&gt;</span>'),
    ],
)
def test_runs_of_japanese_words_are_marked(text: str, wanted: str) -> None:
    assert tongues(text, "en") == wanted
    assert "lang" not in tongues(text, "ja")


@pytest.mark.parametrize(
    ("text", "declared", "page", "wanted"),
    [
        ("計画", "", "en", '<bdi lang="ja">計画</bdi>'),
        ("計画", "ja", "en", '<bdi lang="ja">計画</bdi>'),
        ("計画", "ja", "ja", '<bdi lang="ja">計画</bdi>'),
        ("Plan", "en", "ja", '<bdi lang="en">Plan</bdi>'),
        ("Plan", "", "en", "<bdi>Plan</bdi>"),
        ("a 県 b", "en", "en", '<bdi lang="en">a <span lang="ja">県</span> b</bdi>'),
        ("県" * 10_000, "", "ja", f"<bdi>{'県' * 10_000}</bdi>"),
    ],
)
def test_a_text_is_isolated_in_its_language(text: str, declared: str, page: Language, wanted: str) -> None:
    assert isolated(text, page, declared) == wanted


@pytest.mark.parametrize(
    ("text", "page", "wanted"),
    [
        ("35,646件", "en", "ja"),
        ("The line of 県 is one of many words", "en", "en"),
        ("The four entries of the list agree", "ja", "en"),
        ("RPA", "ja", "ja"),
        ("2022", "en", "en"),
    ],
)
def test_a_text_that_declares_no_language_is_judged_by_its_letters(
    text: str, page: Language, wanted: str
) -> None:
    assert tongue(text, page) == wanted
