"""Take a picture of every kind of page: `make screenshots`.

Each kind is taken wide and light in both languages, in the dark, and as on a telephone. The three that the
README shows are taken once more, from the top of the page, into docs/screenshots.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FloatRect, Page

from api.settings import Settings
from graph_builder.folders import Folders
from tests.browser.kinds_of_pages import ALL, Kind
from tests.browser.visiting import browsing, reading
from tests.serve.running import running

STATUSES = (400, 404)
LOOKS: dict[str, dict[str, Any]] = {
    "ja": {"language": "ja"},
    "en": {"language": "en"},
    "dark": {"language": "ja", "color_scheme": "dark"},
    "mobile": {"language": "ja", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}
TALLEST = 6000
"""Pixels of a page that a picture shows; the rest of a list looks like its beginning."""
README = {
    "home": "/",
    "comparison": "/compare?from=ict-data-action-plan-2020&to=digital-plan-2022#flow",
    "reader": "/read/dx-projects-2022",
}
"""Name of a picture that the README shows → the page, and the place that the picture begins at."""


def take_all(browser: Browser, address: str, kinds: list[Kind], to: Path) -> None:
    """Take every kind of page in every look, as `<look>/<kind>.png`."""
    for look, options in LOOKS.items():
        folder = to / look
        folder.mkdir(parents=True, exist_ok=True)
        with reading(browser, address, forgiven=STATUSES, **options) as page:
            for kind in kinds:
                page.goto(kind.address)
                page.screenshot(path=folder / f"{_slug(kind.name)}.png", clip=_clip(page), full_page=True)


def take_for_readme(browser: Browser, address: str, to: Path) -> None:
    """Take what the README shows: the top of three pages, in English."""
    to.mkdir(parents=True, exist_ok=True)
    with reading(browser, address, "en") as page:
        for name, path in README.items():
            page.goto(path)
            page.screenshot(path=to / f"{name}.png")


def main() -> None:
    """Serve a build and take the pictures."""
    parser = argparse.ArgumentParser(description="Take a picture of every kind of page.")
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build that is served"
    )
    parser.add_argument("--only", default="", help="part of the names of the kinds that are taken")
    chosen = parser.parse_args()
    kinds = [kind for kind in ALL if chosen.only in kind.name]
    with running(Settings(), Folders(out=chosen.build)) as service, browsing() as browser:
        take_all(browser, service.address, kinds, chosen.build / "screenshots")
        if not chosen.only:
            take_for_readme(browser, service.address, Path("docs/screenshots"))


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def _clip(page: Page) -> FloatRect:
    size = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    return {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}


if __name__ == "__main__":
    main()
