"""What is killed, and what is full: the service loses the one query at most, and never what is published."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.hostile.fortress import SECONDS, fortress, is_well, is_whole
from tests.serve.processes import ROOT, ServerProcess
from tests.serve.running import BASE, small_folders

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?s ?p ?o } LIMIT 40000"


def ask(server: ServerProcess, query: str) -> httpx.Response:
    return httpx.get(f"{server.address}/sparql", params={"query": query}, timeout=30)


def test_a_killed_worker_costs_its_own_query_alone(built: Folders) -> None:
    with fortress(built) as server, ThreadPoolExecutor(4) as threads:
        slow = [threads.submit(ask, server, SLOW) for _ in range(2)]
        time.sleep(0.5)
        for worker in server.workers():
            os.kill(worker, signal.SIGKILL)
        assert {answer.result().status_code for answer in slow} <= {503, 504}
        assert all(is_whole(answer.result()) for answer in slow)
        assert is_well(server)


def test_a_killed_server_leaves_no_worker_and_what_is_published(built: Folders) -> None:
    with fortress(built) as server, ThreadPoolExecutor(4) as threads:
        workers = server.workers()
        slow = threads.submit(ask, server, SLOW)
        time.sleep(0.3)
        server.process.kill()
        assert isinstance(slow.exception(timeout=20), httpx.TransportError)
        end = time.monotonic() + SECONDS + 3
        while any(is_running(worker) for worker in workers) and time.monotonic() < end:
            time.sleep(0.1)
        assert [worker for worker in workers if is_running(worker)] == []
    with fortress(built) as again:
        assert is_well(again)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


@pytest.mark.parametrize("room", [100_000, 3_000_000], ids=["at the tables", "at the dataset"])
def test_a_full_disk_stops_a_build_and_nothing_that_is_published(tmp_path: Path, room: int) -> None:
    folders = small_folders(tmp_path / "build")
    publish(folders, "before", BASE)
    command = [sys.executable, "-m", "api.cli", "build", "--out", str(folders.out)]
    # What measures the coverage of tests writes a file, too, and would meet the same full disk.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with fortress(folders) as server:
        made = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            check=False,
            capture_output=True,
            timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        )
        assert made.returncode in {1, 2}
        assert b"Traceback" not in made.stderr
        assert "✗" in made.stderr.decode()
        assert httpx.get(f"{server.address}/health").json()["store"] == "before-1"
        assert is_well(server)


def test_a_long_answer_that_finds_no_room_is_refused(built: Folders) -> None:
    with fortress(built, file_size=150_000) as server:
        answer = ask(server, LONG)
        assert (answer.status_code, is_whole(answer)) == (503, True)
        assert is_well(server)
