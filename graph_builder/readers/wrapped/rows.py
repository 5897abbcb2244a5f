"""Read a table whose cells a dump gives one after the other, wrapped over lines: the layout wrapped-rows.

A row is a number line (with a circle where the project is new), the name, the summary, the target, the
department and its divisions, each a few lines of its column's width, mostly with blank lines between them.
Column titles, page numbers, headings and an introduction stand anywhere among them. The folder of the
document declares those, the names of departments and divisions, and the widths; the rows follow from what
accounts for all lines with the least strain, and whatever is left over or irregular is a problem.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph_builder.documents import Document, Layout, Line
from graph_builder.readers.proposal import Proposal
from graph_builder.readers.reading import Reading
from graph_builder.readers.wrapped.asides import Asides, asides_of
from graph_builder.readers.wrapped.chain import Row
from graph_builder.readers.wrapped.declared import Declared, Section, declared_of
from graph_builder.readers.wrapped.declared_rows import rows_of
from graph_builder.readers.wrapped.discovery import discover
from graph_builder.readers.wrapped.entries import directions_of, entry_of
from graph_builder.readers.wrapped.pieces import Piece, pieces_of
from graph_builder.readers.wrapped.problems import Findings, find_problems
from graph_builder.readers.wrapped.proposal import proposal_of
from graph_builder.readers.wrapped.prose import add_prose

NAME = "wrapped-rows"
FEWEST_ROWS = 3


def read(document: Document, layout: Layout) -> Reading:
    """Every row, heading and paragraph of the layout's lines; raises DeclarationError for its folder."""
    declared = declared_of(document, layout)
    pieces = pieces_of(document.between(layout.first, layout.last))
    asides = asides_of(pieces, declared, document.ignored)
    rows = rows_of(pieces, asides, declared)
    sections = in_sections(rows, declared)
    directions = directions_of(declared, asides)
    reading = Reading(directions=list(directions.values()))
    for row, section in zip(rows, sections, strict=True):
        direction = directions[section.number] if section else None
        reading.entries.append(entry_of(row, pieces, direction, declared))
    add_prose(reading, declared.sections, directions, asides)
    _cover(reading, pieces, rows, asides)
    found = Findings(declared, pieces, asides, rows, sections, reading.covered)
    reading.problems += find_problems(document, layout, found)
    return reading


def propose(lines: Sequence[str]) -> Proposal | None:
    """The declarations with which `read` reads a text never seen; None where it is no such table."""
    pieces = pieces_of(Line(number, text, text) for number, text in enumerate(lines, 1))
    found = discover(pieces)
    return proposal_of(found, len(lines)) if found and len(found.rows) >= FEWEST_ROWS else None


def in_sections(rows: list[Row], declared: Declared) -> list[Section | None]:
    """The section of each row: numbers begin again at 1 in each."""
    found: list[Section | None] = []
    index = -1
    for row in rows:
        if row.start.value == 1 or index < 0:
            index += 1
        found.append(declared.sections[index] if index < len(declared.sections) else None)
    return found


def _cover(reading: Reading, pieces: tuple[Piece, ...], rows: list[Row], asides: Asides) -> None:
    for row in rows:
        for piece in pieces[row.start.at : row.end]:
            reading.cover(piece.line, piece.line, "entry")
    starts = {row.start.at for row in rows}
    for at, kind in {**asides.numbers, **asides.kinds}.items():
        if at not in starts:
            reading.cover(pieces[at].line, pieces[at].line, kind)
