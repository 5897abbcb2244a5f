"""Where the mark of a footnote stands in the text: the place that the footnote belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph_builder.documents import Document
from graph_builder.readers.reading import ParagraphRecord, Span
from graph_builder.values.text import join_lines

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def marked_place(
    mark: str, footnote: Span, paragraphs: Sequence[ParagraphRecord], document: Document
) -> Span | None:
    """The part of a paragraph that carries a mark, the nearest before its footnote, else the first after it.

    A footnote stands at the foot of its mark's page, so the mark is hardly ever behind it.
    """
    pattern = _pattern(mark)
    spans = (span for paragraph in paragraphs for span in paragraph.spans)
    found = sorted(
        (span for span in spans if pattern.search(_text(span, document))), key=lambda span: span.first
    )
    before = [span for span in found if span.first < footnote.first]
    return before[-1] if before else next(iter(found), None)


def _pattern(mark: str) -> re.Pattern[str]:
    """A mark touches the word before it; one in ordinary digits is not the number of something behind it."""
    if mark[0] in _RAISED:
        return re.compile(rf"(?<![{_RAISED}\s]){mark}(?![{_RAISED}])")
    return re.compile(rf"(?<=[ぁ-んァ-ヶー一-龠々）」]){mark}(?=[ぁ-ん。、）」]|$)")


def _text(span: Span, document: Document) -> str:
    lines = document.between(span.first, span.last)
    if span.start is not None:
        return lines[0].text[span.start : span.end]
    return join_lines(line.text for line in lines)
