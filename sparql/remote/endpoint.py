"""A SPARQL 1.1 endpoint as a backend: it stands in the place of our own store."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sparql.execution.pool import Pool
from sparql.protocol import Answer, Query
from sparql.refusals import Reason, RefusalError
from sparql.remote.binding import bound_text
from sparql.remote.faults import ASK_FOR_LESS
from sparql.remote.graphs import Graphs
from sparql.remote.line import Line


@dataclass(frozen=True)
class RemoteEndpoint:
    """A backend that asks an endpoint; a stranger's query is examined first, in a process that is bounded."""

    line: Line
    graphs: Graphs
    seconds: float
    examiners: Pool | None = None

    def start(self) -> None:
        """Start the processes that examine."""
        if self.examiners:
            self.examiners.start()

    async def stop(self) -> None:
        """End the processes, and cut what is under way."""
        if self.examiners:
            await self.examiners.stop()
        await self.line.stop()

    def published(self) -> str:
        """Return what stands in the place of a store's name; the address is nobody's business."""
        return "endpoint"

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer; raises `RefusalError` in every other case, within the time limit."""
        try:
            async with asyncio.timeout(self.seconds):
                return await self.line.answer(await self.graphs.about(await self._sendable(query)))
        except TimeoutError as fault:
            what = f"the query did not end within {self.seconds:g} seconds"
            raise RefusalError(Reason.OUT_OF_TIME, what, ASK_FOR_LESS) from fault

    async def _sendable(self, query: Query) -> Query:
        try:
            text = bound_text(query.text, query.bindings)
        except ValueError as fault:
            remedy = "Mend the address"
            raise RefusalError(Reason.MALFORMED, f"a value is no term: {fault}", remedy) from fault
        plain = query._replace(text=text, bindings=())
        if query.trusted:
            return plain
        if self.examiners is None:
            raise TypeError("there is nobody to examine a stranger's query")
        examined = await self.examiners.answer(plain)
        return plain._replace(text=examined.body.decode())
