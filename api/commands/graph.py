"""The published graph for one command: a worker of its own, with the bounds of the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from api.settings import Settings
from graph_builder.folders import Folders
from sparql.backends import Backend
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool

T = TypeVar("T")


def with_graph(out: Path, settings: Settings, work: Callable[[Backend], Awaitable[T]]) -> T:
    """Return what `work` makes of the graph that is published below `out`."""

    async def run() -> T:
        limits = Limits(settings.query_seconds, settings.query_memory_mb, settings.result_mb)
        pool = Pool(Folders(out=out).store, settings.base, limits, workers=1, queue=settings.queue)
        pool.start()
        try:
            return await work(pool)
        finally:
            await pool.stop()

    return asyncio.run(run())
