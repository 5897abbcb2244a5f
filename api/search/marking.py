"""Where the words of a query stand in a text, and the stretch of the text that is worth showing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from api.search.matching import INSIDE_FROM, PREFIX_FROM
from api.search.words import Word
from graph_builder.search.folding import SIGN, STOP, fold_with_places
from graph_builder.search.grams import is_japanese
from graph_builder.search.years import MARK, year_places

WIDTH = 120
BEFORE = 30
"""Characters of a snippet, and how many of them stand before the first word that was found."""

LONG_MARKS = frozenset("ーｰ")

Span = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A text and where in it the words of the query stand: start and end, in order, none touching another."""

    text: str
    marks: tuple[Span, ...] = ()

    @property
    def html(self) -> Markup:
        """The text escaped, what was found in `mark` elements."""
        parts: list[Markup] = []
        at = 0
        for start, end in self.marks:
            parts += [escape(self.text[at:start]), Markup("<mark>{}</mark>").format(self.text[start:end])]
            at = end
        return Markup("").join([*parts, escape(self.text[at:])])


def marked(text: str, words: Iterable[Word]) -> Marked:
    """Return a text with all places of some words."""
    spans = sorted(span for word in words for span in _places(text, word))
    return Marked(text, tuple(_merged(spans)))


def snippet(texts: Sequence[str], words: Sequence[Word]) -> Marked:
    """Return the stretch of the first text with most of the words; without any, how the first one begins."""
    if not texts:
        return Marked("")
    best, most = 0, 0
    for at, text in enumerate(texts):
        found = sum(1 for word in words if next(_places(text, word), None))
        if found > most:
            best, most = at, found
        if most == len(words):
            break
    return _stretch(marked(texts[best], words))


def _stretch(whole: Marked) -> Marked:
    """Cut a marked text to the width of a snippet, white space made plain."""
    first = whole.marks[0][0] if whole.marks else 0
    start = max(0, min(first - BEFORE, len(whole.text) - WIDTH))
    end = min(len(whole.text), start + WIDTH)
    head, tail = "…" * (start > 0), "…" * (end < len(whole.text))
    text = "".join(" " if letter.isspace() else letter for letter in whole.text[start:end])
    shift = len(head) - start
    marks = [(max(a, start) + shift, min(b, end) + shift) for a, b in whole.marks if a < end and b > start]
    return Marked(f"{head}{text}{tail}", tuple(marks))


def _places(text: str, word: Word) -> Iterator[Span]:
    if word.year:
        yield from _places_of_year(text, word)
    elif word.pieces:
        yield from _places_of_pieces(text, "".join(word.pieces), word.pieces)
    for other in word.others:
        yield from _places(text, other)


def _places_of_year(text: str, word: Word) -> Iterator[Span]:
    yield from ((start, end) for start, end, words in year_places(text) if word.year in words)
    if word.bare_year:
        yield from _places_of_pieces(text, word.bare_year, (word.bare_year,))


def _places_of_pieces(text: str, wanted: str, pieces: Sequence[str]) -> Iterator[Span]:
    folded, starts, ends, gaps = _compact(text)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_whole(folded, at, end, pieces, gaps):
            yield starts[at], _with_long_mark(text, ends[end - 1])
            at = end - 1
        at = folded.find(wanted, at + 1)


def _with_long_mark(text: str, end: int) -> int:
    """Take in the mark of a long vowel at the end of a word, which folding has dropped."""
    while text[end : end + 1] in LONG_MARKS:
        end += 1
    return end


def _is_whole(folded: str, at: int, end: int, pieces: Sequence[str], gaps: Sequence[int]) -> bool:
    """Whether a place begins and ends where a Latin word or a number may; Japanese begins anywhere."""
    first, last = pieces[0], pieces[-1]
    reaches_inside = len(folded[at:end]) >= INSIDE_FROM
    if _grown_together(folded, at, gaps) and (first[0].isdigit() or not reaches_inside):
        return is_japanese(first)
    if _grown_together(folded, end, gaps):
        return is_japanese(last) or (last.isalpha() and len(last) >= PREFIX_FROM)
    return True


def _grown_together(folded: str, border: int, gaps: Sequence[int]) -> bool:
    """Whether the letters on both sides of a border are of one word or number."""
    if not 0 < border < len(folded):
        return False
    before, after = folded[border - 1], folded[border]
    near = bisect_left(gaps, border)
    is_parted = near < len(gaps) and gaps[near] == border
    same = (before.isdigit() and after.isdigit()) or (_is_latin(before) and _is_latin(after))
    return same and not is_parted


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and not is_japanese(letter)


@lru_cache(maxsize=5000)
def _compact(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the folded text without spaces, the places of its letters, the borders where spaces were."""
    whole = fold_with_places(text)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    for letter, start, end in zip(whole.text, whole.starts, whole.ends, strict=True):
        if letter in (" ", SIGN):
            gaps.append(len(letters))
            continue
        letters.append(letter if letter != STOP else MARK)
        starts.append(start)
        ends.append(end)
    return "".join(letters), tuple(starts), tuple(ends), tuple(gaps)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    current: Span | None = None
    for start, end in spans:
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current
