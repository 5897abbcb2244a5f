"""A glossary in three columns (index letter, term, explanation): each term with its definition and reference.

Every entry is a record of its index letter, which the print leaves out inside a group, and of paragraphs of
the kinds "term", "definition" and "reference" in one section; a definition holds its numbered items and notes
on lines of their own, a reference its address. A line that fits nowhere is a paragraph of its own.

Options: `title`, `header` (the line of the column headings), `reference` (the mark before references),
`full` and `term_full` (widths in em of full lines of explanation and term).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_builder.documents import Document, Layout
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.prose.glossary_rows import (
    Columns,
    Piece,
    begins_sub_paragraph,
    is_url,
    opening,
    strangers,
    whole,
)
from graph_builder.readers.prose.paragraphs import spans_of
from graph_builder.readers.prose.printed_rows import Row, rows
from graph_builder.readers.prose.stretches import stretch
from graph_builder.readers.reading import ParagraphRecord, Reading, SectionRecord, Span, TermRecord
from graph_builder.values.text import join_lines

NAME = "glossary"
TERM, DEFINITION, REFERENCE = "term", "definition", "reference"
TABLE_HEADER = "table header"
REFERENCE_MARK = "reference mark"


@dataclass
class Part:
    """A run of pieces that read on from line to line; an address is joined without any space."""

    pieces: list[Piece]
    is_url: bool = False

    @property
    def text(self) -> str:
        """The joined text."""
        if self.is_url:
            return "".join(piece.text.strip() for piece in self.pieces)
        return join_lines(piece.text for piece in self.pieces)


@dataclass
class TermEntry:
    """One entry: the index letter of its group, the parts of its term, definition and reference."""

    index: str | None
    term: Part
    definition: list[Part] = field(default_factory=list)
    reference: list[Part] = field(default_factory=list)

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of its reference, joined over line ends."""
        return tuple(part.text for part in self.reference if part.is_url)


def read(document: Document, layout: Layout) -> Reading:
    """The glossary as one section with a paragraph for each term, definition and reference."""
    walk = _walk(document, layout)
    reading = Reading(sections=[walk.section] if walk.section else [])
    reading.terms += [_term(document, entry, walk.section) for entry in walk.entries]
    paragraphs = [_paragraph(document, "paragraph", [Part([piece])], walk.section) for piece in walk.alone]
    for term in reading.terms:
        paragraphs += [part for part in (term.term, term.definition, term.reference) if part]
    reading.paragraphs += sorted(paragraphs, key=lambda paragraph: _beginning(paragraph.spans[0]))
    for number, kind in walk.covered.items():
        reading.cover(number, number, kind)
    for paragraph in reading.paragraphs:
        for span in paragraph.spans:
            for line in document.between(span.first, span.last):
                reading.covered.setdefault(line.number, paragraph.kind)
    return reading


def _walk(document: Document, layout: Layout) -> _Walk:
    options = options_of(document, layout)
    columns = Columns.of(options)
    walk = _Walk(columns, options)
    printed = rows(stretch(document, layout), document.lines)
    foreign = strangers(printed, columns)
    for row in printed:
        if row.number in foreign:
            walk.alone.append(whole(row))
        else:
            walk.take(row)
    return walk


@dataclass
class _Walk:
    """What has been read so far, and the part that goes on with the next row."""

    columns: Columns
    options: Options
    section: SectionRecord | None = None
    entries: list[TermEntry] = field(default_factory=list)
    alone: list[Piece] = field(default_factory=list)
    covered: dict[int, str] = field(default_factory=dict)
    going_on: Part | None = None
    in_reference: bool = False

    def take(self, row: Row) -> None:
        """Read one row that belongs to the glossary."""
        if self._is_furniture(row):
            return
        if self.going_on is not None:
            self._append(self.going_on, row)
            return
        opened = opening(row, self.columns)
        entry = self.entries[-1] if self.entries else None
        if opened is not None and not self._awaits_definition():
            index = opened.index or (entry.index if entry else None)
            entry = TermEntry(index, Part([opened.term]))
            self.entries.append(entry)
            self.in_reference = False
            if opened.first is None:
                self.going_on = None if row.ends else entry.term
            else:
                self._start(entry.definition, opened.first, row)
        elif entry is None:
            self.alone.append(whole(row))
        elif is_url(row) or self.in_reference:
            self._start(entry.reference, whole(row), row, is_url=is_url(row))
        elif self._awaits_definition() or begins_sub_paragraph(row):
            self._start(entry.definition, whole(row), row)
        else:
            self.alone.append(whole(row))

    def _is_furniture(self, row: Row) -> bool:
        """Read the title, the column headings and the mark before references."""
        if row.text == self.options.text("title") and self.section is None:
            span = Span(row.number, row.number)
            self.section = SectionRecord(span, self.options.number("level"), None, row.text)
            self.covered[row.number] = "section"
        elif row.text == self.options.text("header"):
            self.covered[row.number] = TABLE_HEADER
        elif row.text == self.columns.reference:
            self.covered[row.number] = REFERENCE_MARK
            self.in_reference, self.going_on = True, None
        else:
            return False
        return True

    def _awaits_definition(self) -> bool:
        return bool(self.entries) and not self.entries[-1].definition

    def _start(self, parts: list[Part], piece: Piece, row: Row, *, is_url: bool = False) -> None:
        part = Part([piece], is_url)
        parts.append(part)
        self.going_on = part if self._is_open(part, row) else None

    def _append(self, part: Part, row: Row) -> None:
        part.pieces.append(whole(row))
        self.going_on = part if self._is_open(part, row) else None

    def _is_open(self, part: Part, row: Row) -> bool:
        """Whether a part goes on: a definition ends with a full stop, everything with a closing space."""
        is_definition = any(part is each for entry in self.entries[-1:] for each in entry.definition)
        return not row.ends or (is_definition and not row.text.endswith("。"))


def _term(document: Document, entry: TermEntry, section: SectionRecord | None) -> TermRecord:
    return TermRecord(
        entry.index,
        _paragraph(document, TERM, [entry.term], section),
        _paragraph(document, DEFINITION, entry.definition, section) if entry.definition else None,
        _paragraph(document, REFERENCE, entry.reference, section) if entry.reference else None,
        entry.urls,
    )


def _paragraph(
    document: Document, kind: str, parts: list[Part], section: SectionRecord | None
) -> ParagraphRecord:
    pieces = [piece for part in parts for piece in part.pieces]
    spans = [
        Span(piece.line.number, piece.line.number, piece.start, piece.end)
        for piece in pieces
        if not piece.is_whole
    ]
    spans += spans_of(document, (piece.line.number for piece in pieces if piece.is_whole))
    return ParagraphRecord(
        tuple(sorted(spans, key=_beginning)), kind, "\n".join(p.text for p in parts), section
    )


def _beginning(span: Span) -> tuple[int, int]:
    return span.first, span.start or 0
