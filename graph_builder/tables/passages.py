"""Passages: the places in a source that everything points at, always quoting the print."""

from __future__ import annotations

from itertools import accumulate

from graph_builder.documents import Document
from graph_builder.identifiers import passage_key
from graph_builder.readers.reading import Span
from graph_builder.rows import PassageRow
from graph_builder.tables.collection import Tables
from graph_builder.values.text import compared


class Passages:
    """Makes the passages of one document; a place is one passage however often it is asked for."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self.document = document
        self.tables = tables
        lengths = (len(line.printed) + 1 for line in document.lines)
        self._offsets = [0, *accumulate(lengths)]

    def of(self, span: Span) -> str:
        """The key of the passage at `span`."""
        key = passage_key(self.document.key, span)
        start, end = self._characters(span)
        exact = self._exact(span)
        self.tables.add(
            PassageRow(
                document=self.document.key,
                authority=self.document.authority,
                passage=key,
                start_line=str(span.first),
                end_line=str(span.last),
                start_char=str(start),
                end_char=str(end),
                exact=exact,
                folded=compared(exact),
            )
        )
        return key

    def locate(self, span: Span, quote: str) -> Span:
        """The fewest lines of `span` that print `quote`; `span` itself where a correction changed it."""
        if span.start is not None:
            return span
        lines = [line for line in self.document.between(span.first, span.last) if not line.is_blank]
        texts = [compared(line.printed) for line in lines]
        at = "".join(texts).find(compared(quote))
        if at < 0:
            return span
        ends = list(accumulate(len(text) for text in texts))
        first = next(i for i, end in enumerate(ends) if end > at)
        last = next(i for i, end in enumerate(ends) if end >= at + len(compared(quote)))
        return Span(lines[first].number, lines[last].number)

    def _exact(self, span: Span) -> str:
        lines = self.document.between(span.first, span.last)
        if span.start is not None:
            return lines[0].printed[span.start : span.end].strip()
        return "\n".join(line.printed.strip() for line in lines if not line.is_blank)

    def _characters(self, span: Span) -> tuple[int, int]:
        if span.start is not None and span.end is not None:
            offset = self._offsets[span.first - 1]
            return offset + span.start, offset + span.end
        return self._offsets[span.first - 1], self._offsets[span.last] - 1
