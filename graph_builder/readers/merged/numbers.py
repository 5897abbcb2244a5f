"""How Japanese plans number their fields and items, and the regular expression of numbers like a given one.

1   第4-1   Ⅱ   基本目標3   1(2)   1-(2)   3(2)ア   ①   A-1
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from graph_builder.readers.merged.items import folded

# A word that can stand before a number: ordinal sign, pillar, goal, policy, measure, strategy, field …
_WORD = (
    r"(?:第|柱|視点|テーマ|No\.?|"
    r"(?:基本|重点|個別|具体的)?(?:目標|方針|施策|戦略|政策|取組|項目|分野|方向|事業|プロジェクト))"
)
_ATOM = r"(?:\d+|[Ⅰ-Ⅻⅰ-ⅻ]+|[①-⑳]|[IVX]+(?![A-Za-z])|[A-Z](?![A-Za-z])|[一二三四五六七八九十]+)"
_BRACKETED = rf"(?:\({_ATOM}\)|\[{_ATOM}\]|【{_ATOM}】|〈{_ATOM}〉)"
_NEXT = rf"(?:[-‐–−ー.・の]\s?(?:{_ATOM}|{_BRACKETED})|{_BRACKETED}|[①-⑳])"
_BASE = rf"(?:{_WORD}\s?)?(?:{_ATOM}|{_BRACKETED}){_NEXT}*(?:章|節|項|編|部(?![^\s])|[.:)])?"
_SUFFIX = r"(?P<suffix>\s*[ア-ン]|[a-z]|\s*\([ア-ンa-z]\))(?![0-9A-Za-zァ-ヶー])"
_NUMBER = re.compile(rf"(?P<base>{_BASE})(?:{_SUFFIX})?")
_PIECES = re.compile(
    r"(?P<digits>\d+)|(?P<roman>[Ⅰ-Ⅻⅰ-ⅻ]+)|(?P<circled>[①-⑳])|(?P<letter>[A-Z])|(?P<kanji>[一二三四五六七八九十]+)"
)
_COUNTED = re.compile(r"\d+|[Ⅰ-Ⅻⅰ-ⅻ①-⑳一二三四五六七八九十A-Za-zア-ン]")
_ROWS = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノ",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
)
_LIKE = {
    "digits": r"\d+",
    "roman": "[Ⅰ-Ⅻⅰ-ⅻ]+",
    "circled": "[①-⑳]",
    "letter": "[A-Z]",
    "kanji": "[一二三四五六七八九十]+",
}
_STRONG_END = ")】]〉" + "".join(chr(code) for code in range(ord("①"), ord("⑳") + 1))


@dataclass(frozen=True)
class Number:
    """A number at the beginning of a text: without spaces, its base and suffix, and where it ends."""

    base: str
    suffix: str
    end: int

    @property
    def text(self) -> str:
        """The whole number."""
        return self.base + self.suffix


def leading_number(text: str) -> Number | None:
    """The number that a text begins with; None where the digits belong to a word (12市町村, 5G, 3次元)."""
    match = _NUMBER.match(folded(text))
    if not match:
        return None
    number = Number("".join(match["base"].split()), (match["suffix"] or "").strip(), match.end())
    rest = folded(text[number.end :])
    return number if not rest or rest[0].isspace() or _ends_itself(number, rest) else None


def _ends_itself(number: Number, rest: str) -> bool:
    if number.text[-1] in _STRONG_END:
        return True
    # A plain number needs a space behind it; one of two parts (3(2)ア, 1-2) may touch its name.
    return len(_PIECES.findall(number.text)) + len(number.suffix) > 1 and not re.match(
        r"[0-9A-Za-z(.\-]", rest
    )


def follows(before: str, after: str) -> bool:
    """Whether one number comes right after another: 2(1) → 2(2), 4(3)ア → 4(3)イ, 4(2)ウ → 4(3)ア."""
    left, right = _counted(before), _counted(after)
    if len(left) != len(right) or left == right or not left:
        return False
    at = next(at for at in range(len(left)) if left[at] != right[at])
    return right[at] == left[at] + 1 and all(part == 1 for part in right[at + 1 :])


def _counted(number: str) -> list[int]:
    """The parts of a number as counting numbers."""
    return [_count(match[0]) for match in _COUNTED.finditer(folded(number))]


def _count(part: str) -> int:
    if part.isdecimal():
        return int(part)
    row = next((row for row in _ROWS if part in row), None)
    return row.index(part) + 1 if row else round(unicodedata.numeric(part[0], 0.0))


def pattern_like(base: str) -> str:
    """The regular expression of numbers that look like this one, for half-width text."""
    pattern, at = "", 0
    pieces = list(_PIECES.finditer(base))
    for piece in pieces:
        pattern += re.escape(base[at : piece.start()]).replace("\\-", "-") + _LIKE[piece.lastgroup or ""]
        at = piece.end()
    pattern += re.escape(base[at:]).replace("\\-", "-")
    if len(pieces) == 1 and base[-1] not in _STRONG_END:
        pattern += r"(?=\s|$)"
    return pattern


def suffix_like(suffix: str) -> str:
    """The regular expression of suffixes that look like this one."""
    like = "[a-z]" if re.search("[a-z]", suffix) else "[ア-ン]"
    return rf"\({like}\)" if suffix.startswith("(") else like
