"""A server under attack, and an eye on it: whether it lives, and whether what it answers is whole."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from graph_builder.folders import Folders
from tests.serve.processes import ServerProcess, ready_server

SECONDS = 2.0
"""The time limit of a query in these tests."""
SETTINGS = {
    "workers": 2,
    "query_seconds": SECONDS,
    "query_memory_mb": 256,
    "result_mb": 16,
    "send_seconds": 1,
}


@contextmanager
def fortress(folders: Folders, file_size: int = resource.RLIM_INFINITY) -> Iterator[ServerProcess]:
    """Run the service within tight limits on what is published."""
    with ready_server(folders, file_size, **SETTINGS) as server:
        yield server


def is_well(server: ServerProcess) -> bool:
    """Whether the process lives and answers a page and a query."""
    with httpx.Client(base_url=server.address, timeout=20) as client:
        page = client.get("/")
        query = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    alive = server.process.poll() is None
    return alive and page.status_code == 200 and query.status_code == 200 and query.json()["boolean"] is True


def is_whole(answer: httpx.Response) -> bool:
    """Whether an answer is a complete result, or says plainly that it is none."""
    if answer.status_code != 200:
        return answer.headers["content-type"] == "application/problem+json" and answer.json()["status"] > 200
    if "json" not in answer.headers["content-type"]:
        return int(answer.headers["content-length"]) > 0
    return isinstance(json.loads(answer.content), dict)
