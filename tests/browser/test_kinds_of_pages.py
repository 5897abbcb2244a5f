"""Every kind of page, opened once in each language: right for axe, on a telephone, and by what it loads.

What axe says of colours it is asked in both colour schemes; of all else in one of them, in turn from kind to
kind, since nothing else depends on it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Response

from api.openapi.description import describe_service
from api.pages.entity.kinds import kinds
from api.routes.questions import LIBRARY
from tests.browser.kinds_of_pages import ALL, OF_THINGS, PAGES, Kind
from tests.browser.visiting import WIDE, reading
from tests.serve.running import Service

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that a colour scheme can break."""
RUN = """async (runOnly) => {
  const how = { runOnly, resultTypes: ["violations"], iframes: false, preload: false };
  const found = await axe.run(document, how);
  return found.violations.map((each) => `${each.impact} ${each.id}: ` + each.nodes.slice(0, 3).map(
    (node) => `${node.target} ${node.html.slice(0, 120)} ${node.failureSummary}`).join("; "));
}"""
"""Returns what axe finds; no file is asked for, and no style sheet read anew."""
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
PAINTED = """() => new Promise((done) => {
  const seen = new PerformanceObserver((list) => done(list.getEntries()[0].startTime));
  seen.observe({ type: "paint", buffered: true });
})"""
SOON = 1000
"""Milliseconds from the click to the first paint, on loopback, with the server warm."""
MOST, MOST_WITH_EDITOR = 10_000, 300_000
"""Bytes of all scripts of a page as gzip sends them."""
WITH_EDITOR = {"query", "query answered", "query at fault", "endpoint"}


@dataclass(frozen=True)
class Opened:
    """A page that is open: its kind, the status it came with, and the scripts that it loaded."""

    page: Page
    kind: Kind
    status: int
    scripts: list[Response]
    scheme: Literal["light", "dark"]


@pytest.fixture(scope="module", params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """The language of the reader who goes from page to page."""
    return str(request.param)


@pytest.fixture(scope="module")
def visitor(browser: Browser, of_documents: Service, language: str) -> Iterator[Page]:
    """One reader of a language, who goes from page to page."""
    with reading(browser, of_documents.address, language, forgiven=(400, 404), has_touch=True) as page:
        yield page


@pytest.fixture(scope="module", params=range(len(ALL)), ids=[kind.name for kind in ALL])
def opened(visitor: Page, language: str, request: pytest.FixtureRequest) -> Opened:
    """A page of a kind, loaded once for all that is asked of it."""
    visitor.set_viewport_size(WIDE)
    return load(visitor, ALL[request.param], "dark" if (request.param + (language == "en")) % 2 else "light")


def load(page: Page, kind: Kind, scheme: Literal["light", "dark"]) -> Opened:
    """Go to a page, and note the scripts that it loads."""
    scripts: list[Response] = []

    def note(response: Response) -> None:
        if response.request.resource_type == "script":
            scripts.append(response)

    page.emulate_media(color_scheme=scheme)
    page.on("response", note)
    answer = page.goto(kind.address)
    page.remove_listener("response", note)
    assert answer is not None
    return Opened(page, kind, answer.status, scripts, scheme)


def test_a_page_loads_few_scripts_and_is_painted_soon(opened: Opened) -> None:
    assert opened.status == opened.kind.status
    weight = sum(len(gzip.compress(script.body())) for script in opened.scripts)
    assert weight <= (MOST_WITH_EDITOR if opened.kind.name in WITH_EDITOR else MOST)
    # Who came first found the server cold: where that took long, the page is loaded once more.
    assert any(painted_after(opened.page, again) <= SOON for again in (False, True))


def painted_after(page: Page, again: bool) -> float:
    """Milliseconds until the page was painted, as it is or loaded again."""
    if again:
        page.reload()
    return float(page.evaluate(PAINTED))


def test_nothing_is_wrong_with_a_page(opened: Opened) -> None:
    if not AXE.is_file():
        pytest.skip("needs axe-core, which make setup installs")
    # The policy of the page does not hold for what the inspector runs.
    opened.page.evaluate(AXE.read_text("utf-8"))
    assert opened.page.evaluate(RUN, {"type": "tag", "values": RULES}) == []
    opened.page.emulate_media(color_scheme="light" if opened.scheme == "dark" else "dark")
    assert opened.page.evaluate(RUN, {"type": "rule", "values": COLOURS}) == []


def test_a_page_is_not_wider_than_the_screen_of_a_telephone(opened: Opened) -> None:
    """Only tables and pictures move sideways, in their frames; a finger meets every control."""
    opened.page.set_viewport_size({"width": 390, "height": 844})
    assert opened.page.evaluate(TOO_WIDE) == []
    assert opened.page.evaluate(SMALL, CONTROLS) == []
    opened.page.set_viewport_size({"width": 320, "height": 568})
    assert opened.page.evaluate(TOO_WIDE) == []


def test_every_kind_of_page_is_looked_at() -> None:
    assert len(PAGES) == 37
    assert len(OF_THINGS) == 29
    assert {kind.name for kind in OF_THINGS} | {"instrument"} == {kind.name for kind in kinds()}


def test_every_route_that_sends_a_page_is_looked_at() -> None:
    paths = describe_service(LIBRARY.values(), "")["paths"]
    sends_pages = {
        path
        for path, methods in paths.items()
        if "text/html" in methods["get"]["responses"].get("200", {}).get("content", {})
    }
    seen = {path for path in sends_pages for kind in ALL if _is_of(path, kind)}
    assert sends_pages - seen <= {f"/questions/{name}" for name in LIBRARY}


def _is_of(path: str, kind: Kind) -> bool:
    asked = kind.path.partition("?")[0].split("/")
    parts = path.split("/")
    if parts[-1] == "{path}":
        return asked[: len(parts) - 1] == parts[:-1]
    return len(parts) == len(asked) and all(
        one.startswith("{") or one == other for one, other in zip(parts, asked, strict=True)
    )
