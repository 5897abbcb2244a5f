"""The lists of projects: a bar as high as the list is long, and bands for what goes on into the next."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.genealogy.outlines import rounded
from api.pages.genealogy.reading import Flow, Genealogy, ProjectList
from api.pages.genealogy.scale import Scale

HIGH, LABEL, INSET, WIDE = 84.0, 20.0, 2.0, 72.0
"""Pixels: the longest list, the line below a list, between two lists that follow at once, and a wide list."""


@dataclass(frozen=True)
class DrawnList:
    """A list: its outline, whether it has room for more than a number, where that and its years stand."""

    entries: ProjectList
    outline: str
    is_wide: bool
    x: float
    y: float
    below: float


@dataclass(frozen=True)
class DrawnFlow:
    """What goes on from one list to another: a band, and where its number stands."""

    flow: Flow
    earlier: ProjectList
    later: ProjectList
    band: str
    x: float
    y: float


def draw_lists(
    genealogy: Genealogy, scale: Scale, top: float
) -> tuple[tuple[DrawnList, ...], tuple[DrawnFlow, ...], float]:
    """Return the lists and flows below a height, and where they end."""
    if not genealogy.lists:
        return (), (), top
    unit = HIGH / max(each.count for each in genealogy.lists)
    known = {each.link.address: each for each in genealogy.lists}
    edges = {
        address: (scale.x(each.start) + INSET, scale.x(each.end) - INSET, each.count * unit)
        for address, each in known.items()
    }
    lists = tuple(_list(each, edges[each.link.address], top) for each in genealogy.lists)
    flows = tuple(
        _flow(flow, known, (edges[flow.earlier][1], edges[flow.later][0]), (unit, top))
        for flow in genealogy.flows
        if flow.earlier in known and flow.later in known and edges[flow.earlier][1] < edges[flow.later][0]
    )
    return lists, flows, top + HIGH + LABEL


def _list(entries: ProjectList, edges: tuple[float, float, float], top: float) -> DrawnList:
    left, right, high = edges
    return DrawnList(
        entries,
        rounded(left, top, right - left, max(high, 2.0)),
        right - left > WIDE,
        (left + right) / 2,
        top + high / 2,
        top + high + LABEL * 0.7,
    )


def _flow(
    flow: Flow, known: dict[str, ProjectList], edges: tuple[float, float], heights: tuple[float, float]
) -> DrawnFlow:
    (left, right), (unit, top) = edges, heights
    leaves, arrives = flow.left * unit, flow.arrived * unit
    middle = (left + right) / 2
    band = (
        f"M{left:.1f} {top:.1f}L{right:.1f} {top:.1f}L{right:.1f} {top + arrives:.1f}"
        f"C{middle:.1f} {top + arrives:.1f} {middle:.1f} {top + leaves:.1f} {left:.1f} {top + leaves:.1f}z"
    )
    return DrawnFlow(flow, known[flow.earlier], known[flow.later], band, middle, top + (leaves + arrives) / 4)
