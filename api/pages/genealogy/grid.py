"""Where rows and gutters lie, once it is known what stands and runs in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.genealogy.placing import Placed
from api.pages.genealogy.routing import STEP, Way, tracks

AXIS, LINE, PAD = 26.0, 15.0, 7.0
"""Pixels: height of the axis, of a line of text, and the room above and below the text of a box."""
GUTTER, LANE_GAP, TRACK = 9.0, 16.0, 7.0
"""Pixels: an empty gutter, what a lane adds above it, and what a way in it adds."""


@dataclass(frozen=True)
class Grid:
    """The top and height of each row, the beginning of each gutter, and the tracks of the ways."""

    tops: tuple[float, ...]
    heights: tuple[float, ...]
    gutters: tuple[float, ...]
    track_of: Mapping[tuple[int, int], int]
    bottom: float

    @classmethod
    def of(cls, placed: Sequence[Placed], ways: Sequence[Way], first_rows: Sequence[int]) -> Grid:
        """Return the grid in which boxes have room for their text, and ways for themselves."""
        rows = max((each.row for each in placed), default=-1) + 1
        lines = [max(len(each.box.lines) for each in placed if each.row == row) for row in range(rows)]
        track_of, counts = tracks(ways)
        tops: list[float] = []
        gutters: list[float] = []
        y = AXIS
        for row in range(rows + 1):
            y += LANE_GAP if row in first_rows else 0
            gutters.append(y + GUTTER / 2)
            y += GUTTER + TRACK * counts.get(row, 0)
            if row < rows:
                tops.append(y)
                y += lines[row] * LINE + 2 * PAD
        heights = tuple(count * LINE + 2 * PAD for count in lines)
        return cls(tuple(tops), heights, tuple(gutters), track_of, y)

    def lanes(self, first_rows: Sequence[int]) -> list[tuple[float, float]]:
        """Return top and height of the lanes that begin with some rows."""
        starts = [self.gutters[row] - GUTTER / 2 - LANE_GAP for row in first_rows]
        return [(start, end - start) for start, end in zip(starts, [*starts[1:], self.bottom], strict=True)]

    def points(self, number: int, way: Way, rows: tuple[int, int]) -> list[tuple[float, float]]:
        """Return the corners of a way, by its number, from the box of one row to the box of another."""
        start, end = rows
        leaves = self.tops[start] + (self.heights[start] if way.leaves_down else 0)
        arrives = self.tops[end] + (0 if way.arrives_down else self.heights[end])
        points = [(way.nodes[0][1] * STEP, leaves)]
        for one, other in way.stretches:
            y = self.gutters[one[0]] + TRACK * (self.track_of[number, one[0]] + 0.5)
            points += [(one[1] * STEP, y), (other[1] * STEP, y)]
        return [*points, (way.nodes[-1][1] * STEP, arrives)]
