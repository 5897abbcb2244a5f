"""Flows between two columns of nodes → where everything stands in a picture, in the units of its view box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

WIDTH = 960
NODE = 12
MARGIN = 300
"""Room for the names at either side."""
GAP = 16
"""Room between two nodes; a line of text fits in it, so that names never touch."""
HEIGHT = 460
"""What all flows of one side take up together, without the gaps."""
TOP = 8


@dataclass(frozen=True)
class Node(Generic[Key]):
    """A node: its left upper corner and its height; `total` is the sum of its flows."""

    key: Key
    total: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True)
class Flow(Generic[Key]):
    """A flow: the path of its middle line, and how wide it is drawn."""

    source: Key
    target: Key
    value: int
    path: str
    width: float


@dataclass(frozen=True)
class Sankey(Generic[Key]):
    """A picture that is laid out."""

    width: int
    height: float
    sources: tuple[Node[Key], ...]
    targets: tuple[Node[Key], ...]
    flows: tuple[Flow[Key], ...]


def lay_out(
    values: Mapping[tuple[Key, Key], int], sources: Sequence[Key], targets: Sequence[Key]
) -> Sankey[Key]:
    """Return the picture of some values; nodes keep the order given, and one without a flow is left out."""
    scale = HEIGHT / max(1, sum(values.values()))
    left = _column(sources, _totals((source, value) for (source, _), value in values.items()), MARGIN, scale)
    end = WIDTH - MARGIN - NODE
    right = _column(targets, _totals((target, value) for (_, target), value in values.items()), end, scale)
    used: defaultdict[tuple[str, Key], float] = defaultdict(float)
    flows = []
    for source in left:
        for target in right:
            value = values.get((source.key, target.key), 0)
            if not value:
                continue
            width = value * scale
            start = source.y + used["source", source.key] + width / 2
            stop = target.y + used["target", target.key] + width / 2
            used["source", source.key] += width
            used["target", target.key] += width
            path = _path(source.x + NODE, start, target.x, stop)
            flows.append(Flow(source.key, target.key, value, path, round(width, 2)))
    height = max((node.y + node.height for node in (*left, *right)), default=0.0) + GAP
    return Sankey(WIDTH, round(height, 1), left, right, tuple(flows))


def _totals(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    totals: defaultdict[Key, int] = defaultdict(int)
    for key, value in pairs:
        totals[key] += value
    return totals


def _column(keys: Sequence[Key], totals: Mapping[Key, int], x: float, scale: float) -> tuple[Node[Key], ...]:
    nodes, y = [], float(TOP)
    for key in keys:
        if total := totals.get(key, 0):
            nodes.append(Node(key, total, x, round(y, 2), round(total * scale, 2)))
            y += total * scale + GAP
    return tuple(nodes)


def _path(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.2f}C{middle:.1f} {y1:.2f} {middle:.1f} {y2:.2f} {x2:.1f} {y2:.2f}"
