"""What cannot be right in the lines of a cell: width, line breaks, ends, lone numbers.

A cell that the print wrapped is regular: each line goes on until the next piece has no room. A line that
was inserted, lost or damaged breaks this rule, and so is found wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from graph_builder.readers.wrapped_cells import NAME, SUMMARY, TARGET, Cells, Columns
from graph_builder.readers.wrapped_geometry import is_full, overflows, widths
from graph_builder.readers.wrapped_pieces import SENTENCE_END, Piece
from graph_builder.readers.wrapped_text import join, paragraphs

Fault = tuple[int, str, str]
"""A line, what is wrong there, and the remedy."""

BREAK_REMEDY = "remove the line, correct it, or declare it in hard_breaks if the print breaks there"


def cell_faults(cells: Cells, columns: Columns, unfinished: frozenset[str]) -> Iterator[Fault]:
    """Every fault in the three cells of one row."""
    for cell, pieces in ((NAME, cells.name), (SUMMARY, cells.summary), (TARGET, cells.target_text)):
        begins: Callable[[Piece], bool] = _never if cell == NAME else columns.begins_paragraph
        yield from line_faults(pieces, columns.width(cell), begins)
        if cell != NAME:
            yield from _unmarked(pieces, cell, columns)
            yield from _unended(pieces, cell, columns, unfinished)
        for piece in pieces:
            if piece.is_number and piece.bare not in columns.hard_breaks:
                yield piece.line, f"a lone number 「{piece.bare}」 stands in {cell}", BREAK_REMEDY


def line_faults(pieces: Sequence[Piece], width: float, begins: Callable[[Piece], bool]) -> Iterator[Fault]:
    """Lines too wide for their column, and lines that go on although the one before had room."""
    for piece in pieces:
        if overflows(piece.text, width):
            what = f"「{piece.bare}」 is wider than its column of {width / 2:g} em"
            yield piece.line, what, "remove the line, or declare the right width"
    for at, (before, piece) in enumerate(pairwise(pieces)):
        if not _fits(before, piece, width, begins):
            for stray in _strays(pieces, at, width, begins):
                other = piece if stray is before else before
                what = f"the line break between 「{stray.bare}」 and line {other.line} is none that the column makes"
                yield stray.line, what, BREAK_REMEDY


def _never(_piece: Piece) -> bool:
    return False


def _fits(before: Piece, piece: Piece, width: float, begins: Callable[[Piece], bool]) -> bool:
    return begins(piece) or is_full(before.text, piece.text, width)


def _strays(
    pieces: Sequence[Piece], at: int, width: float, begins: Callable[[Piece], bool]
) -> list[Piece]:
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
    found = paragraphs(pieces, columns.begins_paragraph)
    for paragraph, following in pairwise([*found, None]):
        if paragraph is None or SENTENCE_END.search(paragraph[-1].text) or paragraph[-1].bare in unfinished:
            continue
        last = paragraph[-1]
        at_edge = following is not None and widths(last.text)[0] + 2 > columns.width(cell)
        if at_edge or cell == SUMMARY or "。" in join([piece.text for piece in paragraph]):
            what = f"a paragraph of {cell} ends with 「{last.bare}」, without a full stop"
            yield last.line, what, "remove the line, or declare it in unfinished"
        if at_edge and following:
            what = f"「{following[0].bare}」 begins a paragraph of {cell} before the one before it has ended"
            yield following[0].line, what, "remove the line, or declare the one before it in unfinished"
