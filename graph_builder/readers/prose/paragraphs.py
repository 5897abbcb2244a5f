"""Paragraphs that grow line by line and end as records with exact spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph_builder.documents import Document, Line
from graph_builder.readers.reading import ParagraphRecord, Reading, SectionRecord, Span
from graph_builder.values.text import join_lines


@dataclass
class Paragraph:
    """A paragraph that is being read."""

    kind: str
    section: SectionRecord | None
    lines: list[Line] = field(default_factory=list)

    def record(self, document: Document) -> ParagraphRecord:
        """The paragraph as a record; its text is joined over line ends."""
        text = join_lines(line.text for line in self.lines)
        spans = spans_of(document, (line.number for line in self.lines))
        return ParagraphRecord(spans, self.kind, text, self.section)


def spans_of(document: Document, numbers: Iterable[int]) -> tuple[Span, ...]:
    """The fewest spans that hold these lines and blank ones, and no other printed line."""
    spans: list[Span] = []
    for number in numbers:
        if spans and all(line.is_blank for line in document.between(spans[-1].last + 1, number - 1)):
            spans[-1] = Span(spans[-1].first, number)
        else:
            spans.append(Span(number, number))
    return tuple(spans)


def add_paragraphs(document: Document, reading: Reading, paragraphs: Iterable[Paragraph]) -> None:
    """Enter paragraphs into a reading, in the order in which they begin, and account for their lines."""
    for paragraph in sorted(paragraphs, key=lambda paragraph: paragraph.lines[0].number):
        reading.paragraphs.append(paragraph.record(document))
        for line in paragraph.lines:
            reading.cover(line.number, line.number, paragraph.kind)
