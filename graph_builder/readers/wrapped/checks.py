"""What cannot be right in the lines of a cell: width, line breaks, ends, lone numbers.

A cell that the print wrapped is regular: each line goes on until the next piece has no room. A line that
was inserted, lost or damaged breaks this rule, and so is found wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph_builder.readers.wrapped.cells import NAME, SUMMARY, TARGET, Cells, Columns
from graph_builder.readers.wrapped.geometry import is_full, overflows, widths
from graph_builder.readers.wrapped.pieces import SENTENCE_END, Piece
from graph_builder.readers.wrapped.text import paragraphs
from graph_builder.values.text import join_lines

Fault = tuple[int, str, str]
"""A line, what is wrong there, and the remedy."""

BREAK_REMEDY = "remove the line, correct it, or declare it in hard_breaks if the print breaks there"


@dataclass(frozen=True)
class Excused:
    """Declared irregular lines: they end a paragraph without a full stop, or go on after a blank line."""

    unfinished: frozenset[str] = frozenset()
    torn: frozenset[str] = frozenset()


def cell_faults(cells: Cells, columns: Columns, excused: Excused) -> Iterator[Fault]:
    """Every fault in the three cells of one row."""
    for cell, pieces in ((NAME, cells.name), (SUMMARY, cells.summary), (TARGET, cells.target_text)):
        begins = columns.breaks_before if cell == NAME else columns.begins_paragraph
        lines = [piece for piece in pieces if not columns.breaks_before(piece)]
        yield from too_wide(lines, columns.width(cell))
        yield from broken_lines(pieces, columns.width(cell), begins)
        if cell != NAME:
            yield from _unmarked(pieces, cell, columns)
            yield from _unended(pieces, cell, columns, excused.unfinished)
        for piece in torn_lines(pieces, begins):
            if piece.bare not in excused.torn:
                what = f"a blank line stands amid a paragraph of {cell}, before 「{piece.bare}」"
                yield piece.line, what, "remove the line, or declare it in torn"
        for piece in pieces:
            if piece.is_number and piece.bare not in columns.hard_breaks:
                yield piece.line, f"a lone number 「{piece.bare}」 stands in {cell}", BREAK_REMEDY


def torn_lines(pieces: Sequence[Piece], begins: Callable[[Piece], bool]) -> Iterator[Piece]:
    """The lines that go on with their paragraph although a blank line stands before them."""
    for piece in pieces[1:]:
        if piece.after_blank and not begins(piece):
            yield piece


def too_wide(pieces: Sequence[Piece], width: float) -> Iterator[Fault]:
    """Lines that are wider than their column."""
    for piece in pieces:
        if overflows(piece.text, width):
            what = f"「{piece.bare}」 is wider than its column of {width / 2:g} em"
            yield piece.line, what, "remove the line, or declare the right width"


def broken_lines(pieces: Sequence[Piece], width: float, begins: Callable[[Piece], bool]) -> Iterator[Fault]:
    """Lines that go on although the one before had room."""
    for at, (before, piece) in enumerate(pairwise(pieces)):
        if not _fits(before, piece, width, begins):
            for stray in _strays(pieces, at, width, begins):
                other = piece if stray is before else before
                what = f"「{stray.bare}」 and line {other.line} do not go on as the column's width wants"
                yield stray.line, what, BREAK_REMEDY


def _fits(before: Piece, piece: Piece, width: float, begins: Callable[[Piece], bool]) -> bool:
    return begins(piece) or is_full(before.text, piece.text, width)


def _strays(pieces: Sequence[Piece], at: int, width: float, begins: Callable[[Piece], bool]) -> list[Piece]:
    """Of two lines that do not go together, the one without which the text is regular, or else both."""
    before, piece = pieces[at], pieces[at + 1]
    without_before = at == 0 or _fits(pieces[at - 1], piece, width, begins)
    without_piece = at + 2 == len(pieces) or _fits(before, pieces[at + 2], width, begins)
    if without_before == without_piece:
        return [before, piece]
    return [before] if without_before else [piece]


def _unmarked(pieces: Sequence[Piece], cell: str, columns: Columns) -> Iterator[Fault]:
    if pieces and not columns.begins_paragraph(pieces[0]):
        what = f"{cell} begins with 「{pieces[0].bare}」, without an indent or a bullet"
        yield pieces[0].line, what, BREAK_REMEDY


def _unended(
    pieces: Sequence[Piece], cell: str, columns: Columns, unfinished: frozenset[str]
) -> Iterator[Fault]:
    """A paragraph of sentences, and every summary, ends with a full stop; no other breaks off at the edge."""
    for last in _unended_lines(pieces, cell, columns):
        if last.bare in unfinished:
            continue
        what = f"a paragraph of {cell} ends with 「{last.bare}」, without a full stop"
        yield last.line, what, "remove the line, or declare it in unfinished"
        following = next((piece for piece in pieces if piece.line > last.line), None)
        if following and _at_edge(last, columns.width(cell)):
            what = f"「{following.bare}」 begins a paragraph of {cell} before the one before it has ended"
            yield following.line, what, "remove the line, or declare the one before it in unfinished"


def _unended_lines(pieces: Sequence[Piece], cell: str, columns: Columns) -> Iterator[Piece]:
    """The last lines of the paragraphs that should go on."""
    found = paragraphs(pieces, columns.begins_paragraph)
    for at, paragraph in enumerate(found, 1):
        last = paragraph[-1]
        sentences = cell == SUMMARY or "。" in join_lines([piece.text for piece in paragraph])
        broken_off = at < len(found) and _at_edge(last, columns.width(cell))
        if (sentences or broken_off) and not SENTENCE_END.search(last.text):
            yield last


def _at_edge(piece: Piece, width: float) -> bool:
    return widths(piece.text)[0] + 2 > width


@dataclass(frozen=True)
class Irregular:
    """The lines of a row that must be declared: as hard breaks, as unfinished, as torn."""

    breaks: tuple[Piece, ...]
    unfinished: tuple[Piece, ...]
    torn: tuple[Piece, ...]


def irregular_lines(cells: Cells, columns: Columns) -> Irregular:
    """The lines of one row that no rule of the print explains."""
    breaks: list[Piece] = []
    ends: list[Piece] = []
    torn: list[Piece] = []
    for cell, pieces in ((NAME, cells.name), (SUMMARY, cells.summary), (TARGET, cells.target_text)):
        width = columns.width(cell)
        begins = columns.breaks_before if cell == NAME else columns.begins_paragraph
        breaks += [piece for piece in pieces if piece.is_number or overflows(piece.text, width)]
        breaks += [piece for before, piece in pairwise(pieces) if not _fits(before, piece, width, begins)]
        if cell != NAME:
            breaks += [piece for piece in pieces[:1] if not begins(piece)]
        declared = replace(columns, hard_breaks=columns.hard_breaks | {piece.bare for piece in breaks})
        torn += torn_lines(pieces, declared.breaks_before if cell == NAME else declared.begins_paragraph)
        if cell != NAME:
            ends += _unended_lines(pieces, cell, declared)
    return Irregular(tuple(breaks), tuple(ends), tuple(torn))
