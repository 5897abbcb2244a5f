"""Where the name, the summary and the target of one row begin: the split of its lines with the least strain.

A dump gives the cells of a row one after the other, mostly with a blank line between them; but cells hold
blank lines too, and some stand together without one. Every split in three is weighed by what it would
force upon the print: lines wider than their column, breaks where there was room, a summary that begins
without its indent, brackets that the name leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from graph_builder.readers.wrapped.geometry import is_full, overflows
from graph_builder.readers.wrapped.pieces import BULLET, GOES_ON, INDENT, SENTENCE_END, Piece

NAME, SUMMARY, TARGET = "name", "summary", "target_text"
BEFORE = {SUMMARY: NAME, TARGET: SUMMARY}
MISSING = {NAME: 25.0, SUMMARY: 18.0, TARGET: 18.0}
BLANK_BEFORE_PARAGRAPH = {NAME: 4.0, SUMMARY: 2.4, TARGET: 1.6}
# Figures and conditions of a target stand on lines of their own; a summary is running text.
HARD_BREAK = {NAME: 4.0, SUMMARY: 3.5, TARGET: 1.5}
OPEN_BRACKET = 3.0
UNENDED = 1.5
LISTED = 1.0
MOST_NAME_LINES = 16


@dataclass(frozen=True)
class Columns:
    """The widths of the columns in half-em units, and the lines at which the print itself breaks a line."""

    name: float
    summary: float
    target_text: float
    hard_breaks: frozenset[str] = frozenset()

    def width(self, cell: str) -> float:
        """The width of a cell's column."""
        return float(getattr(self, cell))

    def begins_paragraph(self, piece: Piece) -> bool:
        """Whether an indent, a bullet or a declared hard break begins a paragraph here."""
        return piece.begins_paragraph or self.breaks_before(piece)

    def breaks_before(self, piece: Piece) -> bool:
        """Whether the print breaks the line before this one, for no reason that its lines could show."""
        return piece.bare in self.hard_breaks


@dataclass(frozen=True)
class Cells:
    """The lines of one row, cell by cell, and the strain of this split (0: as regular as print can be)."""

    name: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    target_text: tuple[Piece, ...]
    strain: float


def split(pieces: tuple[Piece, ...], columns: Columns) -> Cells:
    """The split of a row's lines into its three cells that strains the print least."""
    # Without their line numbers: rows that only moved need no second look.
    strain, first, second = _least(tuple(replace(piece, line=0) for piece in pieces), columns)
    return Cells(pieces[:first], pieces[first:second], pieces[second:], strain)


@lru_cache(maxsize=16384)
def _least(pieces: tuple[Piece, ...], columns: Columns) -> tuple[float, int, int]:
    """The least strain, and where the summary and the target begin."""
    name, summary, target = (_Strains.of(pieces, cell, columns) for cell in (NAME, SUMMARY, TARGET))
    count = len(pieces)
    depths = [0, *accumulate(map(_depth, pieces))]
    ends = [target.of_cell(at, count) for at in range(count + 1)]
    best = (float("inf"), 0, 0)
    for first in range(min(count, MOST_NAME_LINES) + 1):
        head = name.of_cell(0, first) + OPEN_BRACKET * abs(depths[first])
        for second in range(first, count + 1):
            middle = summary.of_cell(first, second) + OPEN_BRACKET * abs(depths[second] - depths[first])
            best = min(best, (head + middle + ends[second], first, second))
    return best


def _depth(piece: Piece) -> int:
    return sum((c in "（(「『") - (c in "）)」』") for c in piece.text)


@dataclass(frozen=True)
class _Strains:
    """Running sums for one kind of cell: what each line costs alone, and after the line before it."""

    pieces: Sequence[Piece]
    cell: str
    columns: Columns
    alone: Sequence[float]
    follows: Sequence[float]

    @classmethod
    def of(cls, pieces: Sequence[Piece], cell: str, columns: Columns) -> _Strains:
        """The sums for the lines of a row, were they all in this cell."""
        alone = accumulate(_alone(piece, cell, columns) for piece in pieces)
        follows = accumulate(_follows(before, piece, cell, columns) for before, piece in pairwise(pieces))
        return cls(pieces, cell, columns, [0.0, *alone], [0.0, 0.0, *follows])

    def of_cell(self, first: int, end: int) -> float:
        """The strain of a cell of the lines first..end (exclusive)."""
        if first >= end:
            return MISSING[self.cell]
        inside = self.alone[end] - self.alone[first] + self.follows[end] - self.follows[first + 1]
        begins = _begins(self.pieces, self.cell, first, self.columns)
        return inside + begins + _ends(self.pieces[end - 1], self.cell)


def _alone(piece: Piece, cell: str, columns: Columns) -> float:
    excused = columns.breaks_before(piece)
    strain = 6.0 if overflows(piece.text, columns.width(cell)) and not excused else 0.0
    if piece.is_number and not excused:
        strain += 5.0
    if cell == NAME and INDENT.match(piece.text):
        strain += 5.0
    return strain


def _follows(before: Piece, piece: Piece, cell: str, columns: Columns) -> float:
    """The strain of `piece` right after `before` in one cell."""
    begins = columns.breaks_before(piece) if cell == NAME else columns.begins_paragraph(piece)
    if begins:
        unended = cell == SUMMARY and not SENTENCE_END.search(before.text)
        listed = cell == SUMMARY and bool(BULLET.match(piece.text))
        strain = BLANK_BEFORE_PARAGRAPH[cell] if piece.after_blank else 0.0
        return strain + UNENDED * unended + LISTED * listed
    full = is_full(before.text, piece.text, columns.width(cell))
    strain = 0.0 if full else HARD_BREAK[cell]
    # A blank line inside a paragraph is a page break in a cell; a sentence that ended before it is not.
    if piece.after_blank:
        goes_on = cell == NAME or (full and not SENTENCE_END.search(before.text))
        strain += 1.0 if goes_on else 2.0
    return strain


def _begins(pieces: Sequence[Piece], cell: str, first: int, columns: Columns) -> float:
    piece = pieces[first]
    if cell == NAME:
        return 0.0
    strain = 0.0 if piece.after_blank else 2.5
    if not columns.begins_paragraph(piece):
        strain += 3.0 if cell == SUMMARY or not piece.after_blank else 1.0
    elif cell == SUMMARY and BULLET.match(piece.text):
        strain += 1.5
    if GOES_ON.match(piece.text):
        strain += 2.0
    if first and piece.after_blank and not piece.begins_paragraph:
        # What goes on in the middle of a word or sentence is no new cell.
        before = pieces[first - 1]
        full = is_full(before.text, piece.text, columns.width(BEFORE[cell]))
        strain += 2.5 if full and not SENTENCE_END.search(before.text) else 0.0
    return strain


def _ends(piece: Piece, cell: str) -> float:
    ends_sentence = bool(SENTENCE_END.search(piece.text))
    if cell == NAME:
        return 4.0 if ends_sentence else 0.0
    if cell == SUMMARY:
        return 0.0 if ends_sentence else UNENDED
    return 0.0
