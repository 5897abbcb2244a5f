"""The editor of queries: it knows our words, runs by a key, and leaves the form as it was without it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from api.pages.query import EDITOR


def opened(page: Page, query: str = "") -> Locator:
    """Open the page of queries with an empty editor, and write."""
    assert EDITOR.is_file(), "make setup bundles the editor"
    page.goto("/query")
    editor = page.get_by_role("textbox", name="検索式")
    editor.press("Control+a")
    editor.press("Delete")
    page.keyboard.type(query)
    return editor


def test_a_term_of_ours_is_completed_with_what_it_means(page: Page) -> None:
    editor = opened(page, "SELECT * WHERE { ?entry kf:fiscalY")
    option = page.get_by_role("option", name="kf:fiscalYear").first
    expect(option).to_contain_text("年度")
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    expect(editor).to_contain_text("?entry kf:fiscalYear")


def test_a_prefix_and_a_variable_are_completed(page: Page) -> None:
    editor = opened(page, "skos")
    expect(page.get_by_role("option", name="PREFIX skos:")).to_be_visible()
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    expect(editor).to_contain_text("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>")
    page.keyboard.type(" SELECT ?project { ?pro")
    expect(page.get_by_role("option", name="?project")).to_be_visible()


def test_control_enter_runs_what_is_written_and_numbers_become_a_chart(page: Page) -> None:
    opened(page, "SELECT ?year ?count { VALUES (?year ?count) { ('2020' 110) ('2022' 124) ")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
    expect(page.get_by_role("group", name="結果の図")).to_be_visible()
    expect(page.get_by_role("textbox", name="検索式")).to_contain_text("SELECT ?year ?count")
    page.get_by_role("link", name="固定リンク").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)


def test_keywords_are_told_from_variables(page: Page) -> None:
    editor = opened(page, "SELECT ?x { ?x a 'text' }")
    colours = editor.locator("span").evaluate_all(
        "spans => [...new Set(spans.map((span) => getComputedStyle(span).color))]"
    )
    assert len(colours) >= 3
