"""Terms that two undertakings share and few others have: what a reader can look up in both lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_builder.lineage.thresholds import SHARED_TERM
from graph_builder.lineage.undertakings import Undertaking
from graph_builder.lineage.vocabulary import HIRAGANA, Vocabulary

_BREAK = re.compile(r"[^\w・.]+")
# Particles and endings that a shared string of characters begins or ends with by chance.
_EDGES = re.compile(rf"^[{HIRAGANA}]{{1,3}}(?![{HIRAGANA}])|(?<![{HIRAGANA}])[{HIRAGANA}]{{1,3}}$|^[・.ー]+|[・.]+$")


@dataclass(frozen=True, order=True)
class Term:
    """A shared term and the number of undertakings that have it: rarest first, then longest."""

    frequency: int
    shortness: int
    text: str


class Terms:
    """Looks up what two undertakings share."""

    def __init__(self, undertakings: Sequence[Undertaking], words: Vocabulary) -> None:
        self._words = words
        self._texts = {id(undertaking): _text(undertaking) for undertaking in undertakings}
        self._frequency: dict[str, int] = {}

    def shared(self, one: Undertaking, other: Undertaking, at_most: int) -> list[Term]:
        """The longest common terms that at most so many undertakings have, without those inside another."""
        mine, theirs = self._texts[id(one)], self._texts[id(other)]
        found = {_trimmed(term) for piece in _BREAK.split(mine) for term in _common(piece, theirs)}
        kept = [
            Term(frequency, -len(text), text)
            for text in found
            if len(text) >= SHARED_TERM
            and not self._words.is_generic(text)
            and (frequency := self._count(text)) <= at_most
        ]
        return sorted(term for term in kept if not any(_inside(term, another) for another in kept))

    def _count(self, text: str) -> int:
        if text not in self._frequency:
            self._frequency[text] = sum(text in known for known in self._texts.values())
        return self._frequency[text]


def _text(undertaking: Undertaking) -> str:
    return "\n".join((undertaking.text, *undertaking.parts))


def _common(piece: str, text: str) -> Iterator[str]:
    """The maximal strings of a piece that stand in the text, from left to right."""
    at, covered = 0, 0
    while at + SHARED_TERM <= len(piece):
        end = at + SHARED_TERM
        if piece[at:end] not in text:
            at += 1
            continue
        while end < len(piece) and piece[at : end + 1] in text:
            end += 1
        if end > covered:
            yield _whole_words(piece, at, end)
            covered = end
        at += 1


def _whole_words(piece: str, start: int, end: int) -> str:
    """The string without a Latin word or a number that it cuts through."""
    term = piece[start:end]
    if start and piece[start - 1].isascii() and piece[start].isascii():
        term = re.sub(r"^[\x00-\x7f]+", "", term)
    if end < len(piece) and piece[end].isascii() and piece[end - 1].isascii():
        term = re.sub(r"[\x00-\x7f]+$", "", term)
    return term


def _trimmed(term: str) -> str:
    while (shorter := _EDGES.sub("", term)) != term:
        term = shorter
    return term


def _inside(term: Term, another: Term) -> bool:
    return term.text != another.text and term.text in another.text
