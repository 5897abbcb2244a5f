"""The widths of columns, measured at the lines that the print broke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from graph_builder.readers.wrapped.cells import NAME
from graph_builder.readers.wrapped.geometry import HANGING, widths
from graph_builder.readers.wrapped.pieces import Piece

# The share of broken lines that must reach a width for it to be the column's.
RARE = 0.08


def measured(cells: Iterable[Sequence[Piece]], cell: str) -> float | None:
    """The width in half-em units of a column whose cells are given; None where no line is broken."""
    broken: Counter[int] = Counter()
    single: list[int] = []
    for pieces in cells:
        single += [_nominal(piece.text) for piece in pieces]
        for before, piece in pairwise(pieces):
            if cell == NAME or not piece.begins_paragraph:
                broken[_nominal(before.text)] += 1
    if not broken:
        return float(max(single)) if single else None
    total = sum(broken.values())
    wide = [width for width, count in broken.items() if count >= max(RARE * total, 1.5)]
    width = max(wide or broken)
    return float(width + width % 2)


def widest(pieces: Iterable[Piece]) -> float | None:
    """The greatest width that more than one line has, or else any: that of a column with few broken lines."""
    counts = Counter(_nominal(piece.bare) for piece in pieces)
    repeated = [width for width, count in counts.items() if count > 1]
    return float(max(repeated or counts)) if counts else None


def _nominal(text: str) -> int:
    """The width with Latin letters half an em wide, without a full stop that may hang over the edge."""
    text = text.rstrip()
    text = text[:-1] if text and text[-1] in HANGING else text
    least = widths(text)[0]
    narrow = round((2 * len(text) - least) / 1.1)
    return 2 * len(text) - narrow
