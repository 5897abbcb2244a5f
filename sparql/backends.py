"""What answers a query: one small protocol, so that the embedded store can be exchanged."""

from __future__ import annotations

from typing import Protocol

from sparql.protocol import Answer, Query


class Backend(Protocol):
    """Anything that answers queries within bounds; `sparql.execution.pool.Pool` is one."""

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer, or raise `RefusalError`."""
