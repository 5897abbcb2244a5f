"""Quotes: what a curated row says that a document prints, found again at its lines."""

from __future__ import annotations

from collections.abc import Mapping

from graph_builder.curated import CuratedRow
from graph_builder.errors import Problem
from graph_builder.identifiers import relative_iri
from graph_builder.readers.reading import Span
from graph_builder.tables.passages import Passages
from graph_builder.values.text import compared

QUOTE_COLUMNS = ("document", "first_line", "last_line", "quote")


class Quotes:
    """Turns quoted lines of the documents into passages; a quote that is not printed there is a problem."""

    def __init__(self, passages: Mapping[str, Passages]) -> None:
        self._passages = passages

    def knows(self, document: str) -> bool:
        """Whether the document is part of this build."""
        return document in self._passages

    def problem(self, row: CuratedRow, prefix: str = "") -> Problem | None:
        """What is wrong with the quote of a row, if anything."""
        try:
            span = self._span(row, prefix)
        except ValueError:
            return row.fault(f"{prefix}first_line", "the lines are no numbers", "give first and last line")
        lines = self._passages[row[f"{prefix}document"]].document.between(span.first, span.last)
        printed = compared("".join(line.printed for line in lines))
        if compared(row[f"{prefix}quote"]) in printed:
            return None
        what = f"{row[f'{prefix}document']} does not print 「{row[f'{prefix}quote']}」 at these lines"
        return row.fault(f"{prefix}quote", what, "mend the lines or the quote")

    def passage(self, row: CuratedRow, prefix: str = "") -> str:
        """The IRI of the passage at the lines of a row, relative to the base."""
        passages = self._passages[row[f"{prefix}document"]]
        key = passages.of(self._span(row, prefix))
        return relative_iri(passages.document.authority, "passage", key)

    @staticmethod
    def _span(row: CuratedRow, prefix: str) -> Span:
        return Span(int(row[f"{prefix}first_line"]), int(row[f"{prefix}last_line"]))
