"""On a telephone a page is as wide as the screen: only tables and pictures move sideways, in their frames."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds_of_pages import ALL, Kind
from tests.browser.visiting import reading
from tests.serve.running import Service

TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
  `${document.documentElement.scrollWidth} wide`,
  ...[...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((each) => `${each.tagName}.${each.className}`)]"""
"""Returns what sticks out where the page is wider than the screen."""
CONTROLS = "button, input, select, textarea, summary, .button, nav a, header a"
SMALL = """(controls) => [...document.querySelectorAll(controls)]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.type !== "hidden")
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.width < 24 || box.height < 24)
  .map(([each, box]) => `${each.outerHTML.slice(0, 120)} ${box.width} × ${box.height}`)"""
"""Returns the controls that a finger may miss (WCAG 2.2, 2.5.8); links within sentences are none."""


@pytest.fixture(scope="module", params=["ja", "en"])
def visitor(browser: Browser, of_documents: Service, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One reader with a telephone."""
    with reading(browser, of_documents.address, request.param, forgiven=(400, 404), has_touch=True) as page:
        yield page


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_page_is_not_wider_than_the_screen(visitor: Page, kind: Kind) -> None:
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.goto(kind.address)
    assert visitor.evaluate(TOO_WIDE) == []
    assert visitor.evaluate(SMALL, CONTROLS) == []
    visitor.set_viewport_size({"width": 320, "height": 568})
    assert visitor.evaluate(TOO_WIDE) == []
