"""Several servers serve one published store, and follow a publication together."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from pathlib import Path

import httpx

from graph_builder.publication import publish
from tests.serve.processes import ready_server
from tests.serve.running import BASE, small_folders

PATHS = ("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "/doc/070009/entry/small.1", "/questions")


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
        servers = [stack.enter_context(ready_server(folders)).address for _ in range(2)]
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
