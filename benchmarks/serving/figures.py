"""Several rounds → one figure each: medians, and ratios within a round."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

Record = dict[str, Any]
QUANTILES = ("p50", "p95", "p99")


def medians(rounds: Sequence[Record]) -> Record:
    """Return throughput, quantiles in ms and CPU ms a request as medians; requests and errors as sums."""
    middle = {
        name: round(statistics.median(each[name] for each in rounds), 3)
        for name in ("throughput", *QUANTILES, "cpu_ms")
    }
    return {**middle, "requests": sum(each["requests"] for each in rounds), "errors": total(rounds, "errors")}


def ratio(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Return the median of the ratios of each round; None where nothing was measured."""
    found = [first / second for first, second in pairs if second]
    return round(statistics.median(found), 2) if found else None


def total(rounds: Iterable[Record], name: str) -> dict[str, int]:
    """Return the counts of all rounds together."""
    counts: Counter[str] = Counter()
    for each in rounds:
        counts.update(each[name])
    return dict(counts)
