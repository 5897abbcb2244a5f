"""What a process and all below it take: memory and CPU, read from /proc."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Resident and proportional set size in MiB; pages that processes share count in the first for each."""

    resident: float
    proportional: float


def family(pid: int) -> list[int]:
    """A process and all processes below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in family(int(child)))]


def memory(pid: int) -> Memory:
    """The memory of a process and all below it."""
    sizes = {"Rss:": 0, "Pss:": 0}
    for member in family(pid):
        for line in _lines(Path(f"/proc/{member}/smaps_rollup")):
            name, amount = line.split()[:2]
            if name in sizes:
                sizes[name] += int(amount)
    return Memory(round(sizes["Rss:"] / 1024, 1), round(sizes["Pss:"] / 1024, 1))


def cpu_seconds(pid: int) -> float:
    """The CPU seconds of a process and all below it, also those that ended."""
    return sum(_ticks(member) for member in family(pid)) / TICKS


class Peak(threading.Thread):
    """Samples the resident memory of a process and all below it every 100 ms, in MiB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.megabytes = pid, 0.0
        self._ended = threading.Event()
        self.start()

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(_resident, family(self.pid))) / MEGABYTE)

    def stop(self) -> float:
        """End sampling; return the peak."""
        self._ended.set()
        self.join()
        return round(self.megabytes, 1)


def _resident(pid: int) -> int:
    fields = next(iter(_lines(Path(f"/proc/{pid}/statm"))), "0 0").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def _ticks(pid: int) -> int:
    """User and system time of a process and of its children that have ended, in clock ticks."""
    line = next(iter(_lines(Path(f"/proc/{pid}/stat"))), "")
    # The name in parentheses may contain spaces; utime, stime, cutime and cstime are fields 14 to 17.
    return sum(map(int, line.rpartition(")")[2].split()[11:15]))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
