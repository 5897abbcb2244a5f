"""The counts of one application, as Prometheus reads them; every application has its own registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Gauge, ProcessCollector
from prometheus_client.exposition import choose_encoder

from api.observation.collectors import Cache, CacheCollector, DatasetCollector, PoolCollector
from api.observation.requests import RequestCounts
from graph_builder.folders import Folders
from sparql.execution.statistics import PoolStatistics

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
"""Methods that are counted by their name; any other counts as `other`, so no client can add a series."""


class Metrics:
    """What is counted while requests are answered, and what is read when somebody asks."""

    def __init__(
        self,
        folders: Folders,
        pools: Mapping[str, Callable[[], PoolStatistics]],
        caches: Mapping[str, Cache],
    ) -> None:
        self._registry = CollectorRegistry()
        self._requests = RequestCounts()
        self._registry.register(self._requests)
        self._under_way = 0
        gauge = Gauge("keifu_requests_in_flight", "Requests under way.", registry=self._registry)
        gauge.set_function(lambda: self._under_way)
        self._registry.register(PoolCollector(pools))
        self._registry.register(CacheCollector(caches))
        self._registry.register(DatasetCollector(folders))
        ProcessCollector(registry=self._registry)

    def begin(self) -> None:
        """Count a request as under way; `end` follows."""
        self._under_way += 1

    def end(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that has ended, by the template of its route."""
        self._under_way -= 1
        method = method if method in METHODS else "other"
        self._requests.add(route, method, status, seconds)

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """Return everything that is counted, and its media type: OpenMetrics where `accept` asks for it."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type
