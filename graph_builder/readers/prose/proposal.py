"""Propose the declarations of an outline from its lines alone: spacing, column, headings, blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph_builder.documents import Line
from graph_builder.readers.proposal import Proposal
from graph_builder.readers.prose.printed_rows import SENTENCE_ENDS, Row, rows
from graph_builder.values.text import normal

FEWEST_SENTENCES = 3
MOST_TABLE_LINES = 0.25
SENTENCE_WIDTH = 18  # em; what is shorter may be a cell of a table as well
HEADING_WIDTH = 40  # em; what is longer is a sentence that begins with a number

# How Japanese public documents number their headings, from the outside in; groups as in headings.py.
NOTATIONS = (
    r"^(?P<notation>第 ?(?P<number>[0-9０-９]+) ?章)[ 　]?(?P<label>.+)$",
    r"^(?P<notation>第 ?(?P<number>[0-9０-９]+) ?節)[ 　]?(?P<label>.+)$",
    r"^(?P<notation>(?P<number>[0-9０-９]{1,2}))[ 　](?P<label>.+)$",
    r"^(?P<notation>[（(](?P<number>[0-9０-９]{1,2})[）)])[ 　]?(?P<label>.+)$",
    r"^(?P<notation>(?P<number>[①-⑳]))[ 　]?(?P<label>.+)$",
)
# How paragraphs of other kinds begin.
BLOCKS = (
    ("list-item", r"^- ?・"),
    ("list-item", r"^[〇○●・]"),
    ("footnote", r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+ "),
    ("note", r"^※"),
    ("caption", r"^[図表]+ ?[0-9０-９]+[ 　]"),
)


@dataclass(frozen=True)
class _Text:
    """The printed lines of a text, and whether a blank one follows each of them."""

    printed: list[Row]
    is_double_spaced: bool


def propose(lines: Sequence[str]) -> Proposal | None:
    """An outline layout for a text; None where it is no prose: too few sentences, or mostly tables."""
    numbered = [Line(number, text, text) for number, text in enumerate(lines, 1)]
    printed = rows(numbered, numbered)
    tabbed = sum("\t" in row.line.text for row in printed)
    sentences = sum(row.text.endswith("。") for row in printed)
    if sentences < FEWEST_SENTENCES or tabbed > MOST_TABLE_LINES * len(printed):
        return None
    text = _Text(printed, _is_double_spaced(printed, lines))
    layout: dict[str, Any] = {"reader": "outline", "lines": [1, len(lines)], "to_end": True}
    layout["spacing"] = "double" if text.is_double_spaced else "single"
    full = _full(printed) if text.is_double_spaced else None
    if full:
        layout["full"] = full
    headings = _headings(text)
    layout["headings"] = [{"level": at, "pattern": each} for at, each in enumerate(headings, 1)]
    layout["blocks"] = _blocks(printed)
    notes = [
        "review the pattern and level of each heading",
        "declare under which heading the directions stand",
    ]
    if not text.is_double_spaced:
        layout["breaks"] = _breaks(printed, headings)
        notes.append("review the breaks: only texts that a page cuts in mid-sentence may be joined")
    return Proposal(_certainty(printed, full), (layout,), notes=tuple(notes))


def _is_double_spaced(printed: list[Row], lines: Sequence[str]) -> bool:
    """Whether nearly every printed line is followed by a blank one, and wrapped lines are among them."""
    followed = sum(row.number >= len(lines) or not lines[row.number].strip() for row in printed)
    open_lines = sum(not row.ends and not row.text.endswith(tuple(SENTENCE_ENDS)) for row in printed)
    ended = sum(row.ends for row in printed)
    return followed > 0.7 * len(printed) and ended > 0.1 * len(printed) and open_lines > 0.2 * len(printed)


def _full(printed: list[Row]) -> list[float] | None:
    """The widths of a line that fills the column: around the commonest width of the lines that go on."""
    widths = Counter(round(row.width) for row in printed if not row.ends)
    if not widths:
        return None
    usual = widths.most_common(1)[0][0]
    return [usual - 3.0, usual + 3.0]


def _headings(text: _Text) -> list[str]:
    """The notations that number short lines, from the outside in; a bare number must count from 1."""
    found: list[str] = []
    for pattern in NOTATIONS:
        matches = [re.search(pattern, row.text) for row in text.printed if _may_head(row, text)]
        numbers = {normal(match["number"]) for match in matches if match}
        if ("第" in pattern and numbers) or {"1", "2"} <= numbers:
            found.append(pattern)
    return found


def _may_head(row: Row, text: _Text) -> bool:
    is_short = row.width <= HEADING_WIDTH and not row.text.endswith("。") and "\t" not in row.line.text
    return is_short and (row.ends or not text.is_double_spaced)


def _blocks(printed: list[Row]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "pattern": pattern}
        for kind, pattern in BLOCKS
        if any(re.search(pattern, row.text) for row in printed)
    ]


def _breaks(printed: list[Row], headings: list[str]) -> list[dict[str, Any]]:
    """Long texts that stop in mid-sentence, each with the next text that could be its second part."""
    known = [*headings, *(pattern for _, pattern in BLOCKS)]
    texts = [
        row
        for row in printed
        if "\t" not in row.line.text and not any(re.search(pattern, row.text) for pattern in known)
    ]
    return [
        {"after": row.text[-12:], "before": after.text[:12]}
        for row, after in pairwise(texts)
        if row.width > SENTENCE_WIDTH and row.text[-1] not in SENTENCE_ENDS
    ]


def _certainty(printed: list[Row], full: list[float] | None) -> float:
    """The share of printed lines that are sentences or lines of a wrapped column as wide as prose."""
    lowest = full[0] if full else SENTENCE_WIDTH
    prose = [row for row in printed if row.width >= SENTENCE_WIDTH and "\t" not in row.line.text]
    likely = sum(row.width >= lowest or row.text.endswith("。") for row in prose)
    return round(likely / len(printed), 2)
