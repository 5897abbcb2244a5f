"""The history of a build folder: one line for each publication, so that a trend can be seen.

A line is the JSON of a `Publication`; all but its time depends on the build alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Publication:
    """One publication: the version of the dataset, when, how many statements, results by severity."""

    version: str
    published: str
    statements: int
    results: Mapping[str, int]


def append_publication(path: Path, version: str, statements: int, results: Mapping[str, int]) -> None:
    """Add the publication of this moment to a history; all but the time depends on the build alone."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps(asdict(Publication(version, moment, statements, dict(results))), ensure_ascii=False)
    with path.open("a", encoding="utf-8") as history:
        history.write(line + "\n")


def read_publications(path: Path) -> list[Publication]:
    """Return the publications of a history, the first one first; a line that was cut short is left out."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [publication for line in lines if (publication := _publication(line))]


def _publication(line: str) -> Publication | None:
    try:
        return Publication(**json.loads(line))
    except (ValueError, TypeError):
        return None
