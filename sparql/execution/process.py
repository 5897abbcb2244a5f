"""One worker process as the pool sees it: a socket that answers in time, or is gone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from sparql.execution.frames import Outcome, Task, pack_task, unpack_outcome
from sparql.execution.limits import Limits
from sparql.execution.line import Line

ROOT = Path(__file__).resolve().parent.parent.parent
GRACE = 0.5
"""Seconds that a worker has beyond those of its query to end itself, before it is killed from outside."""


class LostWorkerError(Exception):
    """A worker ended in the middle of a query: by which signal, and whether its time was over."""

    def __init__(self, number: int, *, late: bool) -> None:
        super().__init__(f"a worker ended with signal {number}")
        self.signal = number
        self.late = late


class WorkerProcess:
    """A started worker; it is used for one task at a time, and thrown away once a task went wrong."""

    def __init__(self, process: subprocess.Popen[bytes], connection: socket.socket) -> None:
        self._process = process
        self._connection = connection
        self._line: Line | None = None

    @classmethod
    def start(cls, limits: Limits, base: str) -> WorkerProcess:
        """Start a process; it gets ready while its first task is already on the way."""
        ours, theirs = socket.socketpair()
        settings = json.dumps({"limits": asdict(limits), "base": base})
        number = str(theirs.fileno())
        with theirs:
            # Few arenas: each one reserves 64 MiB of the address space that the limit counts.
            process = subprocess.Popen(  # noqa: S603  our own module, no shell
                [sys.executable, "-m", "sparql.execution.worker", number, settings],
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env={**os.environ, "MALLOC_ARENA_MAX": "2"},
                stdin=subprocess.DEVNULL,
            )
        return cls(process, ours)

    async def run(self, task: Task) -> Outcome:
        """Return the outcome of a task; raises `LostWorkerError`, after which the worker is of no use."""
        loop = asyncio.get_running_loop()
        end = loop.time() + task.seconds + GRACE
        timer = loop.call_at(end, self._process.kill)
        try:
            return await self._exchange(task)
        except OSError as fault:
            number = -await asyncio.to_thread(self._process.wait)
            late = number in {signal.SIGALRM, signal.SIGXCPU} or loop.time() >= end
            raise LostWorkerError(number, late=late) from fault
        finally:
            timer.cancel()

    def is_alive(self) -> bool:
        """Whether the process is still there; an idle one may have been ended from outside."""
        return self._process.poll() is None if self._line is None else not self._line.is_lost

    async def stop(self) -> None:
        """End the process, whatever it does, and close the socket."""
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        if self._line:
            await self._line.close()
        self._connection.close()

    async def _exchange(self, task: Task) -> Outcome:
        if self._line is None:
            self._line = await Line.on(self._connection)
        return unpack_outcome(*await self._line.exchange(pack_task(task)))
