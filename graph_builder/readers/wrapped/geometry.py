"""How wide a printed line is, and whether its cell broke it: geometry of cells wrapped over lines.

Widths are in half-em units: a Japanese character is two wide, a Latin one about one. Print sets Latin
letters and digits proportionally, so a line has a least and a greatest width. Line breaking follows the
usual rules of Japanese typesetting (JIS X 4051): no line begins with a closing mark, none ends with an
opening one, and a Latin word stays whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

# JIS X 4051 cl-02 .. cl-07, cl-09 .. cl-11: what may not begin a line.
NOT_FIRST = frozenset(
    "、。，．,.・:;：；?!？！‼⁇⁈⁉)]}）］｝〕〉》」』】〙〗〟’”»｠｣､｡･ー々〻ゝゞヽヾ゛゜ｰﾞﾟ‐゠–〜～~%％‰℃°′″"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｯｬｭｮ"
)
# JIS X 4051 cl-01: what may not end a line.
NOT_LAST = frozenset("([{（［｛〔〈《「『【〘〖〝‘“«｟｢")
HANGING = frozenset("、。，．,.｡､")
# Proportional Latin letters: each a little narrower or wider than half an em, a line at most two em wider.
NARROWEST = 0.9
WIDEST = 1.5
MOST_WIDENING = 4.0
# Less than one Japanese character: what justified print squeezes into a line.
SQUEEZED = 1.0

_WORD = re.compile(r"[!-~]+")


@lru_cache(maxsize=65536)
def widths(text: str) -> tuple[float, float]:
    """The least and the greatest width of `text`, in half-em units."""
    narrow = sum(east_asian_width(character) not in "WFA" for character in text)
    wide = 2 * (len(text) - narrow)
    return wide + NARROWEST * narrow, wide + narrow + min((WIDEST - 1) * narrow, MOST_WIDENING)


def overflows(text: str, width: float) -> bool:
    """Whether `text` cannot stand on one line of a cell; a full stop or comma may hang over its edge."""
    text = text.rstrip()
    hanging = 1 if text and text[-1] in HANGING else 0
    return widths(text[: len(text) - hanging])[0] > width + SQUEEZED


def is_full(line: str, following: str, width: float) -> bool:
    """Whether the first piece of `following` had no room left on `line`, so that the cell broke it."""
    return widths(line)[1] + widths(first_piece(following))[1] > width


@lru_cache(maxsize=65536)
def first_piece(text: str) -> str:
    """The shortest beginning of `text` that a line may end with."""
    at = 0
    while at < len(text):
        word = _WORD.match(text, at)
        at = word.end() if word else at + 1
        while at < len(text) and text[at] in NOT_FIRST:
            at += 1
        if text[at - 1] not in NOT_LAST:
            break
    return text[:at]
