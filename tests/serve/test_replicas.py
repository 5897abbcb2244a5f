"""Several servers serve one published store, and follow a publication together."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx

from graph_builder.folders import ROOT
from graph_builder.publication import publish
from tests.serve.endpoints import free_port
from tests.serve.running import BASE, small_folders

PATHS = ("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "/doc/070009/entry/small.1", "/questions")


@contextmanager
def server(out: Path) -> Iterator[str]:
    """Run the command in a process of its own; gives its address once it is ready."""
    port = free_port()
    command = [sys.executable, "-m", "api.cli", "serve", "--out", str(out), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield ready(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=20)


def ready(address: str) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(httpx.TransportError):
            if httpx.get(f"{address}/health", timeout=10).status_code == 200:
                return address
        time.sleep(0.05)
    raise AssertionError("the server was not ready within a minute")


def test_two_servers_of_one_store_answer_everything_while_builds_are_published(tmp_path: Path) -> None:
    folders = small_folders(tmp_path / "build")
    publish(folders, "v", BASE)
    statuses: dict[str, list[int]] = {}
    done = threading.Event()

    def ask(address: str) -> None:
        with httpx.Client(base_url=address, timeout=30) as client:
            while not done.is_set():
                statuses[address] += [client.get(path).status_code for path in PATHS]

    with ExitStack() as stack:
        servers = [stack.enter_context(server(folders.out)) for _ in range(2)]
        statuses.update((address, []) for address in servers)
        threads = [threading.Thread(target=ask, args=(address,)) for address in servers]
        for thread in threads:
            thread.start()
        for number in range(4):
            publish(folders, f"w{number}", BASE)
            time.sleep(0.1)
        done.set()
        for thread in threads:
            thread.join(timeout=60)
        stores = {httpx.get(f"{address}/health", timeout=30).json()["store"] for address in servers}
    assert stores == {"w3-1"}
    assert all(len(found) > 5 and set(found) == {200} for found in statuses.values())
