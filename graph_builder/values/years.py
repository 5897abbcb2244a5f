"""Years, dates and ranges of years as Japanese offices print them, in eras and in the common calendar.

A wrong fact is never mended here: where era and common year contradict each other the moment says so
(`disagrees`), and where a year lies outside its era (平成35年度, printed before the era changed) it is
converted and says that too (`outside_era`).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from graph_builder.values.eras import Era, Eras, japanese_eras
from graph_builder.values.folding import Folded, fold
from graph_builder.values.numbers import kanji_integer
from graph_builder.values.year_patterns import moment_pattern, range_pattern, tail_pattern

FIRST_MONTH = 4  # a Japanese fiscal year runs from April to March


class Precision(StrEnum):
    """How precisely a moment is printed."""

    FISCAL_YEAR = "fiscal-year"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class Moment:
    """A fiscal year, a year, a month or a day.

    `year` follows the era where one is printed; `printed_year` is the common year printed beside it.
    `era` is the era as printed (令和, R), `era_year` the number of the year in it.
    """

    year: int
    precision: Precision
    month: int | None = None
    day: int | None = None
    era: str | None = None
    era_year: int | None = None
    printed_year: int | None = None
    outside_era: bool = False

    @property
    def disagrees(self) -> bool:
        """Whether the common year printed beside the era's year is another one."""
        return self.printed_year is not None and self.printed_year != self.year

    @property
    def fiscal_year(self) -> int | None:
        """The fiscal year it lies in; None for a calendar year, which lies in two."""
        if self.precision is Precision.FISCAL_YEAR:
            return self.year
        return None if self.month is None else fiscal_year_of(self.year, self.month)

    @property
    def iso(self) -> str:
        """The date as precise as printed: 2020, 2020-02 or 2020-02-26."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True)
class YearExpression:
    """One expression and its span: a moment, or a range when `last` is there too."""

    start: int
    end: int
    text: str
    first: Moment
    last: Moment | None = None

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The one moment, or both ends of the range."""
        return (self.first,) if self.last is None else (self.first, self.last)

    @property
    def disagrees(self) -> bool:
        """Whether era and common year contradict each other anywhere in it."""
        return any(moment.disagrees for moment in self.moments)

    @property
    def outside_era(self) -> bool:
        """Whether a year in it lies outside the era that it is counted in."""
        return any(moment.outside_era for moment in self.moments)


def find_years(text: str, eras: Eras | None = None) -> tuple[YearExpression, ...]:
    """Every year, date and range of years in a text, in order; it never raises."""
    folded = fold(text)
    found = []
    for start, end, first, last in year_spans(folded, eras):
        begin, stop = folded.span(start, end)
        found.append(YearExpression(begin, stop, text[begin:stop], first, last))
    return tuple(found)


def parse_year(text: str, eras: Eras | None = None) -> YearExpression | None:
    """The first year expression of a text, or None."""
    return next(iter(find_years(text, eras)), None)


def year_spans(folded: Folded, eras: Eras | None = None) -> list[tuple[int, int, Moment, Moment | None]]:
    """The same in places of the folded text: start, end, first moment, last moment of a range."""
    eras = japanese_eras() if eras is None else eras
    found: list[tuple[int, int, Moment, Moment | None]] = []
    at = 0
    while match := _moments(eras).search(folded.text, at):
        at = match.start() + 1
        first = _moment(match, eras)
        if first is None:
            continue
        last, end = _range_end(folded.text, match.end(), first, eras)
        if last is None and not _stands_alone(folded.text, match):
            continue
        if last is not None and match["suffix"] is None and first.month is None:
            first = replace(first, precision=last.precision)
        found.append((match.start(), end, first, last))
        at = end
    return found


def fiscal_year_of(year: int, month: int) -> int:
    """The fiscal year in which a month lies."""
    return year if month >= FIRST_MONTH else year - 1


def label_ja(fiscal_year: int, eras: Eras | None = None) -> str:
    """令和4年度 for 2022; the era is the one in which the calendar year ends, so 2019 is 令和元年度."""
    eras = japanese_eras() if eras is None else eras
    era = next((era for era in reversed(eras) if era.first_year <= fiscal_year), None)
    if era is None:
        return f"{fiscal_year}年度"
    number = fiscal_year - era.first_year + 1
    return f"{era.kanji}{'元' if number == 1 else number}年度"


def label_en(fiscal_year: int) -> str:
    """FY2022 for 2022."""
    return f"FY{fiscal_year}"


@cache
def _moments(eras: Eras) -> re.Pattern[str]:
    return moment_pattern(tuple(era.kanji for era in eras), "".join(era.letter for era in eras))


def _moment(match: re.Match[str], eras: Eras) -> Moment | None:
    """The moment of a match; None where the era's year is zero or no number."""
    if match["fy"]:
        return Moment(int(match["fy"]), Precision.FISCAL_YEAR)
    common = match["common"] or match["dated"]
    printed_era = match["kanji"] or match["letter"] or match["beside_era"]
    moment: Moment | None
    if printed_era:
        beside = match["common"] or match["beside_year"] or match["beside_late"]
        moment = _era_moment(printed_era, match["number"] or match["beside_number"], eras)
        if moment is not None and beside:
            moment = replace(moment, printed_year=int(beside))
    else:
        moment = Moment(int(common), Precision.YEAR)
    return None if moment is None else _with_calendar(moment, match, eras)


def _era_moment(printed: str, number: str, eras: Eras) -> Moment | None:
    era, count = _era(printed, eras), _count(number)
    if era is None or not count:
        return None
    return Moment(era.year(count), Precision.YEAR, era=printed, era_year=count)


def _era(printed: str | None, eras: Eras) -> Era | None:
    return next((era for era in eras if printed in (era.kanji, era.letter)), None)


def _count(number: str) -> int | None:
    """The era's year: 元, digits of any width, a circled digit, kanji."""
    if number == "元":
        return 1
    normal = unicodedata.normalize("NFKC", number)
    return int(normal) if normal.isdecimal() else kanji_integer(normal)


def _with_calendar(moment: Moment, match: re.Match[str], eras: Eras) -> Moment:
    """The moment with month, day and precision; a day that does not exist is left out."""
    month = match["month"] or match["dotted_month"] or match["dated_month"]
    day = match["day"] or match["dotted_day"] or match["dated_day"]
    if month:
        moment = replace(moment, month=int(month), precision=Precision.MONTH)
    if month and day and int(day) <= monthrange(moment.year, int(month))[1]:
        moment = replace(moment, day=int(day), precision=Precision.DAY)
    if match["suffix"] == "年度" and not month:
        moment = replace(moment, precision=Precision.FISCAL_YEAR)
    era = _era(moment.era, eras)
    return replace(moment, outside_era=era is not None and not _lies_in(moment, era))


def _lies_in(moment: Moment, era: Era) -> bool:
    """Whether a moment touches the days of an era; a fiscal year counts by its calendar year."""
    length = len(moment.iso)
    first = era.first_day.isoformat()
    last = era.last_day.isoformat() if era.last_day else "9999-12-31"
    return first[:length] <= moment.iso <= last[:length]


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a match says by itself that it is a year: 2022 and R2 could be anything, 令和2 could not."""
    if match["suffix"] or match["fy"] or match["dated"] or match["dotted_month"]:
        return True
    if match["common"]:
        return bool(match["beside_era"])
    after = text[match.end() :].lstrip(" \u3000")
    if match["kanji"]:
        return not after[:1].isalpha() or match["number"] == "元" or after.startswith(_MOMENT_ENDS)
    before = text[: match.start()].rstrip(" \u3000")
    is_enclosed = before.endswith(_OPENING) and after.startswith(_CLOSING)
    return is_enclosed or after.startswith(_MOMENT_ENDS)


_OPENING = ("(", "[", "【", "〔")
_CLOSING = (")", "]", "】", "〕")
_MOMENT_ENDS = ("末", "現在", "時点", "実績", "目標", "見込")


def _range_end(text: str, at: int, first: Moment, eras: Eras) -> tuple[Moment | None, int]:
    """The second moment of a range that goes on at `at`, and where the expression ends."""
    link = range_pattern().match(text, at)
    if link is None:
        return None, at
    match = _moments(eras).match(text, link.end())
    if match is None:
        last, end = _short_end(text, link.end(), first, eras)
    else:
        is_bare = bool(match["common"]) and not match["suffix"]
        last, end = (None if is_bare else _moment(match, eras)), match.end()
    return (last, end) if last is not None and first.year <= last.year else (None, at)


def _short_end(text: str, start: int, first: Moment, eras: Eras) -> tuple[Moment | None, int]:
    """The end of a range that leaves out era or century: 令和４～７年度, 2021～25年度."""
    match = tail_pattern().match(text, start)
    if match is None:
        return None, start
    number = int(match["number"])
    last = Moment(first.year - first.year % 100 + number, Precision.YEAR)
    if first.era is not None:
        era = _era(first.era, eras)
        counted = _era_moment(first.era, match["number"], eras)
        if era is None or counted is None:
            return None, start
        last = replace(counted, outside_era=not _lies_in(counted, era))
    is_fiscal = match["suffix"] == "年度"
    return replace(last, precision=Precision.FISCAL_YEAR if is_fiscal else Precision.YEAR), match.end()
