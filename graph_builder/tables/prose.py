"""The prose: sections in their outline, paragraphs as passages, corrections of the print."""

from __future__ import annotations

from collections.abc import Sequence

from graph_builder.identifiers import direction_key, entry_key, section_key, short_hash
from graph_builder.readers.reading import ParagraphRecord, Reading, SectionRecord, Span
from graph_builder.rows import CorrectionRow, PassageTextRow, SectionRow
from graph_builder.tables.directions import add_direction
from graph_builder.tables.passages import Passages
from graph_builder.values.text import compared, join_lines


def add_prose(reading: Reading, passages: Passages) -> None:
    """Add the outline of a document and every paragraph in it."""
    for position, section in enumerate(reading.sections, 1):
        _add_section(section, position, passages)
    for paragraph in reading.paragraphs:
        _add_paragraph(paragraph, passages)
    for direction in reading.directions:
        add_direction(direction, passages)


def _add_section(section: SectionRecord, position: int, passages: Passages) -> None:
    document = passages.document
    passages.tables.add(
        SectionRow(
            document=document.key,
            authority=document.authority,
            section=section_key(document.key, section.span),
            notation=section.notation,
            label=section.label,
            level=str(section.level),
            position=str(position),
            parent=section_key(document.key, section.parent.span) if section.parent else None,
            passage=passages.of(section.span),
        )
    )
    if section.direction:
        add_direction(section.direction, passages)


def _add_paragraph(paragraph: ParagraphRecord, passages: Passages) -> None:
    document = passages.document
    # A paragraph that the print breaks apart is one passage for each part; the first carries the text.
    keys = [passages.of(span) for span in paragraph.spans]
    for key, span, following in zip(keys, paragraph.spans, [*keys[1:], None], strict=True):
        is_first = key == keys[0]
        lines = [line.text for line in document.between(span.first, span.last)]
        text = paragraph.text if is_first else join_lines(lines)
        passages.tables.add(
            PassageTextRow(
                document=document.key,
                authority=document.authority,
                passage=key,
                kind=paragraph.kind,
                section=section_key(document.key, paragraph.section.span) if paragraph.section else None,
                text=text,
                folded=compared(text),
                continued_in=following,
            )
        )


def add_corrections(reading: Reading, passages: Passages) -> None:
    """Add every correction with the things whose text it touches."""
    document = passages.document
    for correction in document.corrections:
        passages.tables.add(
            CorrectionRow(
                document=document.key,
                authority=document.authority,
                correction=f"{document.key}.{correction.line}.{short_hash(correction.printed)}",
                printed=correction.printed,
                corrected=correction.corrected,
                kind=correction.kind,
                reason=correction.reason,
                passage=passages.of(Span(correction.line, correction.line)),
                entry=_at(
                    correction.line,
                    [(entry.span, entry_key(document.key, entry)) for entry in reading.entries],
                ),
                direction=_at(
                    correction.line,
                    [(each.span, direction_key(each)) for each in reading.directions if each.span],
                ),
                section=_at(
                    correction.line,
                    [(section.span, section_key(document.key, section.span)) for section in reading.sections],
                ),
            )
        )


def _at(line: int, things: Sequence[tuple[Span, str]]) -> str | None:
    return next((key for span, key in things if span.first <= line <= span.last), None)
