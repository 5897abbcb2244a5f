"""What is wrong with a wrapped table as a whole: lines left over, counts, unknown names, irregular cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from graph_builder.documents import Document, Ignored, Layout
from graph_builder.errors import Problem
from graph_builder.readers.reading import Reading
from graph_builder.readers.wrapped_asides import Asides, Passage, missing
from graph_builder.readers.wrapped_cells import NAME, SUMMARY, TARGET
from graph_builder.readers.wrapped_chain import Row
from graph_builder.readers.wrapped_checks import Fault, broken_lines, cell_faults, too_wide
from graph_builder.readers.wrapped_declared import Declared, Section
from graph_builder.readers.wrapped_pieces import CLOSERS, Piece
from graph_builder.readers.wrapped_text import join


def find_problems(
    document: Document,
    layout: Layout,
    pieces: Sequence[Piece],
    rows: Sequence[Row],
    sections: Sequence[Section | None],
    asides: Asides,
    declared: Declared,
    reading: Reading,
) -> list[Problem]:
    """Every problem of the layout, in the order of its lines."""
    faults: list[Fault] = []
    for row, following in pairwise([*rows, None]):
        if row is not None:
            end = following.start.at if following else len(pieces)
            faults += row_faults(row, pieces[row.start.at : end], declared)
    for passage in asides.passages:
        faults += _passage_faults(passage, declared.prose_width)
    faults += _left_over(pieces, reading.covered)
    faults += _section_faults(rows, sections, pieces, declared, layout)
    faults += _absences(declared, asides, layout)
    if len(document.layouts) == 1:
        faults += _count_faults(document.ignored, pieces, reading.covered)
    return [Problem(document.place(line), what, remedy) for line, what, remedy in sorted(set(faults))]


def row_faults(row: Row, pieces: Sequence[Piece], declared: Declared) -> Iterator[Fault]:
    """The faults of one row; `pieces` are all from its number line to the next one."""
    if row.tail is None:
        yield _no_department(row, pieces, declared)
        return
    if declared.departments[row.tail.department] and not row.tail.divisions:
        yield _no_division(row, pieces)
    cells = ((NAME, row.cells.name), (SUMMARY, row.cells.summary), (TARGET, row.cells.target_text))
    for cell, lines in cells:
        if not lines:
            what = f"row {row.start.value} has no {cell}"
            yield row.start.line, what, "mend the lines of the row, or the declared widths"
    yield from cell_faults(row.cells, declared.columns, declared.unfinished)
    name = join([piece.text for piece in row.cells.name])
    if name and declared.name_endings and not name.rstrip(CLOSERS).endswith(declared.name_endings):
        what = f"the name 「{name}」 has an unknown ending"
        yield row.cells.name[-1].line, what, "remove its last line, or declare the ending in name_endings of lookups.toml"


def _no_department(row: Row, pieces: Sequence[Piece], declared: Declared) -> Fault:
    """A department that is not declared stands before a declared division, if that is printed."""
    known = {division for divisions in declared.departments.values() for division in divisions}
    at = next((at for at, piece in enumerate(pieces) if piece.bare in known), None)
    if not at:
        what = f"row {row.start.value} ends with no department of lookups.toml"
        return row.start.line, what, "declare its department and division there, or mend the row"
    piece = pieces[at - 1]
    what = f"unknown department 「{piece.bare}」"
    return piece.line, what, "declare it in lookups.toml under departments, or correct the line"


def _no_division(row: Row, pieces: Sequence[Piece]) -> Fault:
    assert row.tail is not None  # noqa: S101  the caller looked
    after = [piece for piece in pieces if piece.line > pieces[0].line]
    at = row.tail.end - row.start.at
    text = pieces[at].bare if at < len(pieces) else ""
    line = pieces[at].line if at < len(pieces) else after[-1].line
    what = f"unknown division 「{text}」 of {row.tail.department}"
    return line, what, "declare it in lookups.toml under its department, or correct the line"


def _passage_faults(passage: Passage, width: float) -> Iterator[Fault]:
    """The line breaks of a paragraph follow its width; those of a title are free, but counted."""
    if passage.prose.kind != "title":
        yield from too_wide(passage.pieces, width)
        yield from broken_lines(passage.pieces, width, lambda _piece: False)
    if len(passage.pieces) != passage.prose.lines:
        for piece in passage.pieces[1:-1]:
            what = f"「{piece.bare}」 stands in a {passage.prose.kind} of {passage.prose.lines} declared lines"
            yield piece.line, what, "remove the line, or declare how many lines the print has"


def _left_over(pieces: Sequence[Piece], covered: Mapping[int, str]) -> Iterator[Fault]:
    for piece in pieces:
        if piece.line not in covered:
            what = f"「{piece.bare}」 belongs to no row and to no declared kind of non-data"
            yield piece.line, what, "remove the line, or declare it in document.toml as ignored, heading or prose"


def _section_faults(
    rows: Sequence[Row],
    sections: Sequence[Section | None],
    pieces: Sequence[Piece],
    declared: Declared,
    layout: Layout,
) -> Iterator[Fault]:
    for section in declared.sections:
        inside = [row for row, of in zip(rows, sections, strict=True) if of is section]
        if len(inside) != section.rows:
            line = inside[-1].start.line if inside else min(section.first, layout.last)
            what = f"section {section.number} has {len(inside)} rows, {section.rows} are declared"
            yield line, what, "find the row that is missing or too many, or declare the count"
        if inside:
            found = (inside[0].start.line, pieces[inside[-1].end - 1].line)
            if found != (section.first, section.last):
                what = f"section {section.number} has lines {found[0]} to {found[1]}, declared are {section.first} to {section.last}"
                yield found[1], what, "remove what was inserted before, or declare the lines"
    for row, of in zip(rows, sections, strict=True):
        if of is None:
            yield row.start.line, "the row stands in no declared section", "declare the section"
    for before, row in pairwise(rows):
        if row.start.value not in (1, before.start.value + 1):
            what = f"row {row.start.value} follows row {before.start.value}"
            yield row.start.line, what, "find the row between them, or correct the number"


def _absences(declared: Declared, asides: Asides, layout: Layout) -> Iterator[Fault]:
    for _declaration, text in missing(declared, asides):
        what = f"the declared line 「{text}」 is printed nowhere"
        yield layout.first, what, "declare it as it is printed, or remove the declaration"


def _count_faults(
    ignored: Sequence[Ignored], pieces: Sequence[Piece], covered: Mapping[int, str]
) -> Iterator[Fault]:
    found = Counter(piece.bare for piece in pieces if covered.get(piece.line) in {i.kind for i in ignored})
    for entry in ignored:
        text = entry.text.strip()
        if found[text] != entry.count:
            line = max((piece.line for piece in pieces if piece.bare == text), default=1)
            what = f"「{text}」 stands {found[text]} times as {entry.kind}, {entry.count} are declared"
            yield line, what, "remove what is too many, or declare the count"
