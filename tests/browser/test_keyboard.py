"""Everything can be reached, seen and left with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

WHERE = """() => {
  let focused = document.activeElement;
  while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const style = getComputedStyle(focused);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const host = focused.getRootNode().host;
  return [focused.outerHTML.slice(0, 100), ring || Boolean(host)];
}"""
"""Returns the start of the focused element, and whether a ring is round it or round its editor."""
STOPS = ":is(a[href], button, input, select, textarea, summary, [tabindex='0']):not([tabindex='-1'])"
AREAS = {
    "/": ".genealogy-scroll",
    "/search?q=RPA": "form.search",
    "/lineage/id/070009/project/f57f6501ba": "form.chooser",
    "/plans": "table.listing",
    "/report": "form.filters",
}
IN_PLACE = "(area) => Boolean(document.activeElement.closest(area))"


def test_the_first_stop_leads_past_the_frame_to_the_content(page: Page) -> None:
    page.goto("/plans")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="本文へ")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(IN_PLACE, "main")


@pytest.mark.parametrize(("path", "area"), AREAS.items(), ids=AREAS)
def test_every_stop_is_reached_in_order_and_is_seen(page: Page, path: str, area: str) -> None:
    page.goto(path)
    stops = page.locator(area).locator(STOPS)
    wanted = stops.count()
    assert wanted >= 2
    stops.first.focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stop, is_seen = page.evaluate(WHERE)
        assert is_seen, stop
        assert page.evaluate(IN_PLACE, area), stop
    page.keyboard.press("Tab")
    assert not page.evaluate(IN_PLACE, area)


def test_every_stop_of_the_frame_is_seen(page: Page) -> None:
    page.goto("/about")
    for _ in range(14):
        page.keyboard.press("Tab")
        stop, is_seen = page.evaluate(WHERE)
        assert is_seen, stop


def test_the_editor_says_how_to_leave_it_and_can_be_left(page: Page) -> None:
    page.goto("/query")
    expect(page.get_by_text("Esc の後の Tab で次へ移ります")).to_be_visible()
    editor = page.get_by_role("textbox", name="検索式")
    editor.focus()
    page.keyboard.press("Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    expect(page.get_by_role("button", name="実行して表で見る")).to_be_focused()


def test_a_slash_leads_to_the_search_until_that_is_turned_off(page: Page) -> None:
    page.goto("/plans")
    box = page.get_by_role("banner").get_by_label("探す")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    page.get_by_label("「/」のキーで検索欄へ移る").uncheck()
    page.reload()
    page.keyboard.press("/")
    expect(box).not_to_be_focused()


def test_a_picture_is_made_larger_and_smaller_by_keys(page: Page) -> None:
    page.goto("/lineage/id/070009/project/f57f6501ba")
    frame = page.get_by_role("region", name="系譜の図")
    width = "frame => frame.querySelector('svg').getBoundingClientRect().width"
    before = frame.evaluate(width)
    frame.focus()
    page.keyboard.press("+")
    assert frame.evaluate(width) > before
    page.keyboard.press("-")
    assert frame.evaluate(width) == pytest.approx(before)
