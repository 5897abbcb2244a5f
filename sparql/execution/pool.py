"""A pool of worker processes on the published store: bounded, killable, and it follows the switch."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
from pathlib import Path

from sparql.execution.faults import out_of_memory
from sparql.execution.frames import Made, Outcome, Task
from sparql.execution.limits import Limits
from sparql.execution.places import Places
from sparql.execution.process import LostWorkerError, WorkerProcess
from sparql.execution.spool import Spool
from sparql.execution.statistics import PoolStatistics, Tally
from sparql.protocol import Answer, Query
from sparql.refusals import Limit, PartnersNeededError, Reason, RefusalError

ATTEMPTS = 3
"""How often a store that was swept away between look-up and answer is looked up again."""


class Pool:
    """Workers that answer queries on the store that `switch` points to at that moment.

    The time of a query runs from its arrival: waiting for a worker counts. At most `queue` queries wait; the
    next one is refused at once. Without a switch the workers have no store: they examine (see `Worker`).
    """

    def __init__(self, switch: Path | None, base: str, limits: Limits, *, workers: int, queue: int) -> None:
        self._switch = switch
        self._target, self._store = "", ""
        self._base = base
        self._limits = limits
        self._size = workers
        self._queue = queue
        self._tally = Tally()
        self._spool = Spool(limits.spool_mb)
        self._places = Places[WorkerProcess]()
        self._workers: set[WorkerProcess] = set()

    def start(self) -> None:
        """Start the workers; they get ready on their own."""
        for _ in range(self._size):
            self._add()

    async def stop(self) -> None:
        """End every worker."""
        await asyncio.gather(*(worker.stop() for worker in self._workers))
        self._workers.clear()
        self._spool.close()

    def statistics(self) -> PoolStatistics:
        """Return what the pool has done since its start, and what it is doing."""
        alive = sum(worker.is_alive() for worker in self._workers)
        busy = len(self._workers) - self._places.idle
        tally = self._tally
        waiting = self._places.waiting
        return PoolStatistics(alive, busy, waiting, tally.answered, dict(tally.refused), tally.replaced)

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer; raises `RefusalError` in every other case, within the time limit."""
        deadline = asyncio.get_running_loop().time() + self._limits.seconds
        try:
            answer = await self._answer(query, deadline)
        except PartnersNeededError:
            raise  # no refusal yet: whoever asks partners decides
        except RefusalError as refusal:
            self._tally.refused[refusal.reason.slug] += 1
            raise
        self._tally.answered += 1
        return answer

    def published(self) -> str:
        """Return the directory of the published store: what the switch points to, or the switch itself.

        It is empty for a pool that only examines.
        """
        if self._switch is None:
            return ""
        try:
            target = os.readlink(self._switch)  # noqa: PTH115  asked for each query, and a Path takes longer
        except OSError as fault:
            if fault.errno == errno.EINVAL:
                return str(self._switch)
            remedy = "Run keifu build, or set KEIFU_OUT to the folder of a build"
            raise RefusalError(Reason.NO_STORE, "there is no published store", remedy) from fault
        if target != self._target:
            self._target, self._store = target, str(self._switch.parent / target)
        return self._store

    async def _answer(self, query: Query, deadline: float) -> Answer:
        worker = await self._free_worker(deadline)
        try:
            return await self._run(worker, query, deadline)
        except LostWorkerError as lost:
            worker = await self._replace(worker)
            raise self._refusal(lost) from lost
        except asyncio.CancelledError:
            worker = await asyncio.shield(self._replace(worker))
            raise
        finally:
            self._places.give(worker)

    async def _run(self, worker: WorkerProcess, query: Query, deadline: float) -> Answer:
        file = self._spool.new_path() if query.may_spool else ""
        try:
            for attempt in range(ATTEMPTS):
                left = deadline - asyncio.get_running_loop().time()
                store = self.published()
                outcome = await worker.run(Task(query, store, left, file))
                if not self._was_swept_away(store, outcome) or attempt == ATTEMPTS - 1:
                    break
        except BaseException:
            self._spool.discard(file)
            raise
        if isinstance(outcome, RefusalError):
            self._spool.discard(file)
            raise outcome
        return self._received(outcome, store, file)

    def _received(self, made: Made, store: str, file: str) -> Answer:
        written = made.written
        long = self._spool.take(file, written.length) if made.is_in_file else None
        return Answer(made.format, written.body, written.digest, store, written.gzip, long)

    def _was_swept_away(self, store: str, outcome: Outcome) -> bool:
        """Whether a query failed because its store was removed: two builds were published meanwhile.

        What is left of such a store cannot be opened, or breaks the engine in the middle of a query.
        """
        if not isinstance(outcome, RefusalError):
            return False
        return outcome.reason is Reason.NO_STORE or (
            outcome.reason is Reason.BROKEN and self.published() != store
        )

    async def _free_worker(self, deadline: float) -> WorkerProcess:
        worker = self._places.take() or await self._wait(deadline)
        return worker if worker.is_alive() else await self._replace(worker)

    async def _wait(self, deadline: float) -> WorkerProcess:
        if self._places.waiting >= self._queue:
            raise self._busy(f"{self._places.waiting} queries are waiting already")
        try:
            return await self._places.wait(deadline)
        except TimeoutError as fault:
            raise self._busy(f"no worker was free for {self._limits.seconds:g} seconds") from fault

    def _add(self) -> None:
        worker = WorkerProcess.start(self._limits, self._base)
        self._workers.add(worker)
        self._places.give(worker)

    async def _replace(self, worker: WorkerProcess) -> WorkerProcess:
        self._tally.replaced += 1
        self._workers.discard(worker)
        fresh = WorkerProcess.start(self._limits, self._base)
        self._workers.add(fresh)
        await worker.stop()
        return fresh

    def _busy(self, what: str) -> RefusalError:
        limit = Limit("KEIFU_QUEUE", self._queue, "queries")
        return RefusalError(Reason.BUSY, what, "Try again in a moment", limit=limit)

    def _refusal(self, lost: LostWorkerError) -> RefusalError:
        if lost.late:
            limit = Limit("KEIFU_QUERY_SECONDS", self._limits.seconds, "s")
            remedy = "Ask for less: add LIMIT, or join on fewer variables"
            what = f"the query did not end within {self._limits.seconds:g} seconds"
            return RefusalError(Reason.OUT_OF_TIME, what, remedy, limit=limit)
        if lost.signal == signal.SIGABRT:
            return out_of_memory(self._limits)
        what = f"the query ended its worker (signal {lost.signal})"
        return RefusalError(Reason.CRASHED, what, "Ask a simpler query: it may be nested too deeply")
