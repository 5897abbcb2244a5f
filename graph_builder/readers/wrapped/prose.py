"""The prose between the rows of a wrapped table: headings with their directions, paragraphs, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_builder.readers.reading import (
    DirectionRecord,
    ParagraphRecord,
    Reading,
    SectionRecord,
    Span,
)
from graph_builder.readers.wrapped.asides import Asides, Passage
from graph_builder.readers.wrapped.declared import Section
from graph_builder.readers.wrapped.pieces import Piece
from graph_builder.values.text import join_lines

HEADING = "heading"


def add_prose(
    reading: Reading,
    sections: Sequence[Section],
    directions: Mapping[int, DirectionRecord],
    asides: Asides,
) -> None:
    """Enter the headings, the notes of the sections and the declared passages into `reading`."""
    headings = {
        section.number: SectionRecord(
            _span([asides.headings[section.number]]),
            1,
            str(section.number),
            section.title,
            direction=directions[section.number],
        )
        for section in sections
        if section.number in asides.headings
    }
    reading.sections += headings.values()
    reading.paragraphs += [
        ParagraphRecord((_span([piece]),), "note", piece.bare, headings.get(number))
        for number, piece in asides.notes.items()
    ]
    _add_passages(reading, asides.passages)
    reading.sections.sort(key=lambda record: record.span.first)
    reading.paragraphs.sort(key=lambda record: record.spans[0].first)


def _add_passages(reading: Reading, passages: Sequence[Passage]) -> None:
    """A declared heading opens a section; what follows it stands under it."""
    section: SectionRecord | None = None
    for passage in sorted(passages, key=lambda passage: passage.pieces[0].line):
        text = join_lines([piece.text for piece in passage.pieces])
        if passage.prose.kind == HEADING:
            section = SectionRecord(_span(passage.pieces), 1, None, text)
            reading.sections.append(section)
        else:
            record = ParagraphRecord((_span(passage.pieces),), passage.prose.kind, text, section)
            reading.paragraphs.append(record)


def _span(pieces: Sequence[Piece]) -> Span:
    return Span(pieces[0].line, pieces[-1].line)
