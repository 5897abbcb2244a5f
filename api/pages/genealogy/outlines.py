"""Coordinates → the path data of SVG (SVG 1.1, section 8.3): boxes, ways with round corners, heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.pages.genealogy.placing import Box

Point = tuple[float, float]
TIP, ROUND, HEAD = 6.0, 5.0, 4.0
"""Pixels: how far the end of a period points, the radius of a corner, and half the width of a head."""


@dataclass(frozen=True)
class Outline:
    """What is drawn of a box: the frame around its text, its period, and the dot at its date, if any."""

    frame: str = ""
    period: str = ""
    dot: Point | None = None


def outline(box: Box, top: float, height: float, joined: tuple[bool, bool]) -> Outline:
    """Return the outline of a box; `joined` says whether its period follows another, and is followed."""
    left, right = box.occupies
    frame = rounded(left, top, right - left, height)
    if box.side == "in":
        return Outline(period=pennant(left, top, right, height, joined))
    if box.is_period:
        return Outline(frame, rounded(box.bar[0], top, box.bar[1] - box.bar[0], height))
    return Outline(frame, dot=(box.bar[0], round(top + height / 2, 1)))


def rounded(x: float, y: float, wide: float, high: float) -> str:
    """Return a rectangle with round corners."""
    r = min(ROUND, wide / 2, high / 2)
    return (
        f"M{x + r:.1f} {y:.1f}h{wide - 2 * r:.1f}a{r} {r} 0 0 1 {r} {r}v{high - 2 * r:.1f}"
        f"a{r} {r} 0 0 1 {-r} {r}h{2 * r - wide:.1f}a{r} {r} 0 0 1 {-r} {-r}v{2 * r - high:.1f}"
        f"a{r} {r} 0 0 1 {r} {-r}z"
    )


def pennant(left: float, top: float, right: float, height: float, joined: tuple[bool, bool]) -> str:
    """Return a period whose ends fit those of the periods before and after it."""
    if joined == (False, False):
        return rounded(left, top, right - left, height)
    follows, is_followed = joined
    middle, bottom = top + height / 2, top + height
    start = [(left - TIP / 2, top), (left + TIP / 2, middle), (left - TIP / 2, bottom)]
    end = [(right - TIP / 2, bottom), (right + TIP / 2, middle), (right - TIP / 2, top)]
    points = [
        *(start if follows else [(left, top), (left, bottom)]),
        *(end if is_followed else [(right, bottom), (right, top)]),
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def polyline(points: Sequence[Point]) -> str:
    """Return a line along points whose corners are round."""
    kept = [points[0], *(point for before, point in pairwise(points) if point != before)]
    path = f"M{kept[0][0]:.1f} {kept[0][1]:.1f}"
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        ahead, behind = _towards(corner, before), _towards(corner, after)
        path += (
            f"L{ahead[0]:.1f} {ahead[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {behind[0]:.1f} {behind[1]:.1f}"
        )
    return f"{path}L{kept[-1][0]:.1f} {kept[-1][1]:.1f}"


def arrow_head(end: Point, *, down: bool) -> str:
    """Return the head of a way that ends at a point."""
    x, y = end
    back = y - 1.7 * HEAD if down else y + 1.7 * HEAD
    return f"M{x:.1f} {y:.1f}L{x - HEAD:.1f} {back:.1f}L{x + HEAD:.1f} {back:.1f}z"


def _towards(corner: Point, other: Point) -> Point:
    """Return the point at which the rounding of a corner begins on the way to another point."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    share = min(ROUND, length / 2) / length if length else 0
    return (corner[0] + dx * share, corner[1] + dy * share)
