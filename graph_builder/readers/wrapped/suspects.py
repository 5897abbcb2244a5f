"""The lines of a section that go on least well, for a section that has more lines than declared.

A stray line as wide as its column breaks no rule of the print, but it tears the words apart that its
neighbours made together. How common the letters are that meet at a line break says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from graph_builder.readers.wrapped.cells import Cells
from graph_builder.readers.wrapped.pieces import INDENT, SENTENCE_END, Piece
from graph_builder.readers.wrapped.text import paragraphs

MOST_SUSPECTS = 5
UNSEEN = 0.2


@dataclass(frozen=True)
class Letters:
    """How often two and three letters stand together within the lines of a text."""

    counts: Counter[str]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Letters:
        """The counts of every line."""
        counts: Counter[str] = Counter()
        for piece in pieces:
            text = piece.bare
            counts.update(text[at : at + size] for size in (2, 3) for at in range(len(text) - size + 1))
        return cls(counts)

    def ease(self, before: Piece, after: Piece) -> float:
        """How easily one line goes on in the other: the higher, the more common its letters together."""
        left, right = before.bare[-2:], after.bare[:2]
        together = (left[-1] + right[0], left + right[0], left[-1] + right)
        return sum(log(self.counts[letters] + UNSEEN) for letters in together)


def suspects(cells: Sequence[Cells], letters: Letters, begins: Callable[[Piece], bool]) -> list[Piece]:
    """The lines without which their neighbours would go on best, the likeliest strays first.

    Then indented lines of cells with several paragraphs: a stray sentence reads like any other, and most of
    all where it ends with its line.
    """
    gains: list[tuple[float, int, Piece]] = []
    further: list[tuple[float, int, Piece]] = []
    for lines in (lines for row in cells for lines in (row.summary, row.target_text)):
        for paragraph in paragraphs(lines, begins):
            for before, piece, after in zip(paragraph, paragraph[1:], paragraph[2:], strict=False):
                torn = letters.ease(before, piece) + letters.ease(piece, after)
                gains.append((letters.ease(before, after) - torn, -piece.line, piece))
        further += _indented(lines)
    worst = sorted(gains, reverse=True)[:MOST_SUSPECTS] + sorted(further, reverse=True)[: 2 * MOST_SUSPECTS]
    return [piece for _gain, _line, piece in worst]


def _indented(lines: Sequence[Piece]) -> Iterator[tuple[float, int, Piece]]:
    """The indented lines of a cell that has more than one of them, each with what speaks against it."""
    indented = [at for at, piece in enumerate(lines) if INDENT.match(piece.text)]
    for at in indented if len(indented) > 1 else []:
        ends_at_once = SENTENCE_END.search(lines[at].bare) is not None
        yield float(ends_at_once), -lines[at].line, lines[at]
