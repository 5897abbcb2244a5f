"""The statements of a target text: its sentences, list items and labelled figures, with their headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

# A statement begins at ① ②, after 。, and where a label such as 目標数 opens the next figure of a joined
# text; R7目標 belongs together.
_OPENING = re.compile(
    r"(?:^|(?<=[。、 \u3000]))(?=[①-⑳])|(?<=。)"
    r"|(?<![年度])(?<![A-Z]\d)(?<![A-Z]\d\d)(?=目標(?:数|値|件数)?[ \u3000:])"
)
_BULLETS = "・●○〇◯◎■□◆◇★※"
_WHITE = " \u00a0\u3000"
_SPACE = "[ \u00a0\u3000]"
_MARK = re.compile(rf"{_SPACE}*(?:[{_BULLETS}]|\(?\d{{1,2}}[).]|[①-⑳]|[-–—*]{_SPACE})?{_SPACE}*")


@dataclass(frozen=True)
class Segment:
    """One statement in places of the folded text, with the heading line that stands over it."""

    start: int
    end: int
    heading: str = ""


def segments(text: str, has_figure: Callable[[int, int], bool]) -> list[Segment]:
    """The statements of a folded text.

    A line without a figure heads what follows, unless it ends a sentence; an item's figure may stand
    on the line below the item.
    """
    found: list[Segment] = []
    heading, item_start = "", -1
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        is_item = line.lstrip(_WHITE).startswith(tuple(_BULLETS))
        if has_figure(at, end):
            found += _statements(text, at if is_item or item_start < 0 else item_start, end, heading)
        elif not is_item:
            heading = "" if line.rstrip().endswith("。") else line.strip(_WHITE)
        item_start = at if is_item and not has_figure(at, end) else -1
        at = end + 1
    return found


def without_mark(text: str) -> str:
    """A statement without its bullet, its list number and the spaces around it."""
    match = _MARK.match(text)
    return text[match.end() :] if match else text


def clause_after(text: str, start: int, end: int) -> str:
    """What follows a place up to the next 、 or 。, without what stands in brackets."""
    return re.split("[、。,\n]", outside_brackets(text[start:end]), maxsplit=1)[0]


def outside_brackets(text: str) -> str:
    """A text without its closed brackets and what they hold; from an unmatched one on it goes on."""
    while (shorter := re.sub(r"\([^()]*\)", "", text)) != text:
        text = shorter
    return text


def enclosing_bracket(text: str, at: int, segment: Segment) -> tuple[int, int] | None:
    """The innermost bracket of a statement around a place: its inner start and end."""
    depth = 0
    for place in range(at - 1, segment.start - 1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth < 0:
            closing = text.find(")", at, segment.end)
            return place + 1, closing if closing >= 0 else segment.end
    return None


def _statements(text: str, start: int, end: int, heading: str) -> list[Segment]:
    cuts = [start + match.start() for match in _OPENING.finditer(text[start:end])]
    places = sorted({start, *cuts, end})
    return [Segment(a, b, heading) for a, b in pairwise(places)]
