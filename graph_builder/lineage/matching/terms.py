"""Terms that two undertakings share and few others have: what a reader can look up in both lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_builder.lineage.matching.thresholds import SHARED_TERM
from graph_builder.lineage.matching.undertakings import Undertaking
from graph_builder.lineage.matching.vocabulary import HIRAGANA, KANJI, KATAKANA, Vocabulary

# A conjunction ends a term as a comma does.
_BREAK = re.compile(r"[^\w・.-]+|及び|並びに|又は")
# Particles and endings that a shared string of characters begins or ends with by chance.
_EDGES = re.compile(
    rf"^[{HIRAGANA}]{{1,3}}(?![{HIRAGANA}])|(?<![{HIRAGANA}])[{HIRAGANA}]{{1,3}}$|^[・.ー-]+|[・.-]+$"
)
# A verb that a term ends in (…を図る), and one that it breaks off in (…を図 of …を図り).
_VERB = re.compile(rf"[{HIRAGANA}]+[{KANJI}][{HIRAGANA}]{{1,3}}$")
_STEM = re.compile(rf"[{HIRAGANA}]+[{KANJI}]$")
_LATIN = "a-z0-9-"
_CUT_LATIN = re.compile(rf"^[{_LATIN}]+")
_HIRAGANA = re.compile(rf"[{HIRAGANA}]")
_SCRIPTS = tuple(re.compile(f"[{script}]") for script in (KANJI, KATAKANA, _LATIN))


@dataclass(frozen=True, order=True)
class Term:
    """A shared term and how many undertakings have it; in order: uncut, then rare, then long."""

    is_cut: bool
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
            Term(_is_cut(text, mine) or _is_cut(text, theirs), frequency, -len(text), text)
            for text in sorted(found)
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
            yield _clean(piece[:at], piece[at:end], piece[end:])
            covered = end
        at += 1


def _clean(before: str, term: str, after: str) -> str:
    """The term without the verb or the Latin word that it begins or ends in the middle of."""
    if re.search(rf"[{_LATIN}]$", before):
        term = _CUT_LATIN.sub("", term)
    term = _VERB.sub("", term)
    return _STEM.sub("", term) if _HIRAGANA.match(after) else term


def _trimmed(term: str) -> str:
    while (shorter := _EDGES.sub("", term)) != term:
        term = shorter
    return term


def _is_cut(term: str, text: str) -> bool:
    """Whether every occurrence in the text is part of a longer word of the same script."""
    before, after = _script(term[0]), _script(term[-1])
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        if not _goes_on(before, text[at - 1 : at]) and not _goes_on(after, text[end : end + 1]):
            return False
        at = text.find(term, at + 1)
    return True


def _script(character: str) -> re.Pattern[str] | None:
    return next((script for script in _SCRIPTS if script.match(character)), None)


def _goes_on(script: re.Pattern[str] | None, character: str) -> bool:
    return script is not None and script.match(character) is not None


def _inside(term: Term, another: Term) -> bool:
    return term.text != another.text and term.text in another.text
