"""Curated discrepancies: which two passages speak of one thing and disagree, as a person has judged.

Each text must stand at its lines, so that no row outlives a change of what it judges.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_builder.documents import Document
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.identifiers import short_hash
from graph_builder.readers.reading import Span
from graph_builder.rows.discrepancies import DiscrepancyRow
from graph_builder.tables.passages import Passages
from graph_builder.values.text import compared

FILE = "discrepancies.csv"
_COLUMNS = ["document", "lines", "printed", "compared_document", "compared_lines", "compared_text", "kind",
            "expected", "reason_ja", "reason_en"]  # fmt: skip
_NEEDED = frozenset(_COLUMNS) - {"expected"}
_LINES = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True)
class _Side:
    """One of the two places: its document, its lines and what must stand there."""

    document: str
    lines: str
    text: str
    columns: tuple[str, str, str]


def add_discrepancies(reference: Path, passages: Mapping[str, Passages]) -> None:
    """Add the curated discrepancies between documents that are built; raises DeclarationError."""
    problems: list[Problem] = []
    for line, row in _rows(reference / FILE):
        place = Place(str(reference / FILE), line)
        sides = _sides(row)
        problems += _incomplete(row, place) or _unknown(sides, reference.parent, place)
        if problems or not all(side.document in passages for side in sides):
            continue  # a build of one document leaves out what compares it with others
        found = [_span(passages[side.document].document, side) for side in sides]
        problems += [
            Problem(
                Place(str(reference / FILE), line, side.columns[2]),
                f"{side.text!r} does not stand at {side.document}:{side.lines}",
                "mend the lines or the text, or remove the row where the discrepancy is gone",
            )
            for side, span in zip(sides, found, strict=True)
            if span is None
        ]
        if all(found):
            _add(row, [span for span in found if span], passages)
    if problems:
        raise DeclarationError(*problems)


def _add(row: Mapping[str, str], spans: list[Span], passages: Mapping[str, Passages]) -> None:
    here, there = passages[row["document"]], passages[row["compared_document"]]
    parts = (row["printed"], row["compared_document"], row["compared_lines"], row["compared_text"])
    here.tables.add(
        DiscrepancyRow(
            document=here.document.key,
            authority=here.document.authority,
            discrepancy=f"{here.document.key}.{spans[0].first}.{short_hash(*parts)}",
            printed=row["printed"],
            compared_text=row["compared_text"],
            expected=row["expected"] or None,
            kind=row["kind"],
            reason_ja=row["reason_ja"],
            reason_en=row["reason_en"],
            passage=here.of(spans[0]),
            compared_authority=there.document.authority,
            compared_passage=there.of(spans[1]),
        )
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != _COLUMNS:
            remedy = f"name them {','.join(_COLUMNS)}"
            raise DeclarationError(
                Problem(Place(str(path), 1), f"the columns are {reader.fieldnames}", remedy)
            )
        yield from enumerate(reader, 2)


def _sides(row: Mapping[str, str]) -> tuple[_Side, _Side]:
    first = ("document", "lines", "printed")
    second = ("compared_document", "compared_lines", "compared_text")
    return (
        _Side(row[first[0]], row[first[1]], row[first[2]], first),
        _Side(row[second[0]], row[second[1]], row[second[2]], second),
    )


def _incomplete(row: Mapping[str, str], place: Place) -> list[Problem]:
    empty = sorted(column for column in _NEEDED if not row[column])
    if not empty:
        return []
    return [Problem(place, f"no {', '.join(empty)}", "fill in every column; `expected` alone may be empty")]


def _unknown(sides: tuple[_Side, _Side], mappings: Path, place: Place) -> list[Problem]:
    return [
        Problem(place, f"there is no document {side.document!r}", "use the name of a folder below mappings")
        for side in sides
        if not (mappings / side.document / "document.toml").exists()
    ]


def _span(document: Document, side: _Side) -> Span | None:
    """Where the text stands: its characters where it stands on one line, else all the lines."""
    match = _LINES.fullmatch(side.lines)
    if match is None or not 1 <= int(match[1]) <= int(match[2] or match[1]) <= len(document.lines):
        return None
    span = Span(int(match[1]), int(match[2] or match[1]))
    lines = document.between(span.first, span.last)
    start = lines[0].printed.find(side.text)
    if len(lines) == 1 and start >= 0:
        return Span(span.first, span.last, start, start + len(side.text))
    printed = compared("".join(line.printed for line in lines))
    return span if compared(side.text) in printed else None
