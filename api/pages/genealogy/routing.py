"""A step → a way from box to box through the gaps: Dijkstra over gutters (between rows) and columns.

A way runs along gutters and crosses a row only where no box stands. No two ways cross a row, or touch a
gutter from above or below, in one column; along a gutter each has a track of its own. So ways cross one
another, but never run over each other or over a box.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import NamedTuple

from api.pages.genealogy.placing import Placed

STEP = 6.0
"""Width of a column in pixels."""
MARGIN = 5.0
"""Least distance in pixels between a way and a box that it passes."""
CROSSING = 24.0
"""What passing a row costs, in pixels of way."""
ASIDE = 0.35
"""What each pixel costs by which a way starts or ends away from the beginning of its box."""
BEHIND = 60.0
"""What it costs to leave or meet a box on the side that faces away from the other one."""

Node = tuple[int, int]
"""A gutter (gutter g lies above row g) and a column."""


@dataclass(frozen=True)
class Way:
    """A way: where it starts, turns and ends, and whether it leaves and arrives on its way down."""

    nodes: tuple[Node, ...]
    leaves_down: bool
    arrives_down: bool

    @property
    def stretches(self) -> list[tuple[Node, Node]]:
        """The pairs of nodes between which the way runs along a gutter."""
        return [(one, other) for one, other in pairwise(self.nodes) if one[0] == other[0]]


class Reached(NamedTuple):
    """How a node was reached: from which one, and on which side the way left its box."""

    before: Node | None
    leaves_down: bool


class Router:
    """Finds one way after another; each leaves less room for the next."""

    def __init__(self, placed: Iterable[Placed], right: float) -> None:
        self._columns = int(right / STEP)
        self._boxes: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        for each in placed:
            self._boxes[each.row].append(each.box.occupies)
        self._rows = max(self._boxes, default=-1) + 1
        self._touched: set[Node] = set()

    def way(self, start: Placed, end: Placed) -> Way | None:
        """Return the cheapest way from one box to another; None where there is no room left."""
        ends = {node: (cost, down) for node, cost, down in self._doors(end, start, arrives=True)}
        found: dict[Node, Reached] = {}
        order = count()
        queue = [
            (cost, next(order), node, Reached(None, down))
            for node, cost, down in self._doors(start, end, arrives=False)
        ]
        heapq.heapify(queue)
        best, last = math.inf, None
        while queue and queue[0][0] < best:
            cost, _, node, reached = heapq.heappop(queue)
            if node in found:
                continue
            found[node] = reached
            if node in ends and cost + ends[node][0] < best:
                best, last = cost + ends[node][0], node
            for further, price in self._neighbours(node):
                onward = Reached(node, reached.leaves_down)
                heapq.heappush(queue, (cost + price, next(order), further, onward))
        if last is None:
            return None
        nodes = _trace(found, last)
        self._occupy(nodes)
        return Way(_turns(nodes), found[last].leaves_down, ends[last][1])

    def _doors(self, placed: Placed, other: Placed, *, arrives: bool) -> Iterable[tuple[Node, float, bool]]:
        """Yield where a way may meet a box: the node, its cost, and whether the way then runs downwards."""
        left, right = placed.box.bar if placed.box.side == "in" else placed.box.occupies
        begins = placed.box.bar[0]
        first, last = int((left + MARGIN) / STEP) + 1, int((right - MARGIN) / STEP)
        for gutter, is_above in ((placed.row, True), (placed.row + 1, False)):
            for column in range(first, last + 1):
                if not self._is_touched((gutter, column)):
                    away = abs(column * STEP - begins) * ASIDE
                    away += BEHIND if (other.row > placed.row) == is_above else 0
                    yield (gutter, column), away, is_above if arrives else not is_above

    def _neighbours(self, node: Node) -> Iterable[tuple[Node, float]]:
        gutter, column = node
        for further in (column - 1, column + 1):
            if 0 < further < self._columns:
                yield (gutter, further), STEP
        for row, further in ((gutter - 1, gutter - 1), (gutter, gutter + 1)):
            if 0 <= row < self._rows and self._is_free(row, column):
                yield (further, column), CROSSING

    def _is_free(self, row: int, column: int) -> bool:
        x = column * STEP
        return not (
            any(left - MARGIN < x < right + MARGIN for left, right in self._boxes[row])
            or self._is_touched((row, column))
            or self._is_touched((row + 1, column))
        )

    def _is_touched(self, node: Node) -> bool:
        gutter, column = node
        return any((gutter, near) in self._touched for near in (column - 1, column, column + 1))

    def _occupy(self, nodes: Sequence[Node]) -> None:
        self._touched.update((nodes[0], nodes[-1]))
        for one, other in pairwise(nodes):
            if one[0] != other[0]:
                self._touched.update((one, other))


def tracks(ways: Sequence[Way]) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Return the track of each stretch along a gutter (way, gutter → track), and how many each gutter has.

    Two stretches of a gutter that share a column have different tracks.
    """
    stretches: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, way in enumerate(ways):
        for one, other in way.stretches:
            left, right = sorted((one[1], other[1]))
            stretches[one[0]].append((left, right, number))
    found: dict[tuple[int, int], int] = {}
    counts: dict[int, int] = {}
    for gutter, entries in stretches.items():
        free_from: list[int] = []
        for left, right, number in sorted(entries):
            track = next((each for each, free in enumerate(free_from) if free < left), len(free_from))
            if track == len(free_from):
                free_from.append(0)
            free_from[track] = right
            found[number, gutter] = track
        counts[gutter] = len(free_from)
    return found, counts


def _trace(found: dict[Node, Reached], last: Node) -> list[Node]:
    nodes: list[Node] = []
    node: Node | None = last
    while node is not None:
        nodes.append(node)
        node = found[node].before
    return nodes[::-1]


def _turns(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return the nodes without those in the middle of a straight stretch along a gutter."""
    kept = [
        node
        for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False)
        if not before[0] == node[0] == after[0]
    ]
    return (nodes[0], *kept, nodes[-1]) if len(nodes) > 1 else tuple(nodes)
