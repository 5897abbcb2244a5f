"""Every kind of page as axe sees it: in both languages and both colour schemes, nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from api.openapi.description import describe_service
from api.pages.entity.kinds import kinds
from api.routes.questions import LIBRARY
from tests.browser.kinds_of_pages import ALL, OF_THINGS, PAGES, Kind
from tests.browser.visiting import reading
from tests.serve.running import Service

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """async (rules) => {
  const how = { runOnly: rules, resultTypes: ["violations"], iframes: false, preload: false };
  const found = await axe.run(document, how);
  return found.violations.map((each) => `${each.impact} ${each.id}: ` + each.nodes.slice(0, 3).map(
    (node) => `${node.target} ${node.html.slice(0, 120)} ${node.failureSummary}`).join("; "));
}"""
"""Returns what axe finds; no file is asked for, and no style sheet read anew."""


@pytest.fixture(scope="module", params=["ja", "en"])
def visitor(browser: Browser, of_documents: Service, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One reader of a language, who goes from page to page."""
    if not AXE.is_file():
        pytest.skip("needs axe-core, which make setup installs")
    with reading(browser, of_documents.address, request.param, forgiven=(400, 404)) as page:
        yield page


def look(page: Page, rules: Any) -> list[str]:  # noqa: ANN401  as axe takes them
    """Run rules of axe on the page; the policy does not hold for what the inspector runs."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(RUN, rules))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_nothing_is_wrong_with_a_page(visitor: Page, kind: Kind) -> None:
    visitor.emulate_media(color_scheme="light")
    answer = visitor.goto(kind.address)
    assert answer is not None
    assert answer.status == kind.status
    assert look(visitor, RULES) == []
    visitor.emulate_media(color_scheme="dark")
    assert look(visitor, COLOURS) == []


def test_every_kind_of_page_is_looked_at() -> None:
    assert len(PAGES) == 37
    assert len(OF_THINGS) == 30
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
