"""A name → lines that fit a width: measured by the widths of East Asian characters (UAX #11)."""

from __future__ import annotations

import re
import unicodedata

NARROW = 0.56
"""Mean width of a Latin letter in ems, on the wide side: a label may end early, never late."""
PIECES = re.compile(r"[\x21-\x7e\u00c0-\u024f]+[ ]?|.", re.DOTALL)
"""What a line may end after: a Latin word, or any other character."""
CLOSING = frozenset("、。，．・：；？！）」』】〕ー々ぁぃぅぇぉゃゅょっァィゥェォャュョッ")
"""What no line begins with (JIS X 4051)."""


def width(text: str, size: float) -> float:
    """Return the width of a text in pixels at a font size; an estimate."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return (wide + (len(text) - wide) * NARROW) * size


def fit(text: str, size: float, most: float, lines: int) -> tuple[str, ...]:
    """Return a text in at most so many lines of at most so many pixels, with … where it was cut.

    The lines are as even as they can be without another line.
    """
    found = _broken(text, size, most, lines)
    while len(found) > 1 and not found[-1].endswith("…"):
        most -= size / 2
        closer = _broken(text, size, most, lines + 1)
        if len(closer) > len(found) or most < 2 * size:
            break
        found = closer
    return found


def _broken(text: str, size: float, most: float, lines: int) -> tuple[str, ...]:
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        line = _line(rest, size, most)
        found.append(line.strip())
        rest = rest[len(line) :]
    if rest:
        found[-1] = _cut(found[-1], size, most)
    return tuple(found)


def _line(text: str, size: float, most: float) -> str:
    line = ""
    for piece in PIECES.findall(text):
        if line and width(line + piece.rstrip(), size) > most and piece not in CLOSING:
            break
        line += piece
    return line if width(line, size) <= most + size else _cut(line, size, most, mark="")


def _cut(text: str, size: float, most: float, mark: str = "…") -> str:
    while len(text) > 1 and width(text + mark, size) > most:
        text = text[:-1]
    return text + mark
