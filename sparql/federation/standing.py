"""Where the SERVICEs of a query stand, and which groups around each tell which of its rows matter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sparql.federation.outline import Element, Group, Outline
from sparql.tokens import Token

LEFT_ONLY = {"OPTIONAL", "MINUS"}
"""Elements whose right side changes nothing but the rows on their left that it fits."""


@dataclass(frozen=True)
class Level:
    """A group on the way to a SERVICE, which of its elements leads there, and the term of GRAPH around it."""

    group: Group
    place: int
    graph: Token | None

    @property
    def element(self) -> Element:
        """The element that is the SERVICE, or holds it."""
        return self.group.elements[self.place]


@dataclass(frozen=True)
class Way:
    """How one comes to a group: the groups outside whose rows tell which rows inside matter.

    They start at a query or sub-query, or at the innermost OPTIONAL or MINUS; behind EXISTS there are none.
    """

    levels: tuple[Level, ...] | None = ()
    graph: Token | None = None
    is_nested: bool = False

    def into(self, group: Group, place: int) -> Way:
        """Return the way into an element of the group."""
        element, level = group.elements[place], Level(group, place, self.graph)
        if self.levels is None or element.kind in {"FILTER", "BIND"}:
            levels = None
        else:
            levels = (level,) if element.kind in LEFT_ONLY else (*self.levels, level)
        graph = element.tokens[1] if element.kind == "GRAPH" else self.graph
        return Way(levels, graph, self.is_nested or element.kind == "SERVICE")


@dataclass(frozen=True)
class Service:
    """A SERVICE of an outline: its element, the groups around it, and whether another SERVICE holds it."""

    element: Element
    levels: tuple[Level, ...]
    is_nested: bool

    @property
    def pattern(self) -> Group:
        """The group that the partner is asked for."""
        return self.element.groups[0]

    @property
    def is_silent(self) -> bool:
        """Whether a failure of the partner counts as one empty solution."""
        return self.element.tokens[1].keyword == "SILENT"

    @property
    def written(self) -> tuple[bool, str]:
        """How it is written: whether SILENT, and the name of its endpoint."""
        return self.is_silent, self.element.tokens[2 if self.is_silent else 1].text


def find_services(outline: Outline) -> list[Service]:
    """Return every SERVICE in document order."""
    found: list[Service] = []
    if outline.query.where:
        _find(outline.query.where, Way(), found)
    for other in outline.query.others:
        _find(other, Way(levels=None), found)
    return sorted(found, key=lambda service: service.element.start)


def _find(group: Group, way: Way, found: list[Service]) -> None:
    if group.select is not None:
        if group.select.where:
            _find(group.select.where, replace(way, levels=None if way.levels is None else ()), found)
        for other in group.select.others:
            _find(other, replace(way, levels=None), found)
    for place, element in enumerate(group.elements):
        inner = way.into(group, place)
        if element.kind == "SERVICE":
            found.append(Service(element, inner.levels or (), way.is_nested))
        for each in element.groups:
            _find(each, inner, found)
