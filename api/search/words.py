"""What a reader writes, understood: words, phrases in quotation marks, years, and words to leave out.

Nothing of it reaches the full-text index as written: a word becomes pieces of folded text, each of which is
letters, digits or Japanese, and these are quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph_builder.search.folding import compact, fold
from graph_builder.search.grams import pieces
from graph_builder.search.years import MARK, word_of, years_in
from graph_builder.values.years import Precision, parse_year
from sparql.asking import CONTROLS

LENGTH_AT_MOST = 200
WORDS_AT_MOST = 20
_WRITTEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_BARE_YEAR = re.compile(r"(?P<year>[12]\d{3}|[MTSHR]\d{1,2})|FY ?(?P<short>\d{2})")
_SENTENCES = re.compile("[。！？!?]")
_SCRIPTS = re.compile(r"[ぁ-ゖ]+|[ァ-ヶー]+|\d+(?:[.,]\d+)*|[A-Za-z]+|[^ぁ-ゖァ-ヶーA-Za-z\d]+")
_PARTICLE = re.compile(r"[ぁ-ゖ]{1,2}|する|した|について|における|による|ための|として")
_QUOTATION_MARKS = str.maketrans("“”„‟〝〞〟", '"' * 7)


@dataclass(frozen=True)
class Word:
    """One word: as written, and its pieces; or a year, and then the word of the index that stands for it.

    `others` are words that stand for the same, which the index knows.
    """

    written: str
    pieces: tuple[str, ...] = ()
    year: str = ""
    others: tuple[Word, ...] = ()

    @property
    def bare_year(self) -> str:
        """The number of a year, which may be printed without a word for it; empty for a month or day."""
        return self.year.removeprefix(MARK) if len(self.year) == 5 else ""


@dataclass(frozen=True)
class Asked:
    """A query as understood; `is_cut` where it was too long, and only its beginning was read."""

    text: str
    words: tuple[Word, ...]
    excluded: tuple[Word, ...] = ()
    is_cut: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was asked for at all: then everything is found."""
        return not self.text.strip()

    @property
    def written(self) -> str:
        """The words that are looked for, without signs."""
        return " ".join(word.written for word in self.words)

    @property
    def key(self) -> str:
        """The words as the canonical form of a name that would be just this."""
        return "".join(word.year or compact(word.written) for word in self.words)


def readable(text: str) -> str:
    """Return a text that can be shown and sent anywhere: without control characters and halves of letters."""
    return CONTROLS.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))


def understand(text: str) -> Asked:
    """Return the words of a query; it never raises, whatever the text."""
    beginning = readable(text[: LENGTH_AT_MOST + 1]).translate(_QUOTATION_MARKS)
    normal = unicodedata.normalize("NFKC", beginning)
    asked = normal[:LENGTH_AT_MOST]
    words: list[Word] = []
    excluded: list[Word] = []
    for found in _WRITTEN.finditer(_with_years_apart(asked)):
        target = excluded if found["minus"] else words
        if found["phrase"] is not None:
            target += _words(found["phrase"])
        else:
            target += _word_or_year(found["word"])
    is_cut = len(text) > LENGTH_AT_MOST or len(normal) > LENGTH_AT_MOST or len(words) > WORDS_AT_MOST
    return Asked(asked, tuple(words[:WORDS_AT_MOST]), tuple(excluded[:WORDS_AT_MOST]), is_cut)


def simple(text: str) -> Word | None:
    """Return a text as one word; None where nothing of it can be looked for."""
    found = tuple(pieces(fold(text).replace("。", " ")))
    return Word(text.strip(), found) if found else None


def taken_apart(word: Word) -> tuple[Word, ...]:
    """Return a word at the borders of its scripts: 森林の管理状況 is 森林, 管理状況; a month is its year."""
    if word.year:
        return (replace(word, year=word.year[:5]),)
    parts = _SCRIPTS.findall(word.written)
    telling = [part for part in parts if not _PARTICLE.fullmatch(part)]
    return tuple(filter(None, map(simple, telling or parts)))


def _with_years_apart(text: str) -> str:
    """Put spaces around the years outside quotation marks: 令和 4 年度予算 is the year and 予算."""
    parts = text.split('"')
    for at in range(0, len(parts), 2):
        parts[at] = _spaced(parts[at])
    return '"'.join(parts)


def _spaced(text: str) -> str:
    upper = "".join(letter.upper() if letter.isascii() else letter for letter in text)
    for found in reversed(years_in(upper)):
        year = "".join(upper[found.start : found.end].split())
        text = f"{text[: found.start]} {year} {text[found.end :]}"
    return text


def _word_or_year(text: str) -> list[Word]:
    upper = text.upper()
    bare = _BARE_YEAR.fullmatch(upper)
    if bare:
        upper = f"20{bare['short']}年度" if bare["short"] else f"{upper}年度"
    found = parse_year(upper)
    if found is None or (found.start, found.end) != (0, len(upper)):
        return _words(text)
    years = [_plain_year(word_of(moment), moment.precision) for moment in found.moments]
    return [Word(text, (), year) for year in dict.fromkeys(years)]


def _plain_year(year: str, precision: Precision) -> str:
    """Return the word of a moment; a fiscal year and a calendar year are asked for alike."""
    return year[:5] if precision in {Precision.YEAR, Precision.FISCAL_YEAR} else year


def _words(text: str) -> list[Word]:
    return list(filter(None, map(simple, _SENTENCES.split(text))))


def with_others(asked: Asked, others: dict[str, tuple[str, ...]]) -> Asked:
    """Return the query with the words that stand for its words; `others` has them by the word as written."""
    words = [replace(word, others=_different(others.get(word.written, ()))) for word in asked.words]
    return replace(asked, words=tuple(words))


def _different(texts: Iterable[str]) -> tuple[Word, ...]:
    """Return texts as words, one of those that only width or case tell apart."""
    words = {word.pieces: word for word in map(simple, texts) if word}
    return tuple(words.values())
