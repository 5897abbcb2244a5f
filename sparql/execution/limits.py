"""The bounds of one query, and how a worker process keeps them: the kernel does, not the engine.

The engine has no timeout and no memory limit. So a worker runs under an alarm whose default action ends the
process, and under limits of its computing time and its address space. Where `confinement` is not to be had,
it also runs without a free file number: no socket can be opened, whatever a query contrives.
"""

from __future__ import annotations

import math
import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds on the wall clock, MiB beside the resting process, MiB of answer.

    `spool_mb` is for all long answers together that wait for their readers; `niceness` is how far the
    workers stand back when others want the processor too (nice(2)).
    """

    seconds: float = 10.0
    memory_mb: int = 512
    result_mb: int = 32
    spool_mb: int = 1024
    niceness: int = 0


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
    """End this process, also inside native code, if the block takes longer: on the clock, or computing.

    Whoever started this process may have told it to ignore the signal: `heed_alarms` comes before.
    """
    before = bound_processor(seconds)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)
        signal.setitimer(signal.ITIMER_REAL, 0)


def heed_alarms() -> None:
    """Let an alarm end this process."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def bound_processor(seconds: float) -> tuple[int, int]:
    """Limit what this process, in all its threads, may take of the processor; return the limits before.

    The kernel counts whole seconds since the process began, and one more leaves the alarm the first word.
    """
    before = resource.getrlimit(resource.RLIMIT_CPU)
    hard = before[1]
    limit = math.ceil(time.process_time() + seconds) + 1
    bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (bound, hard))
    return before


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


@contextmanager
def one_more_file() -> Iterator[None]:
    """Within `no_new_files`, let the block open one: for our own code, which runs while the engine waits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft + 1, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
