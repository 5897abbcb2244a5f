"""What a pool of workers has done, and what it is doing: plain counts for who runs the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PoolStatistics:
    """One pool at one moment; what is counted is counted since its start.

    `workers` are alive, `busy` of them have a query, `waiting` queries have no worker yet. `refused` counts
    by the slug of the reason, `replaced` the workers that were killed or lost and made anew.
    """

    workers: int
    busy: int
    waiting: int
    answered: int
    refused: Mapping[str, int]
    replaced: int


@dataclass
class Tally:
    """The running counts of a pool; a query that nobody waits for any more is not counted."""

    answered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    replaced: int = 0
