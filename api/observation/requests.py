"""The requests that were answered, as plain counts: every request is counted, and few people ask."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
BOUNDS = (*(str(seconds) for seconds in SECONDS), "+Inf")


@dataclass(slots=True)
class Durations:
    """How long the requests of one route took: their number between two bounds, and the sum."""

    numbers: list[int] = field(default_factory=lambda: [0] * len(BOUNDS))
    total: float = 0.0


class RequestCounts(Collector):
    """Counts by route, method and status, and durations by route."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._durations: dict[str, Durations] = {}

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests[route, method, status] += 1
        durations = self._durations.get(route)
        if durations is None:
            durations = self._durations[route] = Durations()
        durations.numbers[bisect_left(SECONDS, seconds)] += 1
        durations.total += seconds

    def collect(self) -> Iterator[Metric]:
        """Yield the counts, and the durations added up from bound to bound, as Prometheus has them."""
        requests = CounterMetricFamily(
            "keifu_requests", "Requests answered.", labels=["route", "method", "status"]
        )
        for (route, method, status), number in self._requests.items():
            requests.add_metric([route, method, str(status)], number)
        took = HistogramMetricFamily(
            "keifu_request_seconds",
            "Seconds from the head of a request to the end of its answer.",
            labels=["route"],
        )
        for route, durations in self._durations.items():
            buckets = list(zip(BOUNDS, accumulate(durations.numbers), strict=True))
            took.add_metric([route], buckets, durations.total)
        yield from (requests, took)
