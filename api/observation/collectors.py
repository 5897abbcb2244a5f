"""What is read only when somebody asks for it: the pools of workers, the caches and the published store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from graph_builder.folders import Folders
from sparql.execution.statistics import PoolStatistics


class Cache(Protocol):
    """What counts how it is used: see `Bounded`."""

    hits: int
    misses: int

    @property
    def size(self) -> int:
        """The bytes that are taken."""


class PoolCollector(Collector):
    """The statistics of each pool, under its name."""

    def __init__(self, pools: Mapping[str, Callable[[], PoolStatistics]]) -> None:
        self._pools = pools

    def collect(self) -> Iterator[Metric]:
        """Yield one family for each figure of `PoolStatistics`."""
        workers = GaugeMetricFamily("keifu_pool_workers", "Worker processes alive.", labels=["pool"])
        busy = GaugeMetricFamily("keifu_pool_busy", "Workers that have a query.", labels=["pool"])
        waiting = GaugeMetricFamily("keifu_pool_waiting", "Queries without a worker.", labels=["pool"])
        answered = CounterMetricFamily("keifu_pool_answered", "Queries answered.", labels=["pool"])
        refused = CounterMetricFamily(
            "keifu_pool_refused", "Queries refused, by reason.", labels=["pool", "reason"]
        )
        replaced = CounterMetricFamily(
            "keifu_pool_replaced", "Workers killed or lost, and made anew.", labels=["pool"]
        )
        for name, statistics in self._pools.items():
            now = statistics()
            workers.add_metric([name], now.workers)
            busy.add_metric([name], now.busy)
            waiting.add_metric([name], now.waiting)
            answered.add_metric([name], now.answered)
            for reason, count in now.refused.items():
                refused.add_metric([name, reason], count)
            replaced.add_metric([name], now.replaced)
        yield from (workers, busy, waiting, answered, refused, replaced)


class CacheCollector(Collector):
    """What is kept in memory, under the name of each cache."""

    def __init__(self, caches: Mapping[str, Cache]) -> None:
        self._caches = caches

    def collect(self) -> Iterator[Metric]:
        """Yield how often a cache had what was asked for, how often not, and the bytes that it takes."""
        hits = CounterMetricFamily("keifu_cache_hits", "Asked for, and kept.", labels=["cache"])
        misses = CounterMetricFamily("keifu_cache_misses", "Asked for, and not kept.", labels=["cache"])
        size = GaugeMetricFamily("keifu_cache_bytes", "Bytes kept.", labels=["cache"])
        for name, cache in self._caches.items():
            hits.add_metric([name], cache.hits)
            misses.add_metric([name], cache.misses)
            size.add_metric([name], cache.size)
        yield from (hits, misses, size)


class DatasetCollector(Collector):
    """Which dataset is published, and since when."""

    def __init__(self, folders: Folders) -> None:
        self._switch = folders.store

    def collect(self) -> Iterator[Metric]:
        """Yield the version and the moment of the switch; nothing where nothing is published."""
        published = InfoMetricFamily("keifu_dataset", "The published dataset.")
        since = GaugeMetricFamily("keifu_store_published_timestamp_seconds", "When the switch was made.")
        store = published_store(self._switch)
        if store is not None:
            published.add_metric([], {"version": version_of(store), "store": store.name})
            since.add_metric([], self._switch.lstat().st_mtime)
        yield from (published, since)


def published_store(switch: Path) -> Path | None:
    """Return the directory that the switch points to; None where there is none."""
    try:
        return switch.resolve(strict=True)
    except OSError:
        return None


def version_of(store: Path) -> str:
    """Return the version of the dataset from the name of its store, `<version>-<n>`."""
    return store.name.rpartition("-")[0]
