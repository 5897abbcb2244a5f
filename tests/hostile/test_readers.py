"""Readers that are made to do harm: many, slow, or gone before the end."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import httpx
import pytest

from graph_builder.folders import Folders
from tests.hostile.fortress import SECONDS, fortress, is_well, is_whole
from tests.serve.processes import ServerProcess

LONG = "SELECT * { ?s ?p ?o } LIMIT 40000"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def server(built: Folders) -> Iterator[ServerProcess]:
    """A server that lets a reader take one second for each piece."""
    with fortress(built) as running:
        yield running


def open_request(server: ServerProcess, query: str) -> socket.socket:
    """Send a query and return the connection with its answer unread; little fits into its buffers."""
    host, port = server.address.removeprefix("http://").split(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect((host, int(port)))
    request = (
        f"GET /sparql?query={quote(query)}&format=json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(request.encode())
    return connection


def read_rest(connection: socket.socket) -> bytes:
    """Read to the end, or to where the connection breaks."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def test_thirty_large_answers_at_once_are_whole_or_refused(server: ServerProcess) -> None:
    async def test() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            return await asyncio.gather(*(client.get("/sparql", params={"query": LONG}) for _ in range(30)))

    answers = asyncio.run(test())
    assert all(is_whole(answer) for answer in answers)
    whole = [answer for answer in answers if answer.status_code == 200]
    assert {len(answer.json()["results"]["bindings"]) for answer in whole} == {40_000}
    assert {answer.status_code for answer in answers} <= {200, 429, 504}
    assert server.memory_mb() < 400


def test_slow_readers_hold_no_worker_and_little_memory(server: ServerProcess) -> None:
    before = server.memory_mb()
    slow = [open_request(server, LONG) for _ in range(40)]
    try:
        time.sleep(SECONDS)
        begin = time.monotonic()
        assert is_well(server)
        assert time.monotonic() - begin < 2 * SECONDS
        assert server.memory_mb() - before < 100
    finally:
        for connection in slow:
            connection.close()


def test_who_reads_too_slowly_is_cut_off_and_can_tell(server: ServerProcess) -> None:
    with open_request(server, LONG) as connection:
        time.sleep(4)
        received = read_rest(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    assert head.startswith(b"HTTP/1.1 200")
    assert 0 < len(body) < int(length.split(b":")[1])
    assert is_well(server)


def test_who_goes_away_takes_the_query_along(server: ServerProcess) -> None:
    for _ in range(10):
        open_request(server, SLOW).close()
    time.sleep(0.5)
    begin = time.monotonic()
    assert is_well(server)
    assert time.monotonic() - begin < SECONDS


def test_too_many_at_once_are_told_when_to_come_back(server: ServerProcess) -> None:
    def ask(_: int) -> httpx.Response:
        return httpx.get(f"{server.address}/sparql", params={"query": SLOW}, timeout=30)

    with ThreadPoolExecutor(60) as threads:
        answers = list(threads.map(ask, range(60)))
    busy = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} <= {429, 504}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in busy)
    assert len(busy) >= 60 - 32 - 2
    assert is_well(server)
