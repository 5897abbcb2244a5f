"""Departments and divisions in a dump never seen: found by where they stand and how often.

A department stands on a line of its own after the target, its divisions on the lines after it, the next
number after those. Names repeat from row to row; endings (課, 室, 係 …) only help where a name is unique.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_builder.readers.wrapped.chain import Tail
from graph_builder.readers.wrapped.geometry import is_full, widths
from graph_builder.readers.wrapped.pieces import Piece

# What Japanese public bodies call their parts; a name that ends in one of the first is complete.
COMPLETE = ("課", "室", "係", "班", "所", "館", "センター", "署", "局", "担当", "グループ", "チーム")
DIVISION_ENDINGS = (
    *COMPLETE, "院", "園", "校", "場", "団", "隊", "プラザ", "本部", "委員会", "ホーム", "公社", "部", "会",
    "庁",
)  # fmt: skip
DEPARTMENT_ENDINGS = (
    "部", "局", "庁", "室", "公室", "本部", "委員会", "事務局", "センター", "課", "院", "企業団", "署", "所",
    "館",
)  # fmt: skip
SECOND_LINE_ALONE = re.compile(r"会?事務局|本部|センター|ンター|ター|部局|局|部|庁|公室|室")
SECOND_LINES = re.compile(r"(?:.{0,4})(?:事務局|委員会|本部|センター|部局|局|部|庁|公室|ター)")
WIDEST_UNIT = 26.0
MOST_LINES = 8
_SENTENCE = re.compile(r"[。、：:％%＝=「」]|[0-9０-９]{2,}")


@dataclass(frozen=True)
class Units:
    """The departments found: each by the lines that print it, and the divisions by department."""

    departments: frozenset[tuple[str, ...]]
    divisions: Mapping[str, Counter[str]]
    width: float

    @property
    def complete(self) -> frozenset[str]:
        """Every division that some row ends with."""
        return frozenset(name for names in self.divisions.values() for name in names)


def could_be_unit(piece: Piece) -> bool:
    """Whether a line could be (a part of) the name of a department or division."""
    return (
        widths(piece.bare)[0] <= WIDEST_UNIT
        and not piece.begins_paragraph_of_list
        and not piece.is_number
        and not _SENTENCE.search(piece.bare)
    )


def vote(
    pieces: Sequence[Piece], boundaries: Iterable[int], aside: Collection[int]
) -> frozenset[tuple[str, ...]]:
    """The departments, by the first lines of the short blocks that stand before the numbers of rows."""
    blocks = [block for at in boundaries if len(block := _block_before(pieces, at, aside)) > 1]
    firsts = Counter(block[0] for block in blocks)
    rests = Counter(text for block in blocks for text in block[1:])
    found = set()
    for first, count in firsts.items():
        second = _second_line([block for block in blocks if block[0] == first], firsts)
        ending = (first + (second or "")).endswith(DEPARTMENT_ENDINGS)
        # The last line of a target (検討中, under review) may stand right before a department.
        before_another = all(firsts[block[1]] >= count for block in blocks if block[0] == first)
        if count > rests[first] and (count > 1 or ending) and not before_another:
            found.add((first, second) if second else (first,))
    return frozenset(found)


def _second_line(blocks: Sequence[tuple[str, ...]], firsts: Mapping[str, int]) -> str | None:
    """The line that goes on with the name of a department wrapped itself, if every row has it."""
    seconds = {block[1] for block in blocks}
    if len(seconds) != 1 or any(len(block) < 3 for block in blocks):
        return None
    second = next(iter(seconds))
    goes_on = SECOND_LINES if len(blocks) > 1 else SECOND_LINE_ALONE
    ended = blocks[0][0].endswith(("部", "局"))
    return second if goes_on.fullmatch(second) and not ended and firsts.get(second, 0) < len(blocks) else None


def _block_before(pieces: Sequence[Piece], at: int, aside: Collection[int]) -> tuple[str, ...]:
    """The short lines without a blank line between them that end before `at`."""
    block: list[str] = []
    at -= 1
    while at >= 0 and len(block) <= MOST_LINES:
        piece = pieces[at]
        if at not in aside:
            if not could_be_unit(piece):
                break
            block.insert(0, piece.bare)
            # A blank line before a single line is one inside the cell of the division.
            if piece.after_blank and len(block) > 1:
                break
        elif block:
            break
        at -= 1
    return tuple(block)


def guessed_tails(
    pieces: Sequence[Piece], units: Units, starts: Collection[int], aside: Collection[int]
) -> list[Tail]:
    """Every place where a department found stands, with the lines after it that could be its divisions."""
    tails = []
    for at in range(len(pieces)):
        lines = _department_at(pieces, at, units, aside)
        if lines:
            end = _end_of_divisions(pieces, at + lines, units, starts, aside)
            texts = [pieces[i] for i in range(at + lines, end) if i not in aside]
            divisions = divide(texts, units)
            name = "".join(pieces[at + i].bare for i in range(lines))
            tails.append(Tail(at, end, name, divisions, 0.0 if divisions else 6.0))
    return tails


def _department_at(pieces: Sequence[Piece], at: int, units: Units, aside: Collection[int]) -> int:
    if at in aside:
        return 0
    for lines in (2, 1):
        if tuple(piece.bare for piece in pieces[at : at + lines]) in units.departments:
            return lines
    return 0


def _end_of_divisions(
    pieces: Sequence[Piece], at: int, units: Units, starts: Collection[int], aside: Collection[int]
) -> int:
    """Divisions end at the next number, at a line too wide, or at a blank line after a complete name."""
    end, text = at, ""
    for position in range(at, min(len(pieces), at + MOST_LINES)):
        piece = pieces[position]
        if position in aside:
            continue
        if position in starts or not could_be_unit(piece) or widths(piece.bare)[0] > units.width + 1:
            break
        goes_on = piece.bare[0] in "（(" or not text.rstrip("）)").endswith(COMPLETE) or _opens(text)
        if text and piece.after_blank and not goes_on:
            break
        text += piece.bare
        end = position + 1
    return end


def _opens(text: str) -> bool:
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def divide(pieces: Sequence[Piece], units: Units) -> tuple[str, ...]:
    """The divisions that some lines spell: a new one begins where the one before is complete."""
    found: list[str] = []
    for at, piece in enumerate(pieces):
        if found and not _begins_division(found[-1], pieces[at - 1 :], units):
            found[-1] += piece.bare
        else:
            found.append(piece.bare)
    return tuple(found)


def _begins_division(text: str, pieces: Sequence[Piece], units: Units) -> bool:
    """Whether the second of `pieces` begins a division, after one that reads `text` so far."""
    before, piece = pieces[0], pieces[1]
    if piece.bare[0] in "（(" or _opens(text):
        return False
    if text in units.complete or not is_full(before.bare, piece.bare, units.width):
        return True
    rest = "".join(piece.bare for piece in pieces[1:]).rstrip("）)")
    return text.rstrip("）)").endswith(COMPLETE) and rest.endswith(DIVISION_ENDINGS) and len(rest) > 2


def learned(tails: Iterable[Tail]) -> dict[str, Counter[str]]:
    """The divisions of each department, and how many rows have them."""
    divisions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tail in tails:
        divisions[tail.department].update(tail.divisions)
    return dict(divisions)


UNSEEN = 4.0


def unseen_tails(
    pieces: Sequence[Piece],
    units: Units,
    starts: Collection[int],
    aside: Collection[int],
    taken: Collection[int],
) -> list[Tail]:
    """Departments that stand in one row only, by the ending of their name: right before a number."""
    tails = []
    for boundary in [*sorted(starts), len(pieces)]:
        block = _short_lines_before(pieces, boundary, aside)
        if not block or any(at in taken for at in block):
            continue
        for at in block[:-1]:
            lines = 2 if SECOND_LINE_ALONE.fullmatch(pieces[at + 1].bare) else 1
            name = "".join(piece.bare for piece in pieces[at : at + lines])
            if not name.endswith(DEPARTMENT_ENDINGS) or len(name) < 2:
                continue
            end = _end_of_divisions(pieces, at + lines, units, starts, aside)
            divisions = divide([pieces[i] for i in range(at + lines, end) if i not in aside], units)
            if divisions and divisions[-1].rstrip("）)").endswith(DIVISION_ENDINGS):
                tails.append(Tail(at, end, name, divisions, UNSEEN))
    return tails


def _short_lines_before(pieces: Sequence[Piece], at: int, aside: Collection[int]) -> list[int]:
    block: list[int] = []
    at -= 1
    while at >= 0 and len(block) < MOST_LINES and (at in aside or could_be_unit(pieces[at])):
        if at not in aside:
            block.insert(0, at)
        at -= 1
    return block
