"""Prose in which every printed line is a paragraph, but for those that a page break cut in two.

`[[layouts.breaks]]` names each cut by its printed ends: `after` (how the first part ends) and `before` (how
the second begins). They are named, not guessed: a text that stops in mid-sentence may be followed by
anything, and what does not belong to it must never be joined to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_builder.documents import Document, Line
from graph_builder.errors import Problem
from graph_builder.readers.options import Options
from graph_builder.readers.prose.blocks import block_at, read_blocks
from graph_builder.readers.prose.paragraphs import Paragraph, add_paragraphs
from graph_builder.readers.prose.printed_rows import rows
from graph_builder.readers.reading import Reading, SectionRecord


@dataclass(frozen=True)
class _Break:
    """A place where the print cuts a paragraph: how the part before it ends, how the part after it begins."""

    after: str
    before: str


def read_single_lines(
    document: Document,
    lines: list[Line],
    by_line: dict[int, SectionRecord],
    options: Options,
    reading: Reading,
) -> None:
    """Enter the paragraphs of `lines` into the reading; a declared break that is not there is a problem."""
    blocks = read_blocks(options)
    breaks = [_Break(table.text("after"), table.text("before")) for table in options.tables("breaks")]
    cut: dict[_Break, Paragraph] = {}
    paragraphs: list[Paragraph] = []
    section: SectionRecord | None = None
    for row in rows(lines, document.lines):
        if row.number in by_line:
            section = by_line[row.number]
            continue
        paragraph = _resumed(cut, row.text)
        if paragraph is None:
            block = block_at(blocks, row, document)
            paragraph = Paragraph(block.kind if block else "paragraph", section)
            paragraphs.append(paragraph)
        paragraph.lines.append(row.line)
        cut |= {each: paragraph for each in breaks if row.text.endswith(each.after)}
    add_paragraphs(document, reading, paragraphs)
    missing = _missing(breaks, paragraphs)
    reading.problems += [_not_found(document, each, is_cut=each in cut) for each in missing]


def _resumed(cut: dict[_Break, Paragraph], text: str) -> Paragraph | None:
    return next((paragraph for each, paragraph in cut.items() if text.startswith(each.before)), None)


def _missing(breaks: list[_Break], paragraphs: list[Paragraph]) -> list[_Break]:
    resumed = [line.text.strip() for paragraph in paragraphs for line in paragraph.lines[1:]]
    return [each for each in breaks if not any(text.startswith(each.before) for text in resumed)]


def _not_found(document: Document, each: _Break, *, is_cut: bool) -> Problem:
    part = f"no line begins with 「{each.before}」" if is_cut else f"no line ends with 「{each.after}」"
    remedy = "mend the text, or the layout's breaks"
    return Problem(document.place(column="breaks"), f"the declared break is not there: {part}", remedy)
