"""A page is seen at once, and its scripts weigh little: 10 KB, and 300 KB with the editor."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.kinds_of_pages import ALL, Kind
from tests.browser.visiting import reading
from tests.serve.running import Service

MOST, MOST_WITH_EDITOR = 10_000, 300_000
"""Bytes of all scripts of a page as gzip sends them."""
WITH_EDITOR = {"query", "query answered", "query at fault", "endpoint"}
PAINTED = """() => new Promise((done) => {
  const seen = new PerformanceObserver((list) => done(list.getEntries()[0].startTime));
  seen.observe({ type: "paint", buffered: true });
})"""
SOON = 1000
"""Milliseconds from the click to the first paint, on loopback, with the server warm."""


@pytest.fixture(scope="module")
def visitor(browser: Browser, of_documents: Service) -> Iterator[Page]:
    """One reader who goes from page to page."""
    with reading(browser, of_documents.address, forgiven=(400, 404)) as page:
        yield page


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_page_loads_few_scripts_and_is_painted_soon(visitor: Page, kind: Kind) -> None:
    scripts: list[Response] = []

    def note(response: Response) -> None:
        if response.request.resource_type == "script":
            scripts.append(response)

    visitor.on("response", note)
    visitor.goto(kind.address)
    visitor.remove_listener("response", note)
    weight = sum(len(gzip.compress(script.body())) for script in scripts)
    assert weight <= (MOST_WITH_EDITOR if kind.name in WITH_EDITOR else MOST)
    assert min(_painted_after(visitor, kind) for _ in range(2)) <= SOON


def _painted_after(page: Page, kind: Kind) -> float:
    page.goto(kind.address)
    return float(page.evaluate(PAINTED))
