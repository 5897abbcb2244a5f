"""The bounds of one query, and how a worker process keeps them: the kernel does, not the engine.

The engine has no timeout, no memory limit and no switch for SERVICE. So a worker runs under an alarm whose
default action ends the process, under a limit of its address space, and without a free file number: no
socket can be opened, whatever a query contrives.
"""

from __future__ import annotations

import io
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds on the wall clock, MiB beside the resting process, MiB of answer."""

    seconds: float = 10.0
    memory_mb: int = 512
    result_mb: int = 32


class ResultTooLargeError(Exception):
    """An answer has outgrown its limit."""


class CappedBuffer(io.BytesIO):
    """A file in memory that takes bytes up to a limit, then raises `ResultTooLargeError`."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, part: ReadableBuffer) -> int:
        """Take one part; the engine writes some kilobytes at a time."""
        written = super().write(part)
        self._left -= written
        if self._left < 0:
            raise ResultTooLargeError
        return written


def bound_memory(mebibytes: int) -> None:
    """Limit the address space of this process to what it has now and `mebibytes` more."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + mebibytes * MEBIBYTE
    resource.setrlimit(
        resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard)
    )


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """End this process, also inside native code, if the block takes longer."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def no_new_files() -> Iterator[None]:
    """Let nothing in the block open a file or a socket: every number below the limit is in use."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
