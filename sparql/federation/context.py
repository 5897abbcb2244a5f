"""What surrounds a SERVICE, as a query of its own: only its bindings are sent to the partner.

A row of the partner may be left out if no row of the answer can extend it. Take for the keys variables that
every row of the partner binds. Take for the context patterns such that every row of the answer into which a
row of the partner goes extends one row of theirs, which binds every key. Then both bind the keys alike, and a
row whose keys are not among the bindings of the context changes nothing. A context keeps, in each group from
the outermost to that of the SERVICE,

- what is joined, wherever it stands; but around an OPTIONAL or MINUS that holds the SERVICE only what is on
  its left, and nothing from the groups outside: a row on the left stays when none fits it;
- OPTIONAL, MINUS and BIND before the SERVICE while nothing before them was left out: what they add or take
  away depends on the whole row;
- FILTER whose variables every row binds.

It leaves out what may differ from one evaluation to the next, and what waits for another partner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from sparql.federation.outline import Element, Group
from sparql.federation.scope import certain, in_scope, mentioned
from sparql.federation.standing import LEFT_ONLY, Level, Service

JOINED = {"TRIPLES", "GROUP", "GRAPH", "VALUES", "SERVICE"}
UNSTEADY = re.compile(r"\b(rand|now|uuid|struuid|bnode|limit|offset|sample|group_concat)\b", re.IGNORECASE)
NOTHING = "{} "
"""The empty group joins with everything, and keeps apart what stood on both sides."""
EXISTS = re.compile(r"\bexists\b", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """The variables whose bindings are sent, and the pattern that has them; both empty where there are none.

    A number among the pieces stands for the rows of an earlier SERVICE.
    """

    keys: tuple[str, ...] = ()
    pieces: tuple[str | int, ...] = ()


def surroundings(service: Service, earlier: Sequence[Service], text: str) -> Context:
    """Return the context of a SERVICE in a text; `earlier` are the ones whose rows are known by then."""
    if not service.levels or UNSTEADY.search(_text(service.element, text)):
        return Context()
    writer = _Writer(text, earlier)
    writer.write_all(service.levels)
    keys = certain(service.pattern) & writer.variables
    return Context(tuple(sorted(keys)), tuple(writer.pieces)) if keys else Context()


class _Writer:
    """Writes a context piece by piece."""

    def __init__(self, text: str, earlier: Sequence[Service]) -> None:
        self._text = text
        self._earlier = earlier
        self.pieces: list[str | int] = []
        self.variables: frozenset[str] = frozenset()

    def write_all(self, levels: tuple[Level, ...]) -> None:
        """Write the groups from the outermost; a variable of GRAPH outside of them is not theirs."""
        graph = levels[0].graph
        if graph is None:
            self._write(levels)
            return
        free = next(name for name in map("graph{}".format, count()) if name not in mentioned(self._text))
        self.pieces.append(f"{{ GRAPH {f'?{free}' if graph.variable else graph.text} ")
        self._write(levels)
        self.pieces.append("} ")

    def _write(self, levels: tuple[Level, ...]) -> None:
        level, *inner = levels
        kept = self._kept(level)
        self.pieces.append("{ ")
        for place, element in enumerate(level.group.elements):
            if place == level.place and inner:
                self._step_into(element, tuple(inner))
            elif place == level.place:
                self.pieces.append(NOTHING)
            elif place in kept:
                self._copy(element)
            else:
                self.pieces.append("FILTER(true) " if element.kind == "FILTER" else NOTHING)
        self.pieces.append("} ")

    def _step_into(self, element: Element, inner: tuple[Level, ...]) -> None:
        if element.kind == "GRAPH":
            self.pieces.append(f"GRAPH {element.tokens[1].text} ")
            self.variables |= {element.tokens[1].variable} - {""}
        self._write(inner)

    def _copy(self, element: Element) -> None:
        at = element.start
        for number, service in enumerate(self._earlier):
            if element.start <= service.element.start < element.end:
                self.pieces += [self._text[at : service.element.start], number]
                self.variables |= in_scope(service.pattern)
                at = service.element.end
        self.pieces += [self._text[at : element.end], " "]
        if element.kind != "FILTER":
            self.variables |= mentioned(self._text[element.start : element.end])

    def _kept(self, level: Level) -> set[int]:
        kept: set[int] = set()
        is_whole = True
        for place, element in enumerate(level.group.elements):
            if place == level.place:
                is_whole = False
            elif element.kind != "FILTER":
                if self._is_kept(element, level, is_whole=is_whole, is_left=place < level.place):
                    kept.add(place)
                else:
                    is_whole = False
        bound = frozenset[str]().union(
            *(certain(Group((), (level.group.elements[place],))) for place in kept)
        )
        return kept | {
            place
            for place, element in enumerate(level.group.elements)
            if element.kind == "FILTER" and self._is_steady_filter(element, bound)
        }

    def _is_kept(self, element: Element, level: Level, *, is_whole: bool, is_left: bool) -> bool:
        if UNSTEADY.search(_text(element, self._text)) or self._waits(element):
            return False
        if element.kind in JOINED:
            return is_left or level.element.kind not in LEFT_ONLY
        return is_whole

    def _waits(self, element: Element) -> bool:
        """Whether an element needs the rows of a partner that are not known yet."""
        known = {service.element.start for service in self._earlier}
        return any(start not in known for start in _services_in(element))

    def _is_steady_filter(self, element: Element, bound: frozenset[str]) -> bool:
        text = _text(element, self._text)
        return mentioned(text) <= bound and not UNSTEADY.search(text) and not EXISTS.search(text)


def _services_in(element: Element) -> list[int]:
    return [token.start for token in element.tokens if token.keyword == "SERVICE"]


def _text(element: Element, text: str) -> str:
    return text[element.start : element.end]
