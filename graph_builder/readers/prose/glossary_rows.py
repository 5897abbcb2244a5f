"""Rows of a printed glossary: two columns, term and explanation, that a dump has put one after the other.

A row that opens an entry begins with the index letter of its group, or with the space that stands for it;
then comes the term, and the first line of the explanation where the term fits on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph_builder.documents import Line
from graph_builder.readers.options import Options
from graph_builder.readers.prose.printed_rows import Row, Widths
from graph_builder.values.text import em_width

_OPENING = re.compile(r"(?P<space> ?)(?:(?P<index>[ぁ-んァ-ンA-Z]) )?(?P<rest>\S.*?) *")
_TERM = re.compile(r"(?P<term>\S+)\s+(?P<first>\S.*)")
_SUB_PARAGRAPH = re.compile(r"[０-９0-9]+ |※")
_URL = "http"


@dataclass(frozen=True)
class Columns:
    """The widths in em of lines that fill the two columns, and the mark that announces references."""

    term: Widths
    explanation: Widths
    reference: str

    @classmethod
    def of(cls, options: Options) -> Columns:
        """The columns that a layout declares."""
        return cls(options.range("term_full"), options.range("full"), options.text("reference"))


@dataclass(frozen=True)
class Piece:
    """The characters start..end of one line."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text of the piece."""
        return self.line.text[self.start : self.end]

    @property
    def is_whole(self) -> bool:
        """Whether nothing else is printed on the line."""
        return self.text.strip() == self.line.text.strip()


@dataclass(frozen=True)
class Opening:
    """A row that may open an entry: index letter, term, and the first line of the explanation."""

    index: str | None
    term: Piece
    first: Piece | None


def opening(row: Row, columns: Columns) -> Opening | None:
    """How a row opens an entry; None where it has neither index letter nor the space for one."""
    match = _OPENING.fullmatch(row.line.text)
    if match is None or not (match["index"] or match["space"]):
        return None
    start, end = match.span("rest")
    rest = match["rest"]
    if em_width(rest) <= columns.term[1] and not rest.endswith("。"):
        return Opening(match["index"], Piece(row.line, start, end), None)
    parts = _TERM.fullmatch(rest)
    if parts is None or em_width(parts["term"]) > columns.term[1]:
        return None
    term = Piece(row.line, start, start + parts.end("term"))
    return Opening(match["index"], term, Piece(row.line, start + parts.start("first"), end))


def whole(row: Row) -> Piece:
    """The piece that is all of a row's text."""
    start = row.line.text.index(row.text)
    return Piece(row.line, start, start + len(row.text))


def is_url(row: Row) -> bool:
    """Whether a row begins an address."""
    return row.text.startswith(_URL)


def begins_sub_paragraph(row: Row) -> bool:
    """Whether a row begins a numbered item or a note of an explanation."""
    return _SUB_PARAGRAPH.match(row.text) is not None


def strangers(rows: list[Row], columns: Columns) -> frozenset[int]:
    """The lines that cannot be part of the glossary, by width or because they touch another line."""
    found: set[int] = set()
    in_term = False
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        if after is not None and after.touches and after.number == row.number + 1 and row.number not in found:
            upper, lower = _rank(row, columns, in_term=in_term), _rank(after, columns, in_term=in_term)
            found.add(row.number if upper < lower else after.number)
        if row.number in found or _rank(row, columns, in_term=in_term) == 0:
            found.add(row.number)
            continue
        opened = opening(row, columns)
        in_term = not row.ends and (in_term if opened is None else opened.first is None)
    return frozenset(found)


def _rank(row: Row, columns: Columns, *, in_term: bool) -> float:
    """How likely a row is a line of the glossary: 0 if it neither ends something nor fills its column."""
    if row.ends:
        return 3
    opened = opening(row, columns)
    if opened is not None:
        piece, widths = (opened.first, columns.explanation) if opened.first else (opened.term, columns.term)
        return 3 if widths[0] <= em_width(piece.text) <= widths[1] else 0
    if row.text.isascii() and " " not in row.text and (is_url(row) or row.text.endswith("-")):
        return 3  # an address may be broken after a hyphen, where the column is not full
    widths = columns.term if in_term else columns.explanation
    if not row.is_full(widths):
        return 0
    return 1 if row.text.endswith("。") else 2 - abs(row.width - sum(widths) / 2) / 100
