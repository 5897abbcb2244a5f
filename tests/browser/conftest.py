"""A browser, and readers of the real graph and of the hostile one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visiting import ABSENT, CHROMIUM, browsing, reading
from tests.pages.conftest import of_documents, of_harm
from tests.serve.running import Service

HERE = Path(__file__).resolve().parent
__all__ = ["of_documents", "of_harm"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands here needs a browser, and says so where there is none."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.needs_browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=ABSENT))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one file: while it runs, its thread can run no other event loop."""
    with browsing() as opened:
        yield opened


@pytest.fixture
def scripts() -> bool:
    """Whether scripts run; a test of what works without them says both."""
    return True


@pytest.fixture
def language() -> str:
    """The language that the reader's browser asks for."""
    return "ja"


@pytest.fixture
def forgiven() -> set[int]:
    """The statuses of errors that a test brings about."""
    return set()


@pytest.fixture
def page(
    browser: Browser, of_documents: Service, scripts: bool, language: str, forgiven: set[int]
) -> Iterator[Page]:
    """A page for a reader who was never here; nothing may go wrong while it is open."""
    with reading(browser, of_documents.address, language, forgiven, java_script_enabled=scripts) as opened:
        yield opened
