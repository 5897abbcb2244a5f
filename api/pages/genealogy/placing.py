"""Boxes → rows: each box gets the first row in which nothing is in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 10.0
"""Least distance in pixels between two boxes of a row that are not joined."""


@dataclass(frozen=True)
class Box:
    """A thing as it will be drawn: the period `bar`, all that it `occupies`, and its text beside or inside.

    `side` says where the text stands: `in` the bar, or to the `right` or `left` of it.
    """

    key: str
    bar: tuple[float, float]
    occupies: tuple[float, float]
    lines: tuple[str, ...]
    side: str
    is_period: bool

    @property
    def text_at(self) -> tuple[float, str]:
        """Where the lines of text stand (x), and whether that is their start, middle or end."""
        apart = 6.0 if self.is_period else 9.0
        if self.side == "in":
            return (self.bar[0] + self.bar[1]) / 2, "middle"
        return (self.bar[1] + apart, "start") if self.side == "right" else (self.bar[0] - apart, "end")


Choices = Sequence[Box]
"""The same thing with its text on one side and on the other, the better first."""


@dataclass(frozen=True)
class Placed:
    """Where a box stands: its row (counted over all lanes from the top)."""

    box: Box
    row: int


def place(things: Sequence[Choices], after: dict[str, str], first_row: int) -> list[Placed]:
    """Return the boxes of one lane in rows from `first_row` down, given in the order of their beginnings.

    `after` names what a thing succeeds: a successor joins the row of its predecessor where that is free.
    """
    rows: list[list[Box]] = []
    where: dict[str, int] = {}
    for choices in things:
        before = where.get(after.get(choices[0].key, ""))
        order = [before] if before is not None else []
        order += [row for row in range(len(rows)) if row not in order]
        row, box = next(
            ((row, box) for row in order for box in choices if _is_free(rows[row], box)),
            (len(rows), choices[0]),
        )
        if row == len(rows):
            rows.append([])
        rows[row].append(box)
        where[box.key] = row
    return [Placed(box, first_row + number) for number, row in enumerate(rows) for box in row]


def _is_free(row: Sequence[Box], box: Box) -> bool:
    return all(
        box.occupies[0] >= other.occupies[1] + _gap(box, other)
        or box.occupies[1] + _gap(box, other) <= other.occupies[0]
        for other in row
    )


def _gap(one: Box, other: Box) -> float:
    return 0.0 if one.side == other.side == "in" else GAP
