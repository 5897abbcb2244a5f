"""Who has a worker, and who waits for one: first come, first served."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

Worker = TypeVar("Worker")


class Places(Generic[Worker]):
    """Workers without a query, the last used first, and those who wait because there is none."""

    def __init__(self) -> None:
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()

    @property
    def idle(self) -> int:
        """How many workers have no query."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def take(self) -> Worker | None:
        """Return a worker without a query; None where each has one."""
        return self._idle.pop() if self._idle else None

    async def wait(self, deadline: float) -> Worker:
        """Return the next worker that is given back; raises `TimeoutError` where there is none in time.

        `deadline` is a time of the event loop.
        """
        loop = asyncio.get_running_loop()
        place: asyncio.Future[Worker] = loop.create_future()
        self._waiting.append(place)
        timer = loop.call_at(deadline, _give_up, place)
        try:
            return await place
        except BaseException:
            if place.done() and not place.cancelled() and not place.exception():
                self.give(place.result())  # it came in the moment in which nobody wanted it any more
            raise
        finally:
            timer.cancel()
            if place in self._waiting:
                self._waiting.remove(place)

    def give(self, worker: Worker) -> None:
        """Give a worker back: to the one who waits longest, if anybody does."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)


def _give_up(place: asyncio.Future[Worker]) -> None:
    if not place.done():
        place.set_exception(TimeoutError())
