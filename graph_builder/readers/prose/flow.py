"""Prose wrapped over the lines of a double-spaced dump, joined into whole paragraphs by its geometry.

A paragraph goes on while its lines fill the column and no space closes them. Footnotes and notes with a
column of their own may stand in the middle of a paragraph; the body goes on after them. Strangers (lines
that neither fill the column nor end a paragraph, or that touch another line without a page break) become
paragraphs of their own before anything is joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_builder.documents import Document, Line
from graph_builder.readers.options import Options
from graph_builder.readers.prose.blocks import Block, block_at, read_blocks
from graph_builder.readers.prose.paragraphs import Paragraph, add_paragraphs
from graph_builder.readers.prose.printed_rows import Row, Widths, rows, stranger
from graph_builder.readers.reading import Reading, SectionRecord


def read_wrapped_lines(
    document: Document,
    lines: list[Line],
    by_line: dict[int, SectionRecord],
    options: Options,
    reading: Reading,
) -> None:
    """Enter the paragraphs of `lines` into the reading; `by_line`: the sections by their heading's line."""
    prose = _Prose(document, options.range("full"), read_blocks(options), by_line)
    printed = rows(lines, document.lines)
    for row, after in zip(printed, [*printed[1:], None], strict=False):
        prose.take(row, after)
    add_paragraphs(document, reading, prose.paragraphs)


@dataclass
class _Chain:
    """A paragraph that may go on: its column and its last row."""

    paragraph: Paragraph
    widths: Widths
    last: Row

    def goes_on_with(self, row: Row) -> bool:
        return self.last.is_followed_by(row, self.widths)


@dataclass
class _Prose:
    """What has been read so far: the open body paragraph, the open note, and where we are."""

    document: Document
    full: Widths
    blocks: tuple[Block, ...]
    by_line: dict[int, SectionRecord]
    paragraphs: list[Paragraph] = field(default_factory=list)
    section: SectionRecord | None = None
    body: _Chain | None = None
    note: _Chain | None = None
    strangers: set[int] = field(default_factory=set)

    def take(self, row: Row, after: Row | None) -> None:
        """Read one row, knowing the one after it."""
        if row.touches_rule and not self._is_known(row):
            self.strangers.add(row.number)
        if after is not None and row.number not in self.strangers:
            self._judge(row, after)
        if row.number in self.strangers:
            self._begin("paragraph", row)
        elif row.number in self.by_line:
            self.section, self.body, self.note = self.by_line[row.number], None, None
        else:
            self._read(row)

    def _read(self, row: Row) -> None:
        block = self._block(row)
        if block is not None:
            self._read_block(block, row)
            return
        chain = self._open_chain(row)
        if not row.fits(chain.widths if chain else self.full):
            self._begin("paragraph", row)
        elif chain:
            chain.paragraph.lines.append(row.line)
            chain.last = row
            if chain is self.body:
                self.note = None
        else:
            self.body, self.note = _Chain(self._begin("paragraph", row), self.full, row), None

    def _read_block(self, block: Block, row: Row) -> None:
        # A first line may be short and yet go on: an address in the next line cannot be broken.
        chain = _Chain(self._begin(block.kind, row), block.widths or self.full, row)
        if block.is_apart:
            self.note = chain
        else:
            self.body, self.note = chain, None

    def _open_chain(self, row: Row) -> _Chain | None:
        """The paragraph that a row of text continues: an open note before the open body."""
        for chain in (self.note, self.body):
            if chain is not None and chain.goes_on_with(row):
                return chain
        return None

    def _judge(self, row: Row, after: Row) -> None:
        """Where two rows touch, find which one is the stranger."""
        if not after.touches or after.number != row.number + 1:
            return
        block = self._block(after)
        is_footnote = block is not None and block.beneath
        if is_footnote and self._is_note(row):
            return
        upper, lower = self._is_known(row), self._is_known(after)
        if upper != lower:
            self.strangers.add(after.number if upper else row.number)
            return
        chain = self._open_chain(row)
        widths, usual = (chain.widths, chain.last.width) if chain else (self.full, None)
        self.strangers.add(stranger(row, after, widths, usual).number)

    def _is_known(self, row: Row) -> bool:
        """Whether a row's own text says what it is: a heading, or the beginning of a kind of paragraph."""
        return row.number in self.by_line or self._block(row) is not None

    def _is_note(self, row: Row) -> bool:
        """Whether a row belongs to a note, under which the next one may stand at once."""
        block = self._block(row)
        if block is not None:
            return block.is_apart
        return self.note is not None and self.note.goes_on_with(row) and row.fits(self.note.widths)

    def _block(self, row: Row) -> Block | None:
        return block_at(self.blocks, row, self.document)

    def _begin(self, kind: str, row: Row) -> Paragraph:
        paragraph = Paragraph(kind, self.section, [row.line])
        self.paragraphs.append(paragraph)
        return paragraph
