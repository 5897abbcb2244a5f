"""Find the rows of a wrapped table of which nothing is declared.

Names of departments, widths and rows depend on each other, so they are found in turns: a first guess from
the blocks before lone numbers, then rows, then names and widths measured in those rows, and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph_builder.readers.wrapped.cells import NAME, SUMMARY, TARGET, Columns
from graph_builder.readers.wrapped.chain import Row, Table, Tail, chain
from graph_builder.readers.wrapped.headings import Heading, headings_of
from graph_builder.readers.wrapped.measure import measured, widest
from graph_builder.readers.wrapped.pieces import Piece, Start, starts_of
from graph_builder.readers.wrapped.titles import column_titles
from graph_builder.readers.wrapped.units import (
    Units,
    guessed_tails,
    learned,
    unseen_tails,
    vote,
)

TURNS = 4
FIRST_GUESS = Columns(name=24.0, summary=48.0, target_text=48.0)
FIRST_UNIT_WIDTH = 20.0
PAGE_NUMBER = 0.6
NUMBER_IN_ROW = 2.5
HEADING_IN_ROW = 1.5
STRAY = 2.0


@dataclass(frozen=True)
class Discovery:
    """What was found: column titles, rows with their widths and units, headings of sections."""

    pieces: tuple[Piece, ...]
    titles: frozenset[int]
    rows: tuple[Row, ...]
    columns: Columns
    units: Units
    headings: tuple[Heading, ...]


def discover(pieces: tuple[Piece, ...]) -> Discovery | None:
    """The rows that account for the pieces best; None where there is no such table."""
    titles = column_titles(pieces)
    starts = starts_of(pieces, titles)
    boundaries = [start.at for start in starts if not start.is_like_heading] + [len(pieces)]
    units = Units(vote(pieces, boundaries, titles), {}, FIRST_UNIT_WIDTH)
    found = Discovery(pieces, titles, (), _first_columns(pieces, starts, titles), units, ())
    if not units.departments:
        return None
    for _turn in range(TURNS):
        found = _again(found, starts)
        if not found.rows:
            return None
    return found


def _again(found: Discovery, starts: Sequence[Start]) -> Discovery:
    """One turn: rows from what is known, then widths, names and headings from the rows."""
    pieces = found.pieces
    headings = {heading.at for heading in found.headings}
    aside = found.titles | headings
    numbers = frozenset(at for at, piece in enumerate(pieces) if piece.is_number)
    begins = frozenset(start.at for start in starts)
    tails = guessed_tails(pieces, found.units, begins, aside)
    tails += unseen_tails(pieces, found.units, begins, aside, {tail.first for tail in tails})
    table = Table(
        pieces=pieces,
        starts=[start for start in starts if start.at not in headings],
        tails=sorted(tails, key=lambda tail: tail.first),
        columns=found.columns,
        aside=aside,
        numbers=numbers,
        headings=frozenset(start.at for start in starts if start.rest),
        page_number=PAGE_NUMBER,
        number_in_row=NUMBER_IN_ROW,
        heading_in_row=HEADING_IN_ROW,
        stray=STRAY,
    )
    rows = tuple(chain(table))
    ends = [row.tail for row in rows if row.tail]
    return replace(
        found,
        rows=rows,
        columns=_columns(rows, found.columns),
        units=_units(pieces, ends, found.units, aside),
        headings=headings_of(pieces, rows, found.titles),
    )


def _first_columns(pieces: Sequence[Piece], starts: Sequence[Start], titles: frozenset[int]) -> Columns:
    """A first guess: the lines right after lone numbers are names, blocks with an indent are running text."""
    names, texts = [], []
    for start in starts:
        block = _block(pieces, start.at + 1, titles)
        if not start.rest and block and not block[0].begins_paragraph:
            names.append(block)
    for at, piece in enumerate(pieces):
        if piece.after_blank and piece.begins_paragraph and at not in titles:
            texts.append(_block(pieces, at, titles))
    text = measured(texts, SUMMARY) or FIRST_GUESS.summary
    return Columns(measured(names, NAME) or FIRST_GUESS.name, text, text)


def _block(pieces: Sequence[Piece], at: int, titles: frozenset[int]) -> list[Piece]:
    """The lines from `at` on until a blank line or an indent."""
    block: list[Piece] = []
    for position in range(at, len(pieces)):
        piece = pieces[position]
        if position in titles or (block and (piece.after_blank or piece.begins_paragraph)):
            break
        block.append(piece)
    return block


def _columns(rows: Sequence[Row], before: Columns) -> Columns:
    sound = [row.cells for row in rows if row.tail]
    return Columns(
        name=measured([cells.name for cells in sound], NAME) or before.name,
        summary=measured([cells.summary for cells in sound], SUMMARY) or before.summary,
        target_text=measured([cells.target_text for cells in sound], TARGET) or before.target_text,
    )


def _units(pieces: Sequence[Piece], tails: Sequence[Tail], before: Units, aside: frozenset[int]) -> Units:
    """What the rows teach: the departments that end rows, their divisions, the width of their column."""
    departments = frozenset(
        lines for lines in before.departments if any(tail.department == "".join(lines) for tail in tails)
    ) | frozenset(_lines_of(pieces, tail) for tail in tails if tail.strain)
    cells = []
    for tail in tails:
        cell = [pieces[at] for at in range(tail.first, tail.end) if at not in aside]
        lines = next((len(x) for x in departments if "".join(x) == tail.department), 1)
        cells.append(cell[lines:])
    single = [tail for tail in tails if len(tail.divisions) == 1]
    lines_of_divisions = [piece for cell in cells for piece in cell]
    return Units(departments, learned(single), widest(lines_of_divisions) or before.width)


def _lines_of(pieces: Sequence[Piece], tail: Tail) -> tuple[str, ...]:
    """The lines that print the department of a row: one, or two where its name is wrapped."""
    first = pieces[tail.first].bare
    return (first,) if first == tail.department else (first, tail.department.removeprefix(first))
