"""The whole picture: time from left to right, lanes one below another, ways of descent between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.language import Language
from api.pages.genealogy.boxes import SIZE, box_choices
from api.pages.genealogy.grid import AXIS, LANE_GAP, LINE, PAD, Grid
from api.pages.genealogy.outlines import Outline, arrow_head, outline, polyline
from api.pages.genealogy.placing import Placed, place
from api.pages.genealogy.project_lists import DrawnFlow, DrawnList, draw_lists
from api.pages.genealogy.reading import LANES, Genealogy, Step, Thing
from api.pages.genealogy.routing import Router, Way
from api.pages.genealogy.scale import YEAR, Scale
from api.pages.lanes import Lane
from api.pages.links import Link
from graph_builder.namespaces import KF

RIGHT = 14.0
"""Pixels: the margin on the right."""
BINDING = (KF.mandatedBy, KF.replaces, KF.implements, KF.basedOn, KF.adopts)
"""Kinds of steps whose ways are found first."""
THINGS_AT_MOST, STEPS_AT_MOST = 80, 60


@dataclass(frozen=True)
class DrawnThing:
    """A box with its outline and lines of text (x, y, text)."""

    thing: Thing
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
    """All coordinates, in pixels from the upper left corner; `years` are the ticks of the axis."""

    width: float
    height: float
    axis: float
    years: tuple[tuple[float, int], ...]
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
    scale = Scale.of(spans)
    placed, first_rows = _placed(things, steps, scale, language)
    where = {each.box.key: each for each in placed}
    joined = tuple(step for step in steps if _is_joined(where[step.earlier], where[step.later]))
    routed = _routed([step for step in steps if step not in joined], where, scale)
    grid = Grid.of(placed, [way for _, way in routed], list(first_rows.values()))
    known = {thing.link.address: thing for thing in things}
    lists, flows, bottom = draw_lists(genealogy, scale, grid.bottom + LANE_GAP)
    return Picture(
        width=scale.right + RIGHT,
        height=bottom + PAD,
        axis=AXIS,
        years=tuple((scale.x(year), year) for year in scale.years),
        lanes=_lanes(grid, first_rows, bottom + PAD if lists else None),
        things=tuple(_thing(known[each.box.key], each, grid, joined) for each in placed),
        steps=tuple(_steps(routed, where, grid, known)),
        joined=joined,
        lists=lists,
        flows=flows,
        is_cut=len(routed) + len(joined) < len(all_steps(genealogy)),
    )


def chosen(genealogy: Genealogy) -> tuple[tuple[Thing, ...], tuple[Step, ...]]:
    """Return the dated plans, the dated laws and strategies that have a part in a step, and the steps."""
    steps = all_steps(genealogy)
    involved = {end for step in steps for end in (step.later, step.earlier)}
    dated = [thing for thing in genealogy.things if thing.start is not None]
    things = [thing for thing in dated if thing.lane == "plans" or thing.link.address in involved]
    things = things[-THINGS_AT_MOST:]
    shown = {thing.link.address for thing in things}
    return tuple(things), tuple(
        [step for step in steps if {step.later, step.earlier} <= shown][:STEPS_AT_MOST]
    )


def all_steps(genealogy: Genealogy) -> list[Step]:
    """Return the steps between two things that both have a date."""
    dated = {thing.link.address for thing in genealogy.things if thing.start is not None}
    return [
        step for step in genealogy.steps if {step.later, step.earlier} <= dated and step.later != step.earlier
    ]


def _placed(
    things: Sequence[Thing], steps: Sequence[Step], scale: Scale, language: Language
) -> tuple[list[Placed], dict[str, int]]:
    """Return the boxes in their rows, and the first row of each lane that has any."""
    after = {step.later: step.earlier for step in steps if step.kind.address == KF.replaces}
    placed: list[Placed] = []
    first_rows: dict[str, int] = {}
    for lane in LANES.values():
        choices = [box_choices(thing, language, scale) for thing in things if thing.lane == lane]
        if choices:
            first_rows[lane] = max((each.row for each in placed), default=-1) + 1
            placed += place(choices, after, first_rows[lane])
    return placed, first_rows


def _is_joined(earlier: Placed, later: Placed) -> bool:
    """Whether one bar follows the other at once in a row: then their ends say it, without an arrow."""
    return (
        earlier.row == later.row
        and earlier.box.side == later.box.side == "in"
        and 0 <= later.box.bar[0] - earlier.box.bar[1] < YEAR / 4
    )


def _routed(steps: Sequence[Step], where: Mapping[str, Placed], scale: Scale) -> list[tuple[Step, Way]]:
    """Return the steps with their ways; one without room is left out.

    Those that bind most come first, the shortest of them before the others: they get the straightest ways.
    """
    router = Router(where.values(), scale.right)

    def distance(step: Step) -> tuple[float, ...]:
        one, other = where[step.earlier], where[step.later]
        rank = BINDING.index(step.kind.address) if step.kind.address in BINDING else len(BINDING)
        return (rank, abs(one.row - other.row), abs(one.box.bar[0] - other.box.bar[0]))

    ways = [
        (step, router.way(where[step.earlier], where[step.later])) for step in sorted(steps, key=distance)
    ]
    return [(step, way) for step, way in ways if way is not None]


def _lanes(grid: Grid, first_rows: Mapping[str, int], end: float | None) -> tuple[Lane, ...]:
    """Return the lanes; that of the projects, where there is one, goes on to `end`."""
    rooms = zip(first_rows, grid.lanes(list(first_rows.values())), strict=True)
    lanes = tuple(Lane(name, top, height) for name, (top, height) in rooms)
    return lanes if end is None else (*lanes, Lane("projects", grid.bottom, end - grid.bottom))


def _thing(thing: Thing, placed: Placed, grid: Grid, joined: Sequence[Step]) -> DrawnThing:
    box, top, height = placed.box, grid.tops[placed.row], grid.heights[placed.row]
    follows = any(step.later == box.key for step in joined)
    is_followed = any(step.earlier == box.key for step in joined)
    middle = top + height / 2 - (len(box.lines) - 1) * LINE / 2 + SIZE * 0.36
    x, anchor = box.text_at
    texts = tuple(
        (round(x, 1), round(middle + number * LINE, 1), line) for number, line in enumerate(box.lines)
    )
    return DrawnThing(thing, outline(box, top, height, (follows, is_followed)), texts, anchor)


def _steps(
    routed: Sequence[tuple[Step, Way]],
    where: Mapping[str, Placed],
    grid: Grid,
    things: Mapping[str, Thing],
) -> list[DrawnStep]:
    drawn: list[DrawnStep] = []
    for number, (step, way) in enumerate(routed):
        points = grid.points(number, way, (where[step.earlier].row, where[step.later].row))
        head = arrow_head(points[-1], down=way.arrives_down)
        earlier, later = things[step.earlier].link, things[step.later].link
        drawn.append(DrawnStep(step, earlier, later, polyline(points), head))
    return drawn
