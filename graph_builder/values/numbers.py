"""Numbers as Japanese offices print them: any width, commas, 万 and 億, kanji numerals.

A number here is only a number with its place; what it counts is told by `quantities` and `measures`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kanjize import kanji2number

from graph_builder.values.folding import Folded, fold

_SMALL = {"": 1, "十": 10, "百": 100, "千": 1000}
_LARGE = {"": 1, "万": 10**4, "億": 10**8, "兆": 10**12}
# 12,345 or 12345, with or without decimals; 2.2.26 and 1,23 are codes or lists, not one number.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?![\d]|,\d)|\d+)(?:\.\d+(?![\d.]))?"
_GROUP = rf"(?P<digits>{_DIGITS})(?P<small>[十百千]?)(?P<large>[万億兆]?)"
_KANJI = "〇一二三四五六七八九十百千万億兆"


@dataclass(frozen=True)
class Number:
    """A number and its span in the text; `text` is exactly what is printed there."""

    value: Decimal
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class NumberSpan:
    """A number in places of a folded text."""

    value: Decimal
    start: int
    end: int
    is_kanji: bool = False


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text in order, also those of years and codes; it never raises.

    Lone kanji numerals (一, 十) are left out: in running text they are parts of words.
    """
    folded = fold(text)
    found = []
    for number in number_spans(folded):
        start, end = folded.span(number.start, number.end)
        found.append(Number(number.value, start, end, text[start:end]))
    return tuple(found)


def parse_number(text: str) -> Decimal | None:
    """The value of a text that is one number and nothing else, or None."""
    numbers = find_numbers(text)
    if len(numbers) == 1 and numbers[0].text == text.strip():
        return numbers[0].value
    return None


def number_spans(folded: Folded) -> list[NumberSpan]:
    """The numbers of a folded text, in its places."""
    found: list[NumberSpan] = []
    at = 0
    while match := _start_pattern().search(folded.text, at):
        number = _kanji(match) if match["kanji"] else _arabic(folded.text, match)
        at = max(match.end(), number.end if number else 0)
        if number is not None:
            found.append(number)
    return found


def kanji_integer(text: str) -> int | None:
    """The value of a kanji numeral (二十三, 二〇二〇), or None."""
    if not text or any(character not in _KANJI for character in text):
        return None
    try:
        return int(kanji2number(text))
    except (ValueError, KeyError, IndexError):
        return None


@cache
def _start_pattern() -> re.Pattern[str]:
    """Where a number begins; a chain of dots (2.2.26) is passed over as a whole."""
    kanji = rf"(?<![{_KANJI}\d])(?P<kanji>[{_KANJI}]{{2,}})"
    return re.compile(rf"(?P<chain>\d+(?:\.\d+){{2,}})|(?P<sign>[△▲])?(?P<arabic>{_DIGITS})|{kanji}")


@cache
def _group_pattern() -> re.Pattern[str]:
    return re.compile(_GROUP)


def _kanji(match: re.Match[str]) -> NumberSpan | None:
    value = kanji_integer(match["kanji"])
    return None if value is None else NumberSpan(Decimal(value), match.start(), match.end(), is_kanji=True)


def _arabic(text: str, match: re.Match[str]) -> NumberSpan | None:
    """A number with its 万 and 億, group by group, each smaller than the one before (1億2,000万5千)."""
    if match["chain"]:
        return None
    total, scale, end = Decimal(0), None, match.start("arabic")
    while (group := _group_pattern().match(text, end)) is not None:
        factor = _SMALL[group["small"]] * _LARGE[group["large"]]
        value = Decimal(_plain(group["digits"])) * factor
        if scale is not None and value >= scale:
            break
        total, scale, end = total + value, factor, group.end()
        if factor == 1:
            break
    return NumberSpan(-total if match["sign"] else total, match.start(), end)


def _plain(digits: str) -> str:
    """ASCII digits and a point; every decimal digit of Unicode counts as a digit."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in digits
        if character != ","
    )
