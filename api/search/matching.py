"""Words → expressions of the full-text index, from what was meant exactly to what is merely near.

Steps: all words; all parts of the words; any part; most pairs of letters. Each step is tried only where the
one before finds nothing, and a result of a later step says so (`relaxed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.search.words import Asked, Word, taken_apart
from graph_builder.search.grams import INSIDE, grams, insides, is_japanese

PREFIX_FROM = 3
"""Letters of a Latin word from which it may be the beginning of a longer one."""
INSIDE_FROM = 4
"""Letters from which it may stand inside a longer one; below, only where nothing else is found."""
ENOUGH = 3
"""Pairs of letters below which a likeness says nothing."""


@dataclass(frozen=True)
class Step:
    """One expression to try; a relaxed one finds what was not asked for word by word."""

    expression: str
    words: tuple[Word, ...]
    is_relaxed: bool = False
    pairs: tuple[str, ...] = ()


def steps(asked: Asked) -> Iterator[Step]:
    """Yield the expressions for a query that has words, from narrow to wide."""
    words = asked.words
    yield Step(_join(" AND ", words, reach=False), words)
    yield Step(_join(" AND ", words, reach=True), words)
    apart = tuple(part for word in words for part in taken_apart(word))
    if apart and len(apart) <= PARTS_AT_MOST:
        yield Step(_join(" AND ", apart, reach=True), apart, is_relaxed=True)
        yield Step(_join(" OR ", apart, reach=True), apart, is_relaxed=True)
    pairs = tuple(dict.fromkeys(pair for word in words for pair in _pairs(word)))
    if len(pairs) >= ENOUGH:
        yield Step(" OR ".join(map(_quoted, pairs)), words, is_relaxed=True, pairs=pairs)


PARTS_AT_MOST = 60


def excluded(asked: Asked) -> str:
    """Return the expression for what must not be found; empty where there is nothing."""
    return _join(" OR ", asked.excluded, reach=False)


def near_names(text: Sequence[str]) -> str:
    """Return the expression for names that share a pair of letters."""
    return "{label names} : (" + " OR ".join(map(_quoted, text)) + ")"


def pairs_of(word: Word) -> list[str]:
    """Return the pairs of letters of a word, as the index has them."""
    return _pairs(word)


def _join(operator: str, words: Sequence[Word], *, reach: bool) -> str:
    return operator.join(f"({_word(word, reach=reach)})" for word in words)


def _word(word: Word, *, reach: bool) -> str:
    """Return one word: the year, or the phrase, what it may be inside of, and what stands for the same."""
    if word.year:
        return " OR ".join(map(_quoted, filter(None, (word.year, word.bare_year))))
    ways = [_phrase(word.pieces)]
    letters = [pair for pair in insides("".join(word.pieces)) if pair.startswith(INSIDE)]
    is_latin = not any(is_japanese(piece) for piece in word.pieces)
    if is_latin and (len(letters) >= INSIDE_FROM or (reach and len(letters) > 1)):
        ways.append(_quoted(" ".join(letters[:-1])))
    ways += [_word(other, reach=False) for other in word.others]
    return " OR ".join(dict.fromkeys(ways))


def _phrase(pieces: Sequence[str]) -> str:
    """Return the run of index words for some pieces; the last may go on, as a word in the text does."""
    words = [word for piece in pieces[:-1] for word in grams(piece)]
    last = pieces[-1]
    if not is_japanese(last):
        goes_on = last.isalpha() and len(last) >= PREFIX_FROM
        return _quoted(" ".join([*words, last])) + (" *" if goes_on else "")
    ends = grams(last)
    if len(ends) > 1:
        return _quoted(" ".join([*words, *ends[:-1]]))
    return _quoted(" ".join([*words, *ends])) + " *"


def _pairs(word: Word) -> list[str]:
    pairs = [pair for piece in word.pieces if is_japanese(piece) for pair in grams(piece)[:-1]]
    latin = [pair for pair in insides("".join(word.pieces)) if pair.startswith(INSIDE)]
    return pairs + latin[:-1]


def _quoted(words: str) -> str:
    """Return a string of FTS5; a piece has no quotation mark, and one that had would end nothing."""
    return '"' + words.replace('"', '""') + '"'
