"""The texts of a document that may name things: headings, paragraphs, and the cells of project entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_builder.documents import Document
from graph_builder.identifiers import entry_key, passage_key, relative_iri, section_key
from graph_builder.mentions.folding import Piece
from graph_builder.readers.reading import EntryRecord, ParagraphRecord, Reading, SectionRecord, Span

_CELLS = ("name", "summary", "target_text")


@dataclass(frozen=True)
class Context:
    """A heading, paragraph or entry: its relative IRI, the section it stands in, and its texts."""

    thing: str
    scope: str
    texts: tuple[tuple[Piece, ...], ...]

    @property
    def order(self) -> tuple[int, int]:
        """The place where it begins in the source."""
        span = self.texts[0][0].quoted if self.texts and self.texts[0] else Span(0, 0)
        return span.first, span.start or 0


def contexts(document: Document, reading: Reading) -> list[Context]:
    """All contexts of a document, in the order of the source."""
    found = [
        *(_section(document, record) for record in reading.sections),
        *(_paragraph(document, record) for record in reading.paragraphs),
        *(_entry(document, record) for record in reading.entries),
    ]
    return sorted(found, key=lambda context: context.order)


def evidence(document: Document, pieces: list[Piece]) -> list[Span]:
    """The fewest whole lines that print the pieces: one span, or more where foreign lines stand between."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _adjoin(document, groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [group[0].quoted if len(group) == 1 else Span(group[0].line, group[-1].line) for group in groups]


def _adjoin(document: Document, upper: Piece, lower: Piece) -> bool:
    return all(line.is_blank for line in document.between(upper.line + 1, lower.line - 1))


def _section(document: Document, record: SectionRecord) -> Context:
    key = section_key(document.key, record.span)
    pieces = tuple(_pieces(document, record.span))
    return Context(relative_iri(document.authority, "section", key), key, (pieces,))


def _paragraph(document: Document, record: ParagraphRecord) -> Context:
    key = passage_key(document.key, record.spans[0])
    scope = section_key(document.key, record.section.span) if record.section else ""
    pieces = tuple(piece for span in record.spans for piece in _pieces(document, span))
    return Context(relative_iri(document.authority, "passage", key), scope, (pieces,))


def _entry(document: Document, record: EntryRecord) -> Context:
    """An entry is a section of its own; a row of one line is quoted whole."""
    thing = relative_iri(document.authority, "entry", entry_key(document.key, record))
    cells = [record.cells[name] for name in _CELLS if name in record.cells]
    row = record.span if record.span.first == record.span.last else None
    return Context(thing, thing, tuple(tuple(_pieces(document, cell, row)) for cell in cells))


def _pieces(document: Document, span: Span, quoted: Span | None = None) -> Iterator[Piece]:
    """The lines of a span with their corrections; a part of a line is quoted as that part."""
    if span.start is not None:
        yield Piece(span.first, _part(document, span), quoted or span)
        return
    for line in document.between(span.first, span.last):
        if not line.is_blank:
            yield Piece(line.number, line.text, quoted or Span(line.number, line.number))


def _part(document: Document, span: Span) -> str:
    """A part of a line is counted in printed characters, so its corrections are made anew."""
    text = document.between(span.first, span.first)[0].printed[span.start : span.end]
    for correction in document.corrections:
        if correction.line == span.first:
            text = text.replace(correction.printed, correction.corrected, 1)
    return text
