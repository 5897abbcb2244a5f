"""A line cut into pieces: quoted by no passage, by one with the whole line, or by one that is narrower."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise


class Mark(IntEnum):
    """How narrowly a piece is quoted; the narrowest passage decides."""

    NONE = 0
    LINE = 1
    STRETCH = 2


@dataclass(frozen=True)
class Piece:
    """A part of a line with its mark."""

    text: str
    mark: Mark

    @property
    def cells(self) -> list[str]:
        """The parts between tabs, which separate the cells of a table in a dump."""
        return self.text.split("\t")


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Return the pieces of a line; `spans` are characters from..to of it, and may reach beyond it."""
    whole = (len(text) - len(text.lstrip()), len(text.rstrip()))
    inside = [(max(first, 0), min(last, len(text))) for first, last in spans]
    inside = [span for span in inside if span[0] < span[1]]
    edges = sorted({0, len(text), *(edge for span in inside for edge in span)})
    found = [Piece(text[first:last], _mark(first, last, inside, whole)) for first, last in pairwise(edges)]
    return tuple(_joined(found))


def _mark(first: int, last: int, spans: list[tuple[int, int]], whole: tuple[int, int]) -> Mark:
    covering = [span for span in spans if span[0] <= first and last <= span[1]]
    if any(span[0] > whole[0] or span[1] < whole[1] for span in covering):
        return Mark.STRETCH
    return Mark.LINE if covering else Mark.NONE


def _joined(found: Iterable[Piece]) -> Iterable[Piece]:
    """Neighbours with one mark are one piece."""
    last: Piece | None = None
    for piece in found:
        if last is not None and last.mark is piece.mark:
            last = Piece(last.text + piece.text, piece.mark)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
