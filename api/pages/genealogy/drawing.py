"""The whole picture: time from left to right, lanes one below another, and the ways of descent between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.language import Language
from api.pages.genealogy.boxes import SIZE, box_choices
from api.pages.genealogy.outlines import Outline, arrow_head, outline, polyline
from api.pages.genealogy.placing import Placed, place
from api.pages.genealogy.project_lists import DrawnFlow, DrawnList, draw_lists
from api.pages.genealogy.reading import LANES, Genealogy, Step, Thing
from api.pages.genealogy.routing import STEP, Router, Way, tracks
from api.pages.links import Link

LEFT, RIGHT, YEAR = 96.0, 14.0, 41.5
"""Pixels: the names of the lanes, the margin on the right, and one year."""
AXIS, LINE, PAD = 26.0, 15.0, 7.0
"""Pixels: height of the axis, of a line of text, and the room above and below the text of a box."""
GUTTER, LANE_GAP, TRACK = 9.0, 16.0, 7.0
"""Pixels: an empty gutter, what a lane adds above it, and what a way in it adds."""
THINGS_AT_MOST, STEPS_AT_MOST = 80, 60
LANE_NAMES = tuple(LANES.values())


@dataclass(frozen=True)
class Tick:
    """A year on the axis."""

    x: float
    year: int


@dataclass(frozen=True)
class Lane:
    """A lane by its name (laws, strategies, plans or projects)."""

    name: str
    y: float
    height: float


@dataclass(frozen=True)
class DrawnThing:
    """A box with its outline and lines of text (x, y, text)."""

    thing: Thing
    lane: int
    outline: Outline
    texts: tuple[tuple[float, float, str], ...]
    anchor: str


@dataclass(frozen=True)
class DrawnStep:
    """A step as a path with its head; the two things by their links."""

    step: Step
    earlier: Link
    later: Link
    path: str
    head: str


@dataclass(frozen=True)
class Picture:
    """All coordinates, in pixels from the upper left corner."""

    width: float
    height: float
    axis: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    things: tuple[DrawnThing, ...]
    steps: tuple[DrawnStep, ...]
    joined: tuple[Step, ...]
    lists: tuple[DrawnList, ...]
    flows: tuple[DrawnFlow, ...]
    is_cut: bool


@lru_cache(maxsize=8)
def draw(genealogy: Genealogy, language: Language) -> Picture | None:
    """Return the picture of a genealogy; None where nothing in it has a date."""
    things, steps = chosen(genealogy)
    spans = [(thing.start or 0, thing.end or thing.start or 0) for thing in things]
    spans += [(each.start, each.end) for each in genealogy.lists]
    if not spans:
        return None
    first, last = math.floor(min(start for start, _ in spans)), max(end for _, end in spans)

    def x(moment: float) -> float:
        return round(LEFT + (moment - first) * YEAR, 1)

    return _drawn(genealogy, things, steps, language, x, (first, last))


def chosen(genealogy: Genealogy) -> tuple[tuple[Thing, ...], tuple[Step, ...]]:
    """Return the dated plans, the dated laws and strategies that have a part in a step, and the steps."""
    dated = {thing.link.address: thing for thing in genealogy.things if thing.start is not None}
    steps = [step for step in genealogy.steps if step.later in dated and step.earlier in dated]
    steps = [step for step in steps if step.later != step.earlier]
    involved = {end for step in steps for end in (step.later, step.earlier)}
    things = [
        thing for address, thing in dated.items() if thing.lane == "plans" or address in involved
    ][-THINGS_AT_MOST:]
    shown = {thing.link.address for thing in things}
    steps = [step for step in steps if {step.later, step.earlier} <= shown]
    return tuple(things), tuple(steps[:STEPS_AT_MOST])


def _drawn(
    genealogy: Genealogy,
    things: Sequence[Thing],
    steps: Sequence[Step],
    language: Language,
    x: Callable[[float], float],
    years: tuple[int, float],
) -> Picture:
    right = x(years[1])
    placed, lanes = _placed(things, steps, language, x, right)
    where = {each.box.key: each for each in placed}
    joined = [step for step in steps if _is_joined(where[step.earlier], where[step.later])]
    rows = max((each.row for each in placed), default=-1) + 1
    routed = _routed([step for step in steps if step not in joined], where, rows, right)
    grid = Grid.of(placed, [way for _, way in routed], lanes)
    links = {thing.link.address: thing for thing in things}
    lists, flows, bottom = draw_lists(genealogy, x, grid.bottom + LANE_GAP)
    return Picture(
        width=right + RIGHT,
        height=bottom + PAD,
        axis=AXIS,
        ticks=tuple(Tick(x(year), year) for year in range(years[0], math.floor(years[1]) + 1)),
        lanes=(*grid.lanes(lanes), *((Lane("projects", grid.bottom, bottom + PAD - grid.bottom),) if lists else ())),
        things=tuple(_thing(links[each.box.key], each, grid, joined) for each in placed),
        steps=tuple(_step(step, way, number, where, grid, links) for number, (step, way) in enumerate(routed)),
        joined=tuple(joined),
        lists=lists,
        flows=flows,
        is_cut=len(routed) + len(joined) < len(steps) or len(steps) == STEPS_AT_MOST,
    )


def _placed(
    things: Sequence[Thing],
    steps: Sequence[Step],
    language: Language,
    x: Callable[[float], float],
    right: float,
) -> tuple[list[Placed], dict[int, int]]:
    """Return the boxes in their rows, and the first row of each lane that has any."""
    after = {step.later: step.earlier for step in steps if step.kind.address.endswith("replaces")}
    placed: list[Placed] = []
    lanes: dict[int, int] = {}
    for lane, name in enumerate(LANE_NAMES):
        choices = [
            box_choices(thing, lane, language, x, (LEFT, right)) for thing in things if thing.lane == name
        ]
        if choices:
            lanes[lane] = max((each.row for each in placed), default=-1) + 1
            placed += place(choices, after, lanes[lane])
    return placed, lanes


def _is_joined(earlier: Placed, later: Placed) -> bool:
    """Whether one bar follows the other at once in a row: then their ends say it, without an arrow."""
    return (
        earlier.row == later.row
        and earlier.box.side == later.box.side == "in"
        and 0 <= later.box.bar[0] - earlier.box.bar[1] < YEAR / 4
    )


def _routed(
    steps: Sequence[Step], where: Mapping[str, Placed], rows: int, right: float
) -> list[tuple[Step, Way]]:
    """Return the steps with their ways, the shortest first; one without room is left out."""
    router = Router(where.values(), rows, right)

    def distance(step: Step) -> tuple[float, ...]:
        one, other = where[step.earlier], where[step.later]
        return (abs(one.row - other.row), abs(one.box.bar[0] - other.box.bar[0]))

    ways = [(step, router.way(where[step.earlier], where[step.later])) for step in sorted(steps, key=distance)]
    return [(step, way) for step, way in ways if way is not None]


@dataclass(frozen=True)
class Grid:
    """Where rows and gutters lie: the top of each, their heights, and the tracks in the gutters."""

    tops: tuple[float, ...]
    heights: tuple[float, ...]
    gutters: tuple[float, ...]
    track_of: Mapping[tuple[int, int], int]
    bottom: float

    @classmethod
    def of(cls, placed: Sequence[Placed], ways: Sequence[Way], lanes: Mapping[int, int]) -> Grid:
        """Return the grid in which the boxes have room for their text and the ways for themselves."""
        rows = max((each.row for each in placed), default=-1) + 1
        lines = [max(len(each.box.lines) for each in placed if each.row == row) for row in range(rows)]
        track_of, counts = tracks(ways)
        tops, gutters, y = [], [], AXIS
        for row in range(rows + 1):
            y += LANE_GAP if row in lanes.values() else 0
            gutters.append(y + GUTTER / 2)
            y += GUTTER + TRACK * counts.get(row, 0)
            if row < rows:
                tops.append(y)
                y += lines[row] * LINE + 2 * PAD
        heights = tuple(count * LINE + 2 * PAD for count in lines)
        return cls(tuple(tops), heights, tuple(gutters), track_of, y)

    def track(self, way: int, gutter: int) -> float:
        """Return the height at which a way runs along a gutter."""
        return self.gutters[gutter] + TRACK * (self.track_of[way, gutter] + 0.5)

    def lanes(self, first_rows: Mapping[int, int]) -> tuple[Lane, ...]:
        """Return the lanes with the room they take."""
        starts = [self.gutters[row] - GUTTER / 2 - LANE_GAP for row in first_rows.values()]
        ends = [*starts[1:], self.bottom]
        return tuple(
            Lane(LANE_NAMES[lane], start, end - start)
            for lane, start, end in zip(first_rows, starts, ends, strict=True)
        )


def _thing(thing: Thing, placed: Placed, grid: Grid, joined: Sequence[Step]) -> DrawnThing:
    box, top, height = placed.box, grid.tops[placed.row], grid.heights[placed.row]
    ends = (
        any(step.later == box.key for step in joined),
        any(step.earlier == box.key for step in joined),
    )
    middle = top + height / 2 - (len(box.lines) - 1) * LINE / 2 + SIZE * 0.36
    x, anchor = {
        "in": ((box.bar[0] + box.bar[1]) / 2, "middle"),
        "right": (box.bar[1] + (6 if box.is_period else 9), "start"),
        "left": (box.bar[0] - (6 if box.is_period else 9), "end"),
    }[box.side]
    texts = tuple(
        (round(x, 1), round(middle + number * LINE, 1), line) for number, line in enumerate(box.lines)
    )
    return DrawnThing(thing, box.lane, outline(box, top, height, ends), texts, anchor)


def _step(
    step: Step,
    way: Way,
    number: int,
    where: Mapping[str, Placed],
    grid: Grid,
    things: Mapping[str, Thing],
) -> DrawnStep:
    start, end = where[step.earlier].row, where[step.later].row
    leaves = grid.tops[start] + (grid.heights[start] if way.leaves_down else 0)
    arrives = grid.tops[end] + (0 if way.arrives_down else grid.heights[end])
    points = [(way.nodes[0][1] * STEP, leaves)]
    for one, other in zip(way.nodes, way.nodes[1:], strict=False):
        if one[0] == other[0]:
            y = grid.track(number, one[0])
            points += [(one[1] * STEP, y), (other[1] * STEP, y)]
    points.append((way.nodes[-1][1] * STEP, arrives))
    head = arrow_head(points[-1], down=way.arrives_down)
    return DrawnStep(step, things[step.earlier].link, things[step.later].link, polyline(points), head)
