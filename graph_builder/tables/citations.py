"""Citations: what footnotes, the references of a glossary and remarks say of other sources, or explain."""

from __future__ import annotations

from collections.abc import Sequence

from graph_builder.errors import Problem, TableError
from graph_builder.identifiers import footnote_key, reference_key
from graph_builder.readers.reading import ParagraphRecord, Reading, Span
from graph_builder.rows.references import CitationPassageRow, CitationReferenceRow, CitationRow
from graph_builder.tables.footnote_marks import marked_place
from graph_builder.tables.passages import Passages
from graph_builder.values.citations import (
    Citation,
    Unread,
    read_footnote,
    read_reference,
    read_remark,
)
from graph_builder.values.text import compared
from graph_builder.values.years import Moment, Precision

FOOTNOTE, REFERENCE, REMARK = "footnote", "reference", "remark"  # kinds of passage


def add_citations(reading: Reading, passages: Passages) -> None:
    """Add every citation of a document; raises TableError with each footnote or reference that is none."""
    citing = _Citing(reading, passages)
    for paragraph in reading.paragraphs:
        if paragraph.kind == FOOTNOTE:
            citing.footnote(paragraph)
        elif paragraph.kind == REFERENCE:
            citing.reference(paragraph)
        elif paragraph.kind == REMARK:
            citing.add(read_remark(paragraph.text), paragraph)
    if citing.problems:
        raise TableError(*citing.problems)


class _Citing:
    """The citations of one document while they are read, and what could not be read."""

    def __init__(self, reading: Reading, passages: Passages) -> None:
        self.problems: list[Problem] = []
        self._passages = passages
        self._texts = [paragraph for paragraph in reading.paragraphs if paragraph.kind != FOOTNOTE]
        self._explained = {
            term.reference: term.definition.spans[0]
            for term in reading.terms
            if term.reference and term.definition
        }
        self._numbers: set[int] = set()

    def footnote(self, paragraph: ParagraphRecord) -> None:
        found = read_footnote(paragraph.text)
        if isinstance(found, Unread):
            self._refuse(found, paragraph)
            return
        place = marked_place(found.mark, paragraph.spans[0], self._texts, self._passages.document)
        self.add(found.citations, paragraph, place, int(compared(found.mark)))

    def reference(self, paragraph: ParagraphRecord) -> None:
        found = read_reference(paragraph.text)
        if isinstance(found, Unread):
            self._refuse(found, paragraph)
        else:
            self.add(found, paragraph, self._explained.get(paragraph))

    def add(
        self,
        citations: Sequence[Citation],
        paragraph: ParagraphRecord,
        cited_at: Span | None = None,
        number: int | None = None,
    ) -> None:
        """Add the citations of one paragraph to the tables."""
        keys = self._keys(len(citations), paragraph, number)
        for key, citation in zip(keys, citations, strict=True):
            self._enter(key, citation, number)
            places = paragraph.spans if len(citations) == 1 else self._own_places(citation, paragraph)
            self._link(key, places, cited_at)

    def _keys(self, count: int, paragraph: ParagraphRecord, number: int | None) -> list[str]:
        """A key for each citation of a paragraph; where pages number their footnotes anew, by the line."""
        document, first, positions = self._passages.document.key, paragraph.spans[0], range(1, count + 1)
        if number is None or number in self._numbers:
            return [reference_key(document, first, position) for position in positions]
        self._numbers.add(number)
        return [footnote_key(document, number, position) for position in positions]

    def _enter(self, key: str, citation: Citation, number: int | None) -> None:
        document, tables = self._passages.document, self._passages.tables
        issued = citation.issued
        tables.add(
            CitationRow(
                document=document.key,
                authority=document.authority,
                citation=key,
                number=None if number is None else str(number),
                publisher_text=citation.publisher,
                title=citation.title,
                section_text=citation.section,
                pages=citation.pages,
                issued_date=_as(Precision.DAY, issued),
                issued_month=_as(Precision.MONTH, issued),
                issued_year=_as(Precision.YEAR, issued),
                accessed=_as(Precision.DAY, citation.accessed),
                note_text=citation.note,
            ),
            *(CitationReferenceRow(document.key, document.authority, key, url) for url in citation.urls),
        )

    def _own_places(self, citation: Citation, paragraph: ParagraphRecord) -> Sequence[Span]:
        """The part of a paragraph that prints one of its several citations, as tight as a line allows."""
        for span in paragraph.spans:
            for line in self._passages.document.between(span.first, span.last):
                at = line.printed.find(citation.text)
                if at >= 0:
                    return (Span(line.number, line.number, at, at + len(citation.text)),)
        return [self._passages.locate(span, citation.text) for span in paragraph.spans]

    def _link(self, key: str, places: Sequence[Span], cited_at: Span | None) -> None:
        document, tables = self._passages.document, self._passages.tables
        for span in places:
            passage = self._passages.of(span)
            tables.add(CitationPassageRow(document.key, document.authority, key, evidence=passage))
        if cited_at:
            passage = self._passages.of(cited_at)
            tables.add(CitationPassageRow(document.key, document.authority, key, cited_at=passage))

    def _refuse(self, unread: Unread, paragraph: ParagraphRecord) -> None:
        place = self._passages.document.place(paragraph.spans[0].first)
        what = f"「{unread.text[:60]}」 cannot be read as part of a citation: {unread.why}"
        remedy = "mend the layout or corrections.csv, or teach the form to graph_builder/values/citations.py"
        self.problems.append(Problem(place, what, remedy))


def _as(precision: Precision, moment: Moment | None) -> str | None:
    return moment.iso if moment and moment.precision is precision else None
