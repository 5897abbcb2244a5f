"""Curated discrepancies: which two passages speak of one thing and disagree, as a person has judged.

Each text must stand at its lines, so that no row outlives a change of what it judges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.documents import Document
from graph_builder.errors import Problem
from graph_builder.identifiers import short_hash
from graph_builder.readers.reading import Span
from graph_builder.rows.discrepancies import DiscrepancyRow
from graph_builder.tables.passages import Passages
from graph_builder.values.text import compared

HERE = ("document", "lines", "printed")
THERE = ("compared_document", "compared_lines", "compared_text")
COLUMNS = (*HERE, *THERE, "kind", "expected", "reason_ja", "reason_en")
NEEDED = tuple(column for column in COLUMNS if column != "expected")
_LINES = re.compile(r"(\d+)(?:-(\d+))?")


def add_discrepancies(reference: Path, passages: Mapping[str, Passages]) -> None:
    """Add the curated discrepancies between documents that are built; raises DeclarationError."""
    rows = read_curated(reference / "discrepancies.csv", COLUMNS, NEEDED)
    # a build of one document leaves out what compares it with others
    known = [row for row in rows if row["document"] in passages and row["compared_document"] in passages]
    spans = {
        (row.line, side): _span(passages[row[side[0]]].document, row, side)
        for row in known
        for side in (HERE, THERE)
    }
    refuse([_gone(row, side) for row in known for side in (HERE, THERE) if spans[row.line, side] is None])
    for row in known:
        here, there = spans[row.line, HERE], spans[row.line, THERE]
        if here and there:
            _add(row, here, there, passages)


def _add(row: CuratedRow, here: Span, there: Span, passages: Mapping[str, Passages]) -> None:
    its, other = passages[row["document"]], passages[row["compared_document"]]
    parts = (row["printed"], row["compared_document"], row["compared_lines"], row["compared_text"])
    its.tables.add(
        DiscrepancyRow(
            document=its.document.key,
            authority=its.document.authority,
            discrepancy=f"{its.document.key}.{here.first}.{short_hash(*parts)}",
            printed=row["printed"],
            compared_text=row["compared_text"],
            expected=row.get("expected"),
            kind=row["kind"],
            reason_ja=row["reason_ja"],
            reason_en=row["reason_en"],
            passage=its.of(here),
            compared_authority=other.document.authority,
            compared_passage=other.of(there),
        )
    )


def _gone(row: CuratedRow, side: tuple[str, str, str]) -> Problem:
    document, lines, text = side
    what = f"{row[text]!r} does not stand at {row[document]}:{row[lines]}"
    return row.fault(
        text, what, "mend the lines or the text, or remove the row where the discrepancy is gone"
    )


def _span(document: Document, row: CuratedRow, side: tuple[str, str, str]) -> Span | None:
    """Where the text stands: its characters where it stands on one line, else all the lines."""
    match, text = _LINES.fullmatch(row[side[1]]), row[side[2]]
    if match is None or not 1 <= int(match[1]) <= int(match[2] or match[1]) <= len(document.lines):
        return None
    span = Span(int(match[1]), int(match[2] or match[1]))
    lines = document.between(span.first, span.last)
    start = lines[0].printed.find(text)
    if len(lines) == 1 and start >= 0:
        return Span(span.first, span.last, start, start + len(text))
    printed = compared("".join(line.printed for line in lines))
    return span if compared(text) in printed else None
