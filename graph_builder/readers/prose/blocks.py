"""Kinds of paragraphs that are known by how they begin: list items, notes, footnotes, captions …

`[[layouts.blocks]]` in document.toml: `kind`, `pattern`, and for a wrapped text `full` (the widths in em of
a line that fills the block's own column) and `beneath` (it begins directly beneath a line that is not
empty, as a footnote does beneath its rule).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph_builder.documents import Document
from graph_builder.readers.options import Options
from graph_builder.readers.prose.printed_rows import Row, Widths


@dataclass(frozen=True)
class Block:
    """One kind of paragraph: how it begins and how wide it runs (None: as wide as the body)."""

    kind: str
    pattern: re.Pattern[str]
    widths: Widths | None
    beneath: bool

    @property
    def is_apart(self) -> bool:
        """Whether it has a column of its own, so that the body may go on after it."""
        return self.widths is not None

    def begins_at(self, row: Row, document: Document) -> bool:
        """Whether a row is the first line of such a paragraph."""
        if not self.pattern.search(row.text):
            return False
        return not self.beneath or (row.number > 1 and document.lines[row.number - 2].text != "")


def read_blocks(options: Options) -> tuple[Block, ...]:
    """The kinds of paragraphs that a layout declares, in the order in which they are tried."""
    return tuple(
        Block(
            table.text("kind"),
            table.pattern("pattern"),
            table.range("full") if "full" in table.values else None,
            table.flag("beneath"),
        )
        for table in options.tables("blocks")
    )


def block_at(blocks: tuple[Block, ...], row: Row, document: Document) -> Block | None:
    """The kind of paragraph that begins at a row, None for body text."""
    return next((block for block in blocks if block.begins_at(row, document)), None)
