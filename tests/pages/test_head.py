"""What stands in the head of every page, and what a reader who met an error can do next."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import html5rdf
import httpx
import pytest

from api.language import JAPANESE
from tests.serve.running import LIMITS, running, small_folders

PAGES = (
    "/",
    "/about",
    "/catalog",
    "/compare",
    "/doc/070009/plan/digital-plan-2022",
    "/doc/graph/lineage",
    "/dumps/",
    "/lineage/id/070009/plan/digital-plan-2022",
    "/nothing",
    "/ontology",
    "/plans?sort=-node",
    "/problems/busy",
    "/query",
    "/questions",
    "/questions/what-laws-mandate",
    "/read",
    "/read/dx-projects-2022",
    "/report",
    "/report/rules",
    "/report/rules/check/copied-target",
    "/search?q=DX",
)


def tree(site: httpx.Client, path: str, language: str) -> Element:
    answer = site.get(path, headers={"Accept-Language": language}, follow_redirects=True)
    parser = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parse(answer.text)
    return found


def told(page: Element, attribute: str, name: str) -> str:
    (content,) = [meta.get("content") or "" for meta in page.iter("meta") if meta.get(attribute) == name]
    return content


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is_about_in_its_language(site: httpx.Client, path: str, language: str) -> None:
    page = tree(site, path, language)
    title = page.findtext(".//title") or ""
    about = told(page, "name", "description")
    assert title.endswith("系譜" if language == "ja" else "Keifu") or path == "/"
    assert told(page, "property", "og:title") == title.strip()
    assert 10 <= len(about) <= 201
    assert "<" not in about
    assert bool(JAPANESE.search(about)) == (language == "ja")
    others = {link.get("hreflang"): link.get("href") for link in page.iter("link") if link.get("hreflang")}
    assert set(others) == {"ja", "en"}
    for each, href in others.items():
        place, _, query = str(href).partition("?")
        assert place in {"", path.partition("?")[0]}
        assert f"lang={each}" in query


def test_no_two_kinds_of_pages_have_one_title(site: httpx.Client) -> None:
    for language in ("ja", "en"):
        titles = [tree(site, path, language).findtext(".//title") for path in PAGES]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_who_finds_nothing_can_search_for_it_go_elsewhere_or_tell(site: httpx.Client, language: str) -> None:
    page = tree(site, "/id/070009/plan/デジタル-計画<x>", language)
    field = next(each for each in page.iter("input") if each.get("id") == "problem-q")
    assert field.get("value") == "デジタル 計画<x>"
    main = next(page.iter("main"))
    links = {link.get("href") or "" for link in main.iter("a")}
    assert {"/plans", "/projects", "/questions", "/report", "/catalog", "/"} <= links
    assert any(link.startswith("mailto:data@example.jp?") for link in links)
    details = next(main.iter("details"))
    assert (details.get("open") is None) == (language == "ja")


def test_who_made_a_mistake_sees_it_at_once(site: httpx.Client) -> None:
    main = next(tree(site, "/search?q=x&limit=many", "ja").iter("main"))
    assert next(main.iter("details")).get("open") is not None
    assert not any((link.get("href") or "").startswith("?") for link in main.iter("a"))


def test_who_comes_too_early_can_try_again(tmp_path: Path) -> None:
    with running(LIMITS, small_folders(tmp_path)) as service:
        answer = httpx.get(f"{service.address}/plans?sort=-node", headers={"Accept": "text/html"}, timeout=30)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert '<a class="button primary" href="?sort=-node">もう一度試す</a>' in answer.text
    assert "5 秒ほど" in answer.text
