"""What is wrong with a wrapped table as a whole: lines left over, counts, unknown names, irregular cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_builder.documents import Document, Layout
from graph_builder.errors import Problem
from graph_builder.readers.wrapped.asides import Asides, Passage, missing
from graph_builder.readers.wrapped.cells import NAME, SUMMARY, TARGET
from graph_builder.readers.wrapped.chain import Row, Tail
from graph_builder.readers.wrapped.checks import Fault, broken_lines, cell_faults, too_wide
from graph_builder.readers.wrapped.declared import Declared, Section
from graph_builder.readers.wrapped.pieces import CLOSERS, Piece
from graph_builder.readers.wrapped.suspects import Letters, suspects
from graph_builder.values.text import join_lines


@dataclass(frozen=True)
class Findings:
    """All that the reading of a layout found, for the checks to look at."""

    declared: Declared
    pieces: Sequence[Piece]
    asides: Asides
    rows: Sequence[Row]
    sections: Sequence[Section | None]
    covered: Mapping[int, str]

    def of_rows(self, first: int, end: int) -> Sequence[Piece]:
        """The pieces first..end (exclusive) that are neither a declared kind of non-data nor prose."""
        return [piece for piece in self.pieces[first:end] if self.covered.get(piece.line, "entry") == "entry"]


def find_problems(document: Document, layout: Layout, found: Findings) -> list[Problem]:
    """Every problem of the layout, in the order of its lines."""
    faults: list[Fault] = []
    for row, following in pairwise([*found.rows, None]):
        if row is not None:
            end = following.start.at if following else len(found.pieces)
            faults += row_faults(row, end, found)
    for passage in found.asides.passages:
        faults += _passage_faults(passage, found.declared.prose_width)
    faults += _left_over(found)
    faults += _section_faults(found, layout)
    faults += _number_faults(found)
    faults += _absences(found, layout)
    faults += _suspicions(found, {line for line, _what, _remedy in faults})
    return [Problem(document.place(line), what, remedy) for line, what, remedy in sorted(set(faults))]


def row_faults(row: Row, end: int, found: Findings) -> Iterator[Fault]:
    """The faults of one row; `end` is where the next one begins."""
    declared = found.declared
    if row.tail is None:
        yield _no_department(row, found.of_rows(row.start.at, end), declared)
        return
    if declared.departments[row.tail.department] and not row.tail.divisions:
        yield _no_division(row.tail, found.of_rows(row.end, end) or found.pieces[row.end - 1 : row.end])
    cells = ((NAME, row.cells.name), (SUMMARY, row.cells.summary), (TARGET, row.cells.target_text))
    for cell, lines in cells:
        if not lines:
            what = f"row {row.start.value} has no {cell}"
            yield row.start.line, what, "mend the lines of the row, or the declared widths"
    yield from cell_faults(row.cells, declared.columns, declared.excused)
    name = join_lines([piece.text for piece in row.cells.name])
    if name and declared.name_endings and not name.rstrip(CLOSERS).endswith(declared.name_endings):
        what = f"the name 「{name}」 has an unknown ending"
        remedy = "remove its last line, or declare the ending in name_endings of lookups.toml"
        yield row.cells.name[-1].line, what, remedy


def _no_department(row: Row, pieces: Sequence[Piece], declared: Declared) -> Fault:
    """The unknown department: before a declared division, or else first in the last lines of the row."""
    known = {division for divisions in declared.departments.values() for division in divisions}
    last = max((at for at, piece in enumerate(pieces) if piece.after_blank), default=0)
    at = next((at - 1 for at, piece in enumerate(pieces) if at and piece.bare in known), last)
    piece = pieces[at]
    what = f"row {row.start.value} ends with the unknown department 「{piece.bare}」"
    return piece.line, what, "declare it in lookups.toml under departments, or correct the line"


def _no_division(tail: Tail, pieces: Sequence[Piece]) -> Fault:
    """The first of the lines after the department, where a division should stand."""
    what = f"unknown division 「{pieces[0].bare}」 of {tail.department}"
    return pieces[0].line, what, "declare it in lookups.toml under its department, or correct the line"


def _passage_faults(passage: Passage, width: float) -> Iterator[Fault]:
    """The line breaks of a paragraph follow its width; those of a title are free, but counted."""
    if passage.prose.kind != "title":
        yield from too_wide(passage.pieces, width)
        yield from broken_lines(passage.pieces, width, lambda _piece: False)
    if len(passage.pieces) != passage.prose.lines:
        for piece in passage.pieces[1:-1]:
            what = (
                f"「{piece.bare}」 stands in a {passage.prose.kind} of {passage.prose.lines} declared lines"
            )
            yield piece.line, what, "remove the line, or declare how many lines the print has"


def _left_over(found: Findings) -> Iterator[Fault]:
    for piece in found.pieces:
        if piece.line not in found.covered:
            what = f"「{piece.bare}」 belongs to no row and to no declared kind of non-data"
            yield piece.line, what, "remove the line, or declare it as ignored, heading or prose"


def _suspicions(found: Findings, named: set[int]) -> Iterator[Fault]:
    """Where a section has lines too many and none of them is irregular: those that go on least well."""
    for section in found.declared.sections:
        rows = _rows_of(section, found)
        first, last = _lines_of(rows, found.pieces) if rows else (section.first, section.last)
        surplus = (last - first) - (section.last - section.first)
        if surplus < 1 or len(rows) != section.rows or any(first <= line < last for line in named):
            continue
        letters = Letters.of(found.pieces)
        begins = found.declared.columns.begins_paragraph
        for piece in suspects([row.cells for row in rows], letters, begins):
            what = (
                f"section {section.number} has {surplus} lines too many; 「{piece.bare}」 goes on least well"
            )
            yield (
                piece.line,
                what,
                f"remove what was inserted on lines {first} to {last}, or declare the lines",
            )


def _rows_of(section: Section, found: Findings) -> list[Row]:
    return [row for row, of in zip(found.rows, found.sections, strict=True) if of is section]


def _lines_of(rows: Sequence[Row], pieces: Sequence[Piece]) -> tuple[int, int]:
    return rows[0].start.line, pieces[rows[-1].end - 1].line


def _section_faults(found: Findings, layout: Layout) -> Iterator[Fault]:
    for section in found.declared.sections:
        rows = _rows_of(section, found)
        if len(rows) != section.rows:
            line = rows[-1].start.line if rows else min(section.first, layout.last)
            what = f"section {section.number} has {len(rows)} rows, {section.rows} are declared"
            yield line, what, "find the row that is missing or too many, or declare the count"
        if rows:
            first, last = _lines_of(rows, found.pieces)
            if (first, last) != (section.first, section.last):
                what = f"section {section.number} stands on lines {first} to {last}"
                remedy = (
                    f"remove what was inserted, or declare these lines, not {section.first}-{section.last}"
                )
                yield last, what, remedy


def _number_faults(found: Findings) -> Iterator[Fault]:
    for row, section in zip(found.rows, found.sections, strict=True):
        if section is None:
            yield row.start.line, "the row stands in no declared section", "declare the section"
    for before, row in pairwise(found.rows):
        if row.start.value not in (1, before.start.value + 1):
            what = f"row {row.start.value} follows row {before.start.value}"
            yield row.start.line, what, "find the row between them, or correct the number"


def _absences(found: Findings, layout: Layout) -> Iterator[Fault]:
    for text in missing(found.declared, found.asides):
        what = f"the declared line 「{text}」 is printed nowhere"
        yield layout.first, what, "declare it as it is printed, or remove the declaration"
