"""The printed forms of years and dates, as patterns over a folded text."""

from __future__ import annotations

import re
from functools import cache

_S = "[ \u00a0\u3000]*"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_COMMON = r"[12]\d{3}(?!\d)"
# 年間 is a length and 年代 a decade: neither is a year.
_SUFFIX = rf"(?:{_S}(?P<suffix>年度|年(?![間代])))"
_LATE = rf"(?:{_S}\({_S}(?P<beside_late>{_COMMON}){_S}年度?{_S}\))?"
# 月間, 月例 … name a rhythm, not a month of that year.
_MONTH_DAY = rf"(?:{_S}(?P<month>{_MONTH}){_S}月(?![間刊例次額])(?:{_S}(?P<day>{_DAY}){_S}日(?!間))?)?"


def moment_pattern(kanji: tuple[str, ...], letters: str) -> re.Pattern[str]:
    """A year or date, counted in an era (令和, R) or in the common calendar.

    Groups: kanji or letter with number; or common; or fy; or dated with dated_month and dated_day.
    Then suffix (年度 or 年), month and day, dotted_month and dotted_day (R2.2.26). The other calendar
    in brackets: beside_year before the suffix, beside_late after it, beside_era with beside_number.
    """
    names = "|".join(map(re.escape, kanji)) or "(?!)"
    letter = f"[{re.escape(letters)}]" if letters else "(?!)"
    number = r"(?:\d{1,2}(?!\d)|元|[①-⑳]|[一二三四五六七八九十]{1,3}(?=[ \u3000]*[年(]))"
    dotted = rf"[./](?P<dotted_month>{_MONTH})(?:[./](?P<dotted_day>{_DAY}))?(?![\d.]\d)"
    beside_year = rf"(?:{_S}\({_S}(?P<beside_year>{_COMMON}){_S}\))?"
    era = rf"(?:(?P<kanji>{names})|(?<![A-Za-z\d])(?P<letter>{letter})){_S}(?P<number>{number})"
    era += rf"(?:{dotted}|{beside_year})"
    beside_era = (
        rf"(?:{_S}\({_S}(?P<beside_era>{names}|{letter}){_S}(?P<beside_number>{number}){_S}年?{_S}\))?"
    )
    common = rf"(?<![\d.,/-])(?P<common>{_COMMON}){beside_era}"
    tail = rf"(?:{_SUFFIX}{_LATE}{_MONTH_DAY})?"
    fy = r"(?<![A-Za-z\d])FY ?(?P<fy>[12]\d{3})(?!\d)"
    dated = rf"(?<![\d./-])(?P<dated>{_COMMON})(?P<mark>[./-])(?P<dated_month>{_MONTH})"
    dated += rf"(?P=mark)(?P<dated_day>{_DAY})(?![./-]?\d)"
    return re.compile(f"(?:{dated}|{fy}|(?:{era}|{common}){tail})")


@cache
def range_pattern() -> re.Pattern[str]:
    """What links the two ends of a range: a wave, a dash, or から."""
    return re.compile(rf"{_S}(?:[~〜\-‐–—−ー―]|から){_S}")


@cache
def tail_pattern() -> re.Pattern[str]:
    """The end of a range that leaves out era or century (令和４～７年度): number and suffix."""
    return re.compile(rf"(?P<number>\d{{1,2}})(?!\d){_SUFFIX}")
