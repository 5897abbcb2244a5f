"""How the tests run the service as a process of its own, as who operates it does."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from graph_builder.folders import Folders

ROOT = Path(__file__).resolve().parents[2]
LISTENING = re.compile(r"running on (http://127\.0\.0\.1:\d+)")


@dataclass
class ServerProcess:
    """A server process: its address, and the lines that it has written to its log until now."""

    process: subprocess.Popen[str]
    address: str = ""
    lines: list[str] = field(default_factory=list)

    def log(self) -> list[dict[str, Any]]:
        """Return the log, each line of which must be a JSON object."""
        return [json.loads(line) for line in self.lines]

    def requests(self, count: int) -> list[dict[str, Any]]:
        """Return the lines about requests, once there are so many: the log is written a moment later."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            found = [entry for entry in self.log() if entry["logger"] == "keifu.request"]
            if len(found) >= count:
                return found
            time.sleep(0.05)
        raise AssertionError(f"the log has no {count} requests: {self.lines}")

    def workers(self) -> set[int]:
        """Return the numbers of the worker processes."""
        return {number for number in running_processes() if parent(number) == self.process.pid}

    def memory_mb(self) -> float:
        """Return the memory that the server process alone has in use, in MiB."""
        return resident_mb(self.process.pid)

    def is_ready(self) -> bool:
        """Whether it says that it can answer."""
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.address}/health", timeout=5).status_code == 200
        return False


@contextmanager
def ready_server(
    folders: Folders, file_size: int = resource.RLIM_INFINITY, **settings: object
) -> Iterator[ServerProcess]:
    """Run `keifu serve` as `server_process` does; it answers from the first moment of the block."""
    with server_process(folders, file_size, **settings) as server:
        wait_until(server.is_ready, "the server did not get ready", 60)
        yield server


@contextmanager
def server_process(
    folders: Folders, file_size: int = resource.RLIM_INFINITY, **settings: object
) -> Iterator[ServerProcess]:
    """Run `keifu serve` on a free port until the block ends; a setting is named as in `Settings`.

    `file_size` is the largest file in bytes that it may write: a disk that is full.
    """
    named = {f"KEIFU_{name.upper()}": str(value) for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--out", str(folders.out), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, **named},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (file_size, file_size))
        server = ServerProcess(process)
        reader = threading.Thread(target=_read, args=(server,), daemon=True)
        reader.start()
        with ended(process):
            wait_until(lambda: bool(server.address), "the server did not listen")
            yield server
        reader.join(timeout=20)


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """End a process with the block: it is asked to, and made to after a while."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=20)


def wait_until(condition: Any, otherwise: str, seconds: float = 20) -> None:  # noqa: ANN401  any callable
    """Wait for a condition; a generous bound, after which the test fails."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


def running_processes() -> set[int]:
    """Return the numbers of all processes that have not ended."""
    numbers = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()}
    return {number for number in numbers if state(number) not in {"", "Z", "X"}}


def parent(number: int) -> int:
    """Return the number of the process that started another; 0 where that has ended."""
    fields = _status(number)
    return int(fields[1]) if fields else 0


def state(number: int) -> str:
    """Return the letter of the state of a process; empty where there is none."""
    fields = _status(number)
    return fields[0] if fields else ""


def resident_mb(number: int) -> float:
    """Return the memory that a process has in use, in MiB."""
    pages = int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def _status(number: int) -> list[str]:
    try:
        return (
            Path(f"/proc/{number}/stat")
            .read_text(encoding="ascii", errors="replace")
            .rpartition(")")[2]
            .split()
        )
    except OSError:
        return []


def _read(server: ServerProcess) -> None:
    assert server.process.stderr is not None
    for line in server.process.stderr:
        server.lines.append(line)
        if found := LISTENING.search(line):
            server.address = found[1]
