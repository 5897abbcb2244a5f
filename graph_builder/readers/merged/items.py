"""Items of a merged cell: numbers and names, in one cell or several, alone or in a row.

3(1) ペーパーレス化の推進                     one item
計画                                     a mark instead of a number, without a name
3(1) ア 3(1) イ ウ 授業の実践 端末環境の実現    three items, two names: names are given out in order
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from graph_builder.values.text import em_width

_WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# A number ends at a closing bracket, or where no sign follows that would carry it on.
_END_OF_CODE = r"(?:(?<=[)\]】])|(?![0-9A-Za-z(.\-]))"
MOST_PIECES = 16
"""Broken lines of one cell for which every way to cut them into names is weighed."""
_END_OF_SUFFIX = r"(?![0-9A-Za-zァ-ヶー])"


@dataclass(frozen=True)
class Item:
    """Number (or mark) and name of an item; one of the two may be missing."""

    notation: str | None
    label: str | None


@dataclass
class _Group:
    """Numbers that stand together, and the pieces of text behind them."""

    codes: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def items(self) -> list[Item]:
        count = len(self.codes)
        if not count:
            return [Item(None, " ".join(self.pieces))]
        labels: list[str | None] = [*_labels(self.pieces, count)]
        labels += [None] * (count - len(labels))
        return [Item(code, label) for code, label in zip(self.codes, labels, strict=True)]


@dataclass(frozen=True)
class Numbering:
    """How the items of a list are numbered: regular expressions for numbers and for their suffix, and marks.

    The expressions see the text with half-width letters, digits and signs.
    """

    codes: tuple[str, ...] = ()
    suffix: str | None = None
    marks: tuple[str, ...] = ()

    def is_item(self, text: str) -> bool:
        """Whether a cell begins with a number or a mark."""
        return self._code(folded(text), 0) is not None

    def items(self, texts: Iterable[str]) -> tuple[Item, ...] | None:
        """The items of the cells of one line; None where a cell belongs to no item."""
        groups: list[_Group] = []
        for text in texts:
            if not self._add(text, groups):
                return None
        return tuple(_merged([item for group in groups for item in group.items()]))

    def _add(self, text: str, groups: list[_Group]) -> bool:
        """Add a cell; False where the cell is a name and no number waits for one."""
        if not self.is_item(text) and groups:
            known = " ".join(groups[-1].pieces)
            if "".join(known.split()) == "".join(text.split()):
                return True
            if known or not groups[-1].codes:
                return False
            groups[-1].pieces += text.split()
            return True
        self._scan(text, groups)
        return True

    def _scan(self, text: str, groups: list[_Group]) -> None:
        group, base, at = _Group(), "", 0
        groups.append(group)
        narrow = folded(text)
        while at < len(text):
            found = self._code(narrow, at) or self._bare_suffix(narrow, at, base if not group.pieces else "")
            if found is None or (found[2] and group.pieces):
                end = _end_of_piece(narrow, at)
                group.pieces.append(text[at:end])
            else:
                notation, base, end = found[0], found[1], found[3]
                if group.pieces:
                    group = _Group()
                    groups.append(group)
                group.codes.append(notation)
            at = _after_space(narrow, end)

    def _code(self, text: str, at: int) -> tuple[str, str, bool, int] | None:
        """Number, its part before the suffix, whether it is only a mark, and its end."""
        for pattern in self.codes:
            if match := re.compile(rf"(?:{pattern}){_END_OF_CODE}").match(text, at):
                base = "".join(match[0].split())
                tail = self._suffix(rf"\s*({self.suffix}){_END_OF_SUFFIX}", text, match.end())
                return (base + tail[0], base, False, tail[1]) if tail else (base, base, False, match.end())
        for mark in self.marks:
            if text.startswith(mark, at) and _end_of_piece(text, at) == at + len(mark):
                return mark, "", True, at + len(mark)
        return None

    def _bare_suffix(self, text: str, at: int, base: str) -> tuple[str, str, bool, int] | None:
        tail = self._suffix(rf"({self.suffix})(?=\s|$)", text, at) if base else None
        return (base + tail[0], base, False, tail[1]) if tail else None

    def _suffix(self, pattern: str, text: str, at: int) -> tuple[str, int] | None:
        match = re.compile(pattern).match(text, at) if self.suffix else None
        return (match[1], match.end()) if match else None


def _labels(pieces: Sequence[str], count: int) -> list[str]:
    """The pieces as at most `count` names: where lines broke names apart, a name ends at a short piece."""
    if len(pieces) <= count:
        return [*pieces]
    if len(pieces) > MOST_PIECES:
        return [*pieces[: count - 1], " ".join(pieces[count - 1 :])]
    cuts = combinations(range(1, len(pieces)), count - 1)
    names = ([pieces[a:b] for a, b in pairwise((0, *cut, len(pieces)))] for cut in cuts)
    full = (max(map(em_width, pieces)), max(map(len, pieces)))
    best = min(names, key=lambda parts: (_shortfall(parts, full), max(len("".join(part)) for part in parts)))
    return [" ".join(part) for part in best]


def _shortfall(names: Iterable[Sequence[str]], full: tuple[float, int]) -> float:
    """By how much the lines that do not end a name are shorter than a full line, in em or characters."""
    width, length = full
    return sum(min(width - em_width(line), length - len(line)) for name in names for line in name[:-1])


def folded(text: str) -> str:
    """The text with half-width letters, digits, signs and spaces; every character keeps its place."""
    return text.translate(_WIDTHS)


def _merged(items: Sequence[Item]) -> list[Item]:
    """The items without doublets: a number that stands alone and with its name is one item."""
    kept: dict[tuple[str | None, str], Item] = {}
    named = {item.notation for item in items if item.label}
    for item in items:
        if item.label or item.notation not in named:
            kept.setdefault((item.notation, "".join((item.label or "").split())), item)
    return list(kept.values())


def _end_of_piece(text: str, at: int) -> int:
    match = re.compile(r"\S+").match(text, at)
    return match.end() if match else len(text)


def _after_space(text: str, at: int) -> int:
    match = re.compile(r"\s*").match(text, at)
    return match.end() if match else at
