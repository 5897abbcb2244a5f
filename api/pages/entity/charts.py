"""The figures of an indicator as a drawing: fiscal years to the right, values upwards, a line for each kind.

All is in units of the view box; the colours are in the style sheet.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.entity.columns import Record
from api.pages.entity.naming import key_of
from api.pages.links import Link

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 64, 28, 28, 44
TICKS = 4
ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Point:
    """A figure in its place, with its value as it was printed."""

    x: float
    y: float
    label: str
    year: str


@dataclass(frozen=True)
class Line:
    """The figures of one kind: target, baseline, actual or count, which is also its class in the drawing."""

    kind: Link | None
    name: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The points as the attribute of a polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A drawing: its title, unit, lines and the marks of its axes."""

    name: Link | None
    unit: str
    lines: tuple[Line, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM
    right: int = WIDTH - RIGHT


def charts(found: Sequence[Record]) -> tuple[Chart, ...]:
    """Return a drawing for each indicator with figures of at least two fiscal years.

    The columns are `value`, `year`, `kind`, `unit` and, where there are several, `indicator`.
    """
    by_indicator: defaultdict[str, list[Record]] = defaultdict(list)
    for record in found:
        if record.number("value") is not None and _year(record):
            by_indicator[record.address("indicator")].append(record)
    drawn = [_chart(some) for some in by_indicator.values()]
    return tuple(chart for chart in drawn if len(chart.years) > 1)


def _chart(found: list[Record]) -> Chart:
    """Return the drawing of the figures in the commonest unit."""
    unit = Counter(record.text("unit") for record in found).most_common(1)[0][0]
    found = [record for record in found if record.text("unit") == unit]
    first, last = min(map(_year, found)), max(map(_year, found))
    top = _round_up(max(record.number("value") or 0 for record in found))
    x_step = (WIDTH - LEFT - RIGHT) / max(last - first, 1)
    scale = (HEIGHT - TOP - BOTTOM) / top
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for record in found:
        by_kind[record.address("kind")].append(record)
    lines = [
        _line(kind, sorted(some, key=_year), first, x_step, scale) for kind, some in sorted(by_kind.items())
    ]
    years = sorted({_year(record) for record in found})
    indicator = next((cell for cell in found[0]["indicator"] if isinstance(cell, Link)), None)
    return Chart(
        indicator,
        unit,
        tuple(lines),
        tuple(Tick(round(LEFT + (year - first) * x_step, 1), str(year)) for year in years),
        tuple(
            Tick(round(HEIGHT - BOTTOM - scale * top * part / TICKS, 1), f"{top * part / TICKS:g}")
            for part in range(TICKS + 1)
        ),
    )


def _line(kind: str, found: list[Record], first: int, x_step: float, scale: float) -> Line:
    points = [
        Point(
            round(LEFT + (_year(record) - first) * x_step, 1),
            round(HEIGHT - BOTTOM - scale * (record.number("value") or 0), 1),
            f"{record.number('value'):g}",
            str(_year(record)),
        )
        for record in found
    ]
    link = next((cell for cell in found[0]["kind"] if isinstance(cell, Link)), None)
    return Line(link, key_of(kind) or "figure", tuple(dict.fromkeys(points)))


def _year(record: Record) -> int:
    key = key_of(record.address("year"))
    return int(key) if key.isdecimal() else 0


def _round_up(value: float) -> float:
    """Return the next round number, at which the axis ends."""
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return next((step * size for step in ROUND if step * size >= value), 10 * size)
