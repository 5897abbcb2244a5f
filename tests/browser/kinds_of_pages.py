"""The kinds of pages: one page of each that is not of a thing, and one of each kind of thing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
THINGS = HERE.parent / "pages" / "kinds.csv"


@dataclass(frozen=True)
class Kind:
    """A kind of page: its name, the path of one page, and the status with which it is sent."""

    name: str
    path: str
    status: int = 200

    @property
    def address(self) -> str:
        """The path as it is asked for."""
        return quote(self.path, safe="/?=&%+")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


PAGES = [Kind(row["page"], row["path"], int(row["status"])) for row in _rows(HERE / "pages.csv")]
_FIRST = {row["kind"]: row["path"] for row in reversed(_rows(THINGS))}
OF_THINGS = [Kind(name, f"/doc/{path}") for name, path in reversed(_FIRST.items())]
ALL = [*PAGES, *OF_THINGS]
