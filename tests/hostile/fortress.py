"""A server as a process of its own, and an eye on it: what it answers, its memory, who lives."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0
"""The time limit of a query in these tests."""
SETTINGS = {
    "KEIFU_WORKERS": "2",
    "KEIFU_QUERY_SECONDS": str(SECONDS),
    "KEIFU_QUERY_MEMORY_MB": "256",
    "KEIFU_RESULT_MB": "16",
    "KEIFU_SEND_SECONDS": "1",
}


@dataclass(frozen=True)
class Fortress:
    """A running server: its address and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def children(self) -> list[int]:
        """Return the processes that it started and that live."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text("ascii").split()]

    def memory_mb(self) -> float:
        """Return the resident memory of the server process alone, in MiB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def is_well(self) -> bool:
        """Whether the process lives and answers a page and a query."""
        with httpx.Client(base_url=self.address, timeout=20) as client:
            page = client.get("/")
            query = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
        alive = self.process.poll() is None
        return (
            alive and page.status_code == 200 and query.status_code == 200 and query.json()["boolean"] is True
        )


def free_port() -> int:
    """Return a port of loopback that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def fortress(out: Path, file_size: int = resource.RLIM_INFINITY) -> Iterator[Fortress]:
    """Run the service on what is published below `out`; whatever happens, no process stays.

    `file_size` is the largest file in bytes that it may write: a disk that is full.
    """
    port = free_port()
    command = [sys.executable, "-m", "api.cli", "serve", "--out", str(out), "--port", str(port)]
    environment = {**os.environ, **SETTINGS}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (file_size, file_size))
    running = Fortress(f"http://127.0.0.1:{port}", process)
    try:
        wait_until_ready(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def wait_until_ready(running: Fortress) -> None:
    """Return once the server answers; it has twenty seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if httpx.get(f"{running.address}/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server did not get ready within 20 seconds")


def is_whole(answer: httpx.Response) -> bool:
    """Whether an answer is a complete result, or says plainly that it is none."""
    if answer.status_code != 200:
        return answer.headers["content-type"] == "application/problem+json" and answer.json()["status"] > 200
    if "json" not in answer.headers["content-type"]:
        return int(answer.headers["content-length"]) > 0
    return isinstance(json.loads(answer.content), dict)
