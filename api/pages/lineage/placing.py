"""A view of a family → a picture: time from left to right, a lane for each kind of thing, arrows between.

Each arrow ends at a place of its own at the left of the later thing, with room before it for its name, so
that no two names touch. A box is as high as its arrows need.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.pages.lanes import Lane
from api.pages.lineage.choosing import Drawn, View
from sparql.lineage.family import Thing

BOX, LINE, PORT = 184, 18, 17
"""Width of a box, height of a line of text, room for an arrow and its label."""
GAP, ROW, LANE = 132, 14, 18
"""Room between columns, between rows and around lanes."""
LEFT, TOP = 92, 34
"""Room for the names of the lanes and for the years."""
CELL_AT_MOST = 24
"""Boxes one above the other in one year of a lane; the rest are one box together."""


@dataclass(frozen=True)
class Box:
    """A thing, or several that are shown as one (`hidden` then counts them)."""

    thing: Thing | None
    lane: str
    x: float
    y: float
    height: float
    hidden: int = 0
    is_start: bool = False


@dataclass(frozen=True)
class Arrow:
    """A step: its path, and where its label ends."""

    drawn: Drawn
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Column:
    """A year, or None for what has no date."""

    year: int | None
    x: float


@dataclass(frozen=True)
class Picture:
    """All that is drawn, in the units of the view box."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def hidden(self) -> int:
        """How many things are not drawn one by one."""
        return sum(box.hidden for box in self.boxes)


def draw(view: View, years: Mapping[str, int], starts: Iterable[str]) -> Picture:
    """Return the picture; `years` are those of things that have none of their own, such as laws."""
    when = {name: thing.years[0] if thing.years else years.get(name) for name, thing in view.things.items()}
    columns = _columns(when.values())
    at = {column.year: column.x for column in columns}
    cells: defaultdict[tuple[str, int | None], list[str]] = defaultdict(list)
    first = set(starts)
    for name in sorted(view.things, key=lambda name: (name not in first, view.things[name].name, name)):
        cells[_lane(view.things[name]), when[name]].append(name)
    stands_for = {
        name: name if number < CELL_AT_MOST else f"{lane} {year}"
        for (lane, year), names in cells.items()
        for number, name in enumerate(names)
    }
    incoming: defaultdict[str, list[Drawn]] = defaultdict(list)
    for drawn in view.steps:
        incoming[stands_for[drawn.step.later]].append(drawn)
    lanes, boxes = _boxes(cells, view.things, stands_for, incoming, at, first)
    arrows = _arrows(boxes, incoming, stands_for)
    width = max((column.x for column in columns), default=LEFT) + BOX + LANE
    height = max((lane.y + lane.height for lane in lanes), default=TOP) + LANE
    return Picture(width, height, lanes, columns, tuple(boxes.values()), arrows)


@cache
def _lanes() -> Mapping[str, tuple[str, ...]]:
    record = tomllib.loads((Path(__file__).with_name("lanes.toml")).read_text("utf-8"))
    return {name: tuple(entry["classes"]) for name, entry in record.items()}


def _lane(thing: Thing) -> str:
    name = thing.class_address.rpartition("#")[2]
    return next((lane for lane, classes in _lanes().items() if name in classes), list(_lanes())[-1])


def _columns(years: Iterable[int | None]) -> tuple[Column, ...]:
    known = set(years)
    dated = sorted(year for year in known if year is not None)
    ordered: list[int | None] = [None, *dated] if None in known else [*dated]
    return tuple(Column(year, LEFT + GAP / 2 + number * (BOX + GAP)) for number, year in enumerate(ordered))


def _boxes(  # noqa: PLR0913, PLR0917  all that a box depends on
    cells: Mapping[tuple[str, int | None], list[str]],
    things: Mapping[str, Thing],
    stands_for: Mapping[str, str],
    incoming: Mapping[str, list[Drawn]],
    at: Mapping[int | None, float],
    starts: set[str],
) -> tuple[tuple[Lane, ...], dict[str, Box]]:
    lanes: list[Lane] = []
    boxes: dict[str, Box] = {}
    y = float(TOP)
    for lane in _lanes():
        bottom = y
        for (_, year), names in (cell for cell in cells.items() if cell[0][0] == lane):
            row = y + LANE
            for key in dict.fromkeys(stands_for[name] for name in names):
                hidden = 0 if key in things else sum(stands_for[name] == key for name in names)
                height = max(2 * LINE + 12, PORT * len(incoming.get(key, ())) + 8)
                boxes[key] = Box(things.get(key), lane, at[year], row, height, hidden, key in starts)
                row += height + ROW
            bottom = max(bottom, row)
        if bottom > y:
            lanes.append(Lane(lane, y, bottom - y + LANE - ROW))
            y = bottom + LANE - ROW
    return tuple(lanes), boxes


def _arrows(
    boxes: Mapping[str, Box], incoming: Mapping[str, list[Drawn]], stands_for: Mapping[str, str]
) -> tuple[Arrow, ...]:
    arrows = []
    for key, steps in incoming.items():
        box = boxes[key]
        steps.sort(key=lambda drawn: (boxes[stands_for[drawn.step.earlier]].y, drawn.step.earlier))
        top = box.y + (box.height - PORT * len(steps)) / 2 + PORT / 2
        for number, drawn in enumerate(steps):
            source, y = boxes[stands_for[drawn.step.earlier]], top + number * PORT
            arrows.append(Arrow(drawn, _path(source, box, y), box.x - 12, round(y, 1)))
    return tuple(arrows)


def _path(source: Box, box: Box, y: float) -> str:
    """Return the curve to a place at the left of a box; from the left side where both are of one year."""
    start = source.y + source.height / 2
    if source.x == box.x:
        bend = box.x - GAP * 0.45
        return f"M{source.x:g} {start:g}C{bend:g} {start:g} {bend:g} {y:g} {box.x - 2:g} {y:g}"
    side = source.x + BOX if source.x < box.x else source.x
    bend = GAP * 0.6
    from_x = side + bend if source.x < box.x else side - bend
    return f"M{side:g} {start:g}C{from_x:g} {start:g} {box.x - bend:g} {y:g} {box.x - 2:g} {y:g}"
