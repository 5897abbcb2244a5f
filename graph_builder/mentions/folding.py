"""A text over several lines in the form in which names are looked for: NFKC, without white space.

Every character of the folded text knows the stretch of a line it came from, so that a name that is
printed over a line break or with spaces inside is found, and what is found can be quoted as printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph_builder.readers.reading import Span
from graph_builder.values.text import are_words, join_lines


@dataclass(frozen=True)
class Piece:
    """What one line adds to a text: its number, the text, and the span that quotes it as evidence."""

    line: int
    text: str
    quoted: Span


@dataclass(frozen=True)
class Folded:
    """The folded text; for each character its piece and its span there; before which ones space stood."""

    pieces: tuple[Piece, ...]
    text: str
    places: tuple[tuple[int, int, int], ...]
    gaps: frozenset[int]

    def pieces_of(self, start: int, end: int) -> list[Piece]:
        """The pieces under folded[start:end], in order."""
        return [self.pieces[index] for index in sorted({place[0] for place in self.places[start:end]})]

    def printed(self, start: int, end: int) -> str:
        """The print under folded[start:end], its lines joined."""
        stretches: dict[int, tuple[int, int]] = {}
        for index, first, last in self.places[start:end]:
            stretches[index] = (stretches.get(index, (first, last))[0], last)
        return join_lines(self.pieces[index].text[first:last] for index, (first, last) in stretches.items())


def fold(pieces: Sequence[Piece]) -> Folded:
    """The folded form of the pieces of one text."""
    characters: list[str] = []
    places: list[tuple[int, int, int]] = []
    gaps: set[int] = set()
    before = ""
    for index, piece in enumerate(pieces):
        body = piece.text.strip()
        indent = piece.text.find(body)
        # The end of a line parts two half-width words, but letters of full width break anywhere.
        if before and body and are_words(before, body[0]):
            gaps.add(len(characters))
        for start, end in _clusters(body):
            folded = _folded(body[start:end])
            if not folded:
                gaps.add(len(characters))
            characters += folded
            places += [(index, indent + start, indent + end)] * len(folded)
        before = body[-1:] or before
    return Folded(tuple(pieces), "".join(characters), tuple(places), frozenset(gaps))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the characters, each with the marks that combine with it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _combines(text[at]):
            yield start, at
            start = at


@cache
def _combines(character: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFKC", character)[0]) != 0


@cache
def _folded(cluster: str) -> str:
    """NFKC may turn a spacing accent into a space and a mark: white space goes afterwards."""
    return "".join(unicodedata.normalize("NFKC", cluster).split())
