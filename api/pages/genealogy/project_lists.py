"""The lists of projects: a bar as high as the list is long, and bands for what goes on into the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.pages.genealogy.outlines import rounded
from api.pages.genealogy.reading import Flow, Genealogy, ProjectList

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
    genealogy: Genealogy, x: Callable[[float], float], top: float
) -> tuple[tuple[DrawnList, ...], tuple[DrawnFlow, ...], float]:
    """Return the lists and flows below a height, and where they end."""
    if not genealogy.lists:
        return (), (), top
    scale = HIGH / max(each.count for each in genealogy.lists)
    known = {each.link.address: each for each in genealogy.lists}
    edges = {
        address: (x(each.start) + INSET, x(each.end) - INSET, each.count * scale)
        for address, each in known.items()
    }
    lists = tuple(
        DrawnList(
            each,
            rounded(left, top, right - left, max(high, 2.0)),
            right - left > WIDE,
            (left + right) / 2,
            top + high / 2,
            top + high + LABEL * 0.7,
        )
        for each, (left, right, high) in ((each, edges[each.link.address]) for each in genealogy.lists)
    )
    flows = tuple(
        _flow(flow, known, edges, scale, top)
        for flow in genealogy.flows
        if flow.earlier in known
        and flow.later in known
        and edges[flow.earlier][1] < edges[flow.later][0]
    )
    return lists, flows, top + HIGH + LABEL


def _flow(
    flow: Flow,
    known: dict[str, ProjectList],
    edges: dict[str, tuple[float, float, float]],
    scale: float,
    top: float,
) -> DrawnFlow:
    left, right = edges[flow.earlier][1], edges[flow.later][0]
    leaves, arrives = flow.left * scale, flow.arrived * scale
    middle = (left + right) / 2
    band = (
        f"M{left:.1f} {top:.1f}L{right:.1f} {top:.1f}L{right:.1f} {top + arrives:.1f}"
        f"C{middle:.1f} {top + arrives:.1f} {middle:.1f} {top + leaves:.1f} {left:.1f} {top + leaves:.1f}z"
    )
    return DrawnFlow(
        flow, known[flow.earlier], known[flow.later], band, middle, top + (leaves + arrives) / 4
    )
