"""A folded text as the words of the full-text index.

Japanese is written as its pairs of neighbouring characters and the last one alone (森林, 林管, 管理, 理): a
word of any length is a run of pairs, and one character is the beginning of a pair. Latin words and numbers
are whole. Beside them stand, with a mark that no text can have, the letters of Latin words in pairs (`~wi ~if
~fi`: what is inside a word) and the years that a text speaks of (`@2022`, whatever the calendar).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from graph_builder.search.folding import JAPANESE, SIGN, STOP, fold
from graph_builder.search.years import year_words

INSIDE = "~"
NUMBER = re.compile(r"\d+(?:\.\d+)*")
LATIN = re.compile(rf"[^\W\d_{JAPANESE}]+")
_JAPANESE_RUN = re.compile(rf"[{JAPANESE}]")
PIECE = re.compile(rf"[{JAPANESE}](?:[ {SIGN}]*[{JAPANESE}])*|{NUMBER.pattern}|{LATIN.pattern}|%|{STOP}")
_LATIN_RUN = re.compile(rf"[a-z0-9](?:[a-z0-9.{SIGN}]*[a-z0-9])?")


def pieces(folded: str) -> list[str]:
    """Return the pieces of a folded text: runs of Japanese, numbers, Latin words, percent signs and stops."""
    return [piece.replace(" ", "").replace(SIGN, "") for piece in PIECE.findall(folded)]


def is_japanese(piece: str) -> bool:
    """Whether a piece is a run of Japanese."""
    return bool(_JAPANESE_RUN.match(piece))


def grams(piece: str) -> list[str]:
    """Return the words of the index that stand for a piece."""
    if not is_japanese(piece):
        return [piece]
    return [piece[at : at + 2] for at in range(len(piece))]


def insides(folded: str) -> list[str]:
    """Return the letters of Latin words in pairs, those that only a sign parts grown together."""
    words: list[str] = []
    for run in _LATIN_RUN.findall(folded):
        letters = run.replace(SIGN, "").replace(".", "")
        if len(letters) > 1 and not letters.isdigit():
            words += [INSIDE + letters[at : at + 2] for at in range(len(letters))]
            words.append(STOP)
    return words


def index_words(texts: Iterable[str]) -> str:
    """Return what is indexed for some texts: one word after the other, no phrase reaching over two texts."""
    return " ".join(map(_words_of, texts))


@lru_cache(maxsize=100_000)
def _words_of(text: str) -> str:
    folded = fold(text)
    words = [word for piece in pieces(folded) for word in grams(piece)]
    return " ".join([*words, STOP, *insides(folded), *sorted(year_words(text))])
