"""A pool of worker processes on the published store: bounded, killable, and it follows the switch."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from sparql.execution.frames import Task
from sparql.execution.limits import Limits
from sparql.execution.process import LostWorkerError, WorkerProcess
from sparql.execution.worker import out_of_memory
from sparql.protocol import Answer, Query
from sparql.refusals import Reason, RefusalError

ATTEMPTS = 3
"""How often a store that was swept away between look-up and answer is looked up again."""


class Pool:
    """Workers that answer queries on the store that `switch` points to at that moment.

    The time of a query runs from its arrival: waiting for a worker counts. At most `queue` queries wait; the
    next one is refused at once. Without a switch the workers have no store: they examine (see `Worker`).
    """

    def __init__(self, switch: Path | None, base: str, limits: Limits, *, workers: int, queue: int) -> None:
        self._switch = switch
        self._base = base
        self._limits = limits
        self._size = workers
        self._queue = queue
        self._waiting = 0
        self._idle: asyncio.LifoQueue[WorkerProcess] = asyncio.LifoQueue()
        self._workers: set[WorkerProcess] = set()

    def start(self) -> None:
        """Start the workers; they get ready on their own."""
        for _ in range(self._size):
            self._add()

    async def stop(self) -> None:
        """End every worker."""
        await asyncio.gather(*(worker.stop() for worker in self._workers))
        self._workers.clear()

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer; raises `RefusalError` in every other case, within the time limit."""
        deadline = asyncio.get_running_loop().time() + self._limits.seconds
        worker = await self._free_worker()
        try:
            outcome = await self._run(worker, query, deadline)
        except LostWorkerError as lost:
            worker = await self._replace(worker)
            raise self._refusal(lost) from lost
        except asyncio.CancelledError:
            worker = await asyncio.shield(self._replace(worker))
            raise
        finally:
            self._idle.put_nowait(worker)
        if isinstance(outcome, RefusalError):
            raise outcome
        return outcome

    async def _run(self, worker: WorkerProcess, query: Query, deadline: float) -> Answer | RefusalError:
        for attempt in range(ATTEMPTS):
            left = deadline - asyncio.get_running_loop().time()
            store = self.published()
            outcome = await worker.run(Task(query, store, left))
            if not self._was_swept_away(store, outcome) or attempt == ATTEMPTS - 1:
                break
        return outcome

    def _was_swept_away(self, store: str, outcome: Answer | RefusalError) -> bool:
        """Whether a query failed because its store was removed: two builds were published meanwhile.

        What is left of such a store cannot be opened, or breaks the engine in the middle of a query.
        """
        if not isinstance(outcome, RefusalError):
            return False
        return outcome.reason is Reason.NO_STORE or (
            outcome.reason is Reason.BROKEN and self.published() != store
        )

    def published(self) -> str:
        """Return the directory of the published store; empty for a pool that only examines."""
        if self._switch is None:
            return ""
        try:
            return str(self._switch.resolve(strict=True))
        except OSError as fault:
            remedy = "Run keifu build, or set KEIFU_OUT to the folder of a build"
            raise RefusalError(Reason.NO_STORE, "there is no published store", remedy) from fault

    async def _free_worker(self) -> WorkerProcess:
        if self._idle.empty() and self._waiting >= self._queue:
            raise RefusalError(
                Reason.BUSY, f"{self._waiting} queries are waiting already", "Try again in a moment"
            )
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                worker = await self._idle.get()
        except TimeoutError as fault:
            what = f"no worker was free for {self._limits.seconds:g} seconds"
            raise RefusalError(Reason.BUSY, what, "Try again in a moment") from fault
        finally:
            self._waiting -= 1
        return worker if worker.is_alive() else await self._replace(worker)

    def _add(self) -> None:
        worker = WorkerProcess.start(self._limits, self._base)
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    async def _replace(self, worker: WorkerProcess) -> WorkerProcess:
        self._workers.discard(worker)
        fresh = WorkerProcess.start(self._limits, self._base)
        self._workers.add(fresh)
        await worker.stop()
        return fresh

    def _refusal(self, lost: LostWorkerError) -> RefusalError:
        if lost.late:
            remedy = "Ask for less: add LIMIT, or join on fewer variables"
            what = f"the query did not end within {self._limits.seconds:g} seconds"
            return RefusalError(Reason.OUT_OF_TIME, what, remedy)
        if lost.signal == signal.SIGABRT:
            return out_of_memory(self._limits)
        what = f"the query ended its worker (signal {lost.signal})"
        return RefusalError(Reason.CRASHED, what, "Ask a simpler query: it may be nested too deeply")
