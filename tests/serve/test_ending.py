"""The service ends as it is told, answers what is under way, and leaves no process behind."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.processes import ServerProcess, running_processes, server_process, wait_until
from tests.serve.running import BASE, small_folders

SLOW = """SELECT (COUNT(*) AS ?n) {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(SHA512(CONCAT(STR(?a), STR(?f), STR(?i))) = "x")
}"""
"""Takes about a second on the small dataset."""

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = small_folders(tmp_path / "build")
    publish(made, "v", BASE)
    return made


def asked(server: ServerProcess, query: str) -> int:
    return httpx.post(f"{server.address}/sparql", data={"query": query}, timeout=30).status_code


def busy(server: ServerProcess) -> bool:
    return bool(httpx.get(f"{server.address}/health").json()["pools"]["strangers"]["busy"])


@pytest.mark.parametrize("whom", ["the server", "the whole group"])
def test_a_query_under_way_is_answered_before_the_service_ends(folders: Folders, whom: str) -> None:
    with server_process(folders, query_seconds=30) as server, ThreadPoolExecutor(1) as threads:
        assert asked(server, "ASK {}") == 200
        workers = server.workers()
        assert len(workers) == 3
        pending = threads.submit(asked, server, SLOW)
        wait_until(lambda: busy(server) or pending.done(), "the query never began")
        os.kill(server.process.pid, signal.SIGTERM)
        for worker in workers if whom == "the whole group" else ():
            os.kill(worker, signal.SIGTERM)
        assert pending.result(timeout=20) == 200
        assert server.process.wait(timeout=20) == 0
        assert workers & running_processes() == set()


def test_a_query_that_outlasts_everything_does_not_keep_the_service(folders: Folders) -> None:
    with server_process(folders, query_seconds=2) as server, ThreadPoolExecutor(1) as threads:
        pending = threads.submit(asked, server, ENDLESS)
        wait_until(lambda: busy(server), "the query never began")
        workers = server.workers()
        begin = time.monotonic()
        os.kill(server.process.pid, signal.SIGTERM)
        assert pending.result(timeout=20) == 504
        server.process.wait(timeout=20)
        assert time.monotonic() - begin < 2 + 1 + 5
        assert workers & running_processes() == set()


def test_a_server_that_is_killed_leaves_no_worker_behind(folders: Folders) -> None:
    with server_process(folders, query_seconds=2) as server, ThreadPoolExecutor(1) as threads:
        pending = threads.submit(asked, server, ENDLESS)
        wait_until(lambda: busy(server), "the query never began")
        workers = server.workers()
        assert len(workers) == 3
        server.process.kill()
        with pytest.raises(httpx.TransportError):
            pending.result(timeout=20)
        # An idle worker reads that its socket was closed; one in the middle of a query ends with its alarm.
        wait_until(lambda: not workers & running_processes(), "a worker stayed")


def test_health_says_that_the_service_is_about_to_stop_while_it_still_answers(folders: Folders) -> None:
    with server_process(folders, drain_seconds=2) as server, httpx.Client(base_url=server.address) as client:
        assert client.get("/health").status_code == 200
        os.kill(server.process.pid, signal.SIGTERM)
        wait_until(lambda: client.get("/health").status_code == 503, "/health never changed", 2)
        stopping = client.get("/health").json()
        assert (stopping["type"], stopping["detail"]) == ("/problems/not-ready", "the service is stopping")
        assert client.get("/doc/070009/entry/small.1").status_code == 200
        server.process.wait(timeout=20)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_log_is_whole_when_the_service_has_ended(folders: Folders, number: int) -> None:
    with server_process(folders) as server:
        assert asked(server, "ASK {}") == 200
        os.kill(server.process.pid, number)
        assert server.process.wait(timeout=20) == 0
    messages = [entry["message"] for entry in server.log()]
    assert "request" in messages
    assert messages[-1].startswith("Finished server process")
