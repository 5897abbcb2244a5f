"""The years that a text speaks of, as words of the index: 令和4年度, 2022年 and FY2022 are all `@2022`.

A month and a day have words of their own (`@2022-03`, `@2022-03-25`); what lies in one fiscal year and
another calendar year belongs to both, because a reader may mean either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from graph_builder.search.folding import compact
from graph_builder.values.eras import japanese_eras
from graph_builder.values.years import Moment, YearExpression, find_years

MARK = "@"
LONGEST_RANGE = 30
FULL_WIDTH = ord("Ａ") - ord("A")


def years_in(text: str) -> tuple[YearExpression, ...]:
    """Return the expressions of years in a text."""
    return find_years(text) if _hint().search(text) else ()


@cache
def _hint() -> re.Pattern[str]:
    """Return what every expression of a year has somewhere: most texts have none and are passed over."""
    eras = japanese_eras()
    names = "|".join("[ 　]*".join(era.kanji) for era in eras)
    letters = "".join(era.letter + chr(ord(era.letter) + FULL_WIDTH) for era in eras)
    return re.compile(rf"{names}|[{letters}][ 　]*[0-9０-９元]|[12１２][0-9０-９]{{3}}")


def year_words(text: str) -> set[str]:
    """Return the words of all years in a text."""
    return {word for _, _, words in year_places(text) for word in words}


@lru_cache(maxsize=20_000)
def year_places(text: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """Return where a text speaks of years, start and end, and their words; a range has every year in it."""
    return tuple((found.start, found.end, frozenset(_all_words(found))) for found in years_in(text))


def _all_words(found: YearExpression) -> Iterator[str]:
    for moment in found.moments:
        yield from _words(moment)
    if found.last is not None and found.last.year - found.first.year <= LONGEST_RANGE:
        yield from (f"{MARK}{year}" for year in range(found.first.year, found.last.year))


def word_of(moment: Moment) -> str:
    """Return the one word that asks for a moment: its year, or the month or day where one is printed."""
    return MARK + moment.iso


def canonical(text: str) -> str:
    """Return the compact form of a text with its years as words: names that mean the same year are alike."""
    return "".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    at = 0
    for found in years_in(text):
        yield compact(text[at : found.start])
        yield from map(word_of, found.moments)
        at = found.end
    yield compact(text[at:])


def _words(moment: Moment) -> Iterator[str]:
    yield f"{MARK}{moment.year}"
    if moment.printed_year is not None:
        yield f"{MARK}{moment.printed_year}"
    if moment.month is not None:
        yield f"{MARK}{moment.fiscal_year}"
        yield f"{MARK}{moment.iso[:7]}"
        yield f"{MARK}{moment.iso}"
