"""Cells of a tab-separated line: their text after corrections, and where they stand in the print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_builder.documents import Line
from graph_builder.readers.reading import Span
from graph_builder.values.text import compared


@dataclass(frozen=True)
class Cell:
    """A cell that holds something: corrected text without outer white space, 1-based column, place."""

    text: str
    column: int
    span: Span

    @property
    def key(self) -> str:
        """The form in which two printings of one cell are equal."""
        return compared(self.text)


def cells_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line that are not blank, in printed order."""
    spans = dict(_printed_spans(line))
    whole = Span(line.number, line.number)
    # A correction that adds or removes a tab moves the columns: then only the line itself is certain.
    moved = line.text.count("\t") != line.printed.count("\t")
    return tuple(
        Cell(text.strip(), column, whole if moved else spans.get(column, whole))
        for column, text in enumerate(line.text.split("\t"), 1)
        if text.strip()
    )


def without_doublets(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells without those that only repeat their left neighbour: merged cells are dumped twice."""
    return tuple(cell for at, cell in enumerate(cells) if at == 0 or cell.key != cells[at - 1].key)


def _printed_spans(line: Line) -> Iterator[tuple[int, Span]]:
    offset = 0
    for column, text in enumerate(line.printed.split("\t"), 1):
        stripped = text.strip()
        if stripped:
            start = offset + text.index(stripped)
            yield column, Span(line.number, line.number, start, start + len(stripped))
        offset += len(text) + 1
