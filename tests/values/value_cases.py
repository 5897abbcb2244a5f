"""The cases of the value parsers: CSV files beside this module, the columns named in their first line."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAPPINGS = HERE.parent.parent / "mappings"


def cases(name: str, count: int) -> list[dict[str, str]]:
    """The rows of a case file; the number of cases is part of the specification."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count, f"{name} has {len(rows)} cases, not {count}"
    return rows


def source_line(document: str, line: str) -> str:
    """A line of a source text, 1-based."""
    text = (MAPPINGS / document / "source.txt").read_text("utf-8")
    return text.split("\n")[int(line) - 1]
