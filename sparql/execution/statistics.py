"""What a pool has done since it began, for those who watch the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PoolStatistics:
    """The workers and queries of this moment, and counts since the start: answers, refusals, lost workers."""

    workers: int
    busy: int
    waiting: int
    answered: int
    refused: Mapping[str, int]
    replaced: int


@dataclass
class Tally:
    """The counts that a pool keeps: refusals by the slug of their reason."""

    answered: int = 0
    replaced: int = 0
    refused: Counter[str] = field(default_factory=Counter)
