"""A browser of the machine, and a reader in it whom every fault of a page is noted for."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    sync_playwright,
)

CHROMIUM = shutil.which("chromium")
ABSENT = "needs Debian's chromium on the PATH (apt-get install chromium fonts-noto-cjk)"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TIMEOUT = 10_000
"""Milliseconds that a reader waits for anything."""
LOCALES = {"ja": "ja-JP", "en": "en-GB"}
WIDE: ViewportSize = {"width": 1280, "height": 900}


@dataclass
class Faults:
    """What a reader should never meet: errors of scripts, of the policy, of requests."""

    forgiven: set[int]
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note every fault of a page from now on."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("requestfailed", self._miss)
        page.on("response", self._read)

    def _hear(self, message: ConsoleMessage) -> None:
        # A failed load is noted with its address by `_read`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.found.append(f"console: {message.text}")

    def _miss(self, request: Request) -> None:
        # What becomes a download, or gives way to another page, ends as a navigation that was aborted.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"{request.url}: {request.failure}")

    def _read(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.forgiven:
            self.found.append(f"{response.url}: {response.status}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run the browser of the machine, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reading(
    browser: Browser,
    address: str,
    language: str = "ja",
    forgiven: Iterable[int] = (),
    **options: Any,  # noqa: ANN401
) -> Iterator[Page]:
    """Open a page for a reader of a language; whatever goes wrong while it is open is an error.

    `forgiven` are the statuses of errors that are asked for; the options are those of a browser's context.
    """
    context = browser.new_context(
        **{"base_url": address, "locale": LOCALES[language], "viewport": WIDE} | options
    )
    context.set_default_timeout(TIMEOUT)
    try:
        page = context.new_page()
        faults = Faults(set(forgiven))
        faults.watch(page)
        yield page
        assert not faults.found, "\n".join(faults.found)
    finally:
        context.close()
