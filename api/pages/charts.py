"""Numbers → a chart that the server draws: bars over years or names, lines over years.

A template calls a macro of `charts.html` with what stands here; every coordinate is in units of the view box.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 34
NAMES = 220
"""Room for names at the left of lying bars."""
BAR, PAUSE = 18, 8
TICKS = 4
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Point:
    """A value and what it is called: a year on an axis, or a name; `href` is where it leads."""

    label: str
    value: float
    href: str | None = None

    @property
    def words(self) -> str:
        """The value as people write it."""
        return f"{self.value:,.10g}"


@dataclass(frozen=True)
class Series:
    """Values that belong together, such as targets or results; `name` stands in the legend."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Bar:
    """A bar: its rectangle and the point that it stands for."""

    point: Point
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A value on an axis and where it stands."""

    label: str
    place: float


@dataclass(frozen=True)
class BarChart:
    """Bars; they lie where the points are names and stand where they are years."""

    width: float
    height: float
    lies: bool
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Line:
    """A series as a path, with its points where they stand."""

    name: str
    path: str
    marks: tuple[Bar, ...]


@dataclass(frozen=True)
class LineChart:
    """Lines over common labels."""

    width: float
    height: float
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Tick, ...]


def standing_bars(points: Sequence[Point]) -> BarChart:
    """Return bars side by side, in the order given; values may be negative."""
    lowest, highest, ticks = _axis([point.value for point in points])
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    zero = _height(0, lowest, highest)
    bars = []
    for number, point in enumerate(points):
        top = _height(point.value, lowest, highest)
        x = LEFT + step * number + step * 0.15
        bars.append(
            Bar(point, round(x, 1), round(min(top, zero), 1), round(step * 0.7, 1), round(abs(top - zero), 1))
        )
    return BarChart(WIDTH, HEIGHT, False, tuple(bars), tuple(_tick(tick, lowest, highest) for tick in ticks))


def lying_bars(points: Sequence[Point]) -> BarChart:
    """Return bars below each other with their names at the left; negative values count as nothing."""
    highest = max((point.value for point in points), default=0) or 1
    room = WIDTH - NAMES - 72
    bars = tuple(
        Bar(
            point,
            NAMES,
            TOP + number * (BAR + PAUSE),
            round(max(0.0, point.value) / highest * room, 1) if highest > 0 else 0.0,
            BAR,
        )
        for number, point in enumerate(points)
    )
    return BarChart(WIDTH, TOP * 2 + len(points) * (BAR + PAUSE), True, bars, ())


def lines(series: Sequence[Series], order: Sequence[str] = ()) -> LineChart:
    """Return one line for each series over all labels: in the order given, else in that of the letters."""
    labels = list(order) or sorted({point.label for each in series for point in each.points})
    lowest, highest, ticks = _axis([point.value for each in series for point in each.points])
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    at = {label: round(LEFT + step * (number + 0.5), 1) for number, label in enumerate(labels)}
    drawn = []
    for each in series:
        points = sorted(each.points, key=lambda point: at[point.label])
        marks = tuple(
            Bar(point, at[point.label], round(_height(point.value, lowest, highest), 1), 0, 0)
            for point in points
        )
        path = "M" + "L".join(f"{mark.x:g} {mark.y:g}" for mark in marks) if marks else ""
        drawn.append(Line(each.name, path, marks))
    return LineChart(
        WIDTH,
        HEIGHT,
        tuple(drawn),
        tuple(_tick(tick, lowest, highest) for tick in ticks),
        tuple(Tick(label, place) for label, place in at.items()),
    )


def _axis(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """Return the ends of an axis that holds zero and all values, and round values on it."""
    lowest, highest = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = (highest - lowest) or 1.0
    raw = span / TICKS
    power = 10 ** math.floor(math.log10(raw))
    step = next(size * power for size in STEPS if size * power >= raw * 0.999)
    first, last = math.floor(lowest / step), max(math.ceil(highest / step), 1)
    return first * step, last * step, [number * step for number in range(first, last + 1)]


def _height(value: float, lowest: float, highest: float) -> float:
    return HEIGHT - BOTTOM - (value - lowest) / (highest - lowest) * (HEIGHT - TOP - BOTTOM)


def _tick(value: float, lowest: float, highest: float) -> Tick:
    return Tick(f"{value:,.6g}", round(_height(value, lowest, highest), 1))
