"""A client that is slow, or wants harm, costs its own connection and nobody else's."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import httpx
import pytest

from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.processes import resident_mb, server_process
from tests.serve.running import BASE, LIMITS, Service, running, small_folders

PAGE = "/doc/070009/entry/small.1"
HALF_OPEN = 500


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    made = small_folders(tmp_path_factory.mktemp("connections"))
    publish(made, "v", BASE)
    return made


@pytest.fixture(scope="module")
def hasty(folders: Folders) -> Iterator[Service]:
    """A service that waits a second for a request, and takes few connections."""
    with running(replace(LIMITS, request_seconds=1, head_kb=8, connections=20), folders) as service:
        yield service


@contextmanager
def connection(address: str, sent: bytes = b"") -> Iterator[socket.socket]:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as opened:
        opened.sendall(sent)
        yield opened


def received(opened: socket.socket) -> bytes:
    """Return what comes until the other side closes."""
    parts = []
    try:
        while part := opened.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def test_500_half_open_connections_stop_nobody(folders: Folders) -> None:
    with (
        server_process(folders, request_seconds=5) as server,
        httpx.Client(base_url=server.address, timeout=10) as client,
        ExitStack() as opened,
    ):
        assert client.get(PAGE).status_code == 200
        before = resident_mb(server.process.pid)
        half = [opened.enter_context(connection(server.address, b"GET /doc/0700")) for _ in range(HALF_OPEN)]
        for _ in range(20):
            assert client.get(PAGE).status_code == 200
        assert httpx.get(f"{server.address}/health").status_code == 200
        # Some 10 KiB each; the bound is generous.
        assert resident_mb(server.process.pid) - before < 64
        # Each of them is answered and closed on the server's initiative, and none at once.
        assert {received(one).split(b"\r\n", 1)[0] for one in half} == {b"HTTP/1.1 408 Request Timeout"}
        assert client.get(PAGE).status_code == 200


INCOMPLETE = {
    "nothing at all": b"",
    "an empty line": b"\r\n",
    "half a line": b"GET / HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nAccept: ",
    "half a body": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n"
    b"Content-Type: application/sparql-query\r\n\r\nASK",
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_a_request_that_does_not_arrive_in_time_is_answered_408(hasty: Service, case: str) -> None:
    with connection(hasty.address, INCOMPLETE[case]) as opened:
        begin = time.monotonic()
        assert received(opened).startswith(b"HTTP/1.1 408 ")
        assert 0.5 < time.monotonic() - begin < 8


def test_the_clock_starts_again_with_each_request_of_a_connection(hasty: Service) -> None:
    whole = b"GET /problems/busy HTTP/1.1\r\nHost: x\r\n\r\n"
    with connection(hasty.address) as opened:
        for _ in range(4):
            opened.sendall(whole)
            assert opened.recv(65536).startswith(b"HTTP/1.1 200 ")
            time.sleep(0.4)
        opened.sendall(whole[:20])
        assert received(opened).startswith(b"HTTP/1.1 408 ")


def test_a_slow_answer_is_not_taken_for_a_slow_request(hasty: Service) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
    body = slow.encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    sent = head.encode() + b"Content-Type: application/sparql-query\r\n\r\n" + body
    with connection(hasty.address, sent) as opened:
        assert received(opened).startswith(b"HTTP/1.1 504 ")


ENDLESS = {
    "an address": (b"GET /", b"a" * 4096),
    "a header": (b"GET / HTTP/1.1\r\nX: ", b"a" * 4096),
    "headers": (b"GET / HTTP/1.1\r\n", b"X: y\r\n" * 700),
    "trailers": (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        b"X: y\r\n" * 700,
    ),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_a_head_without_end_is_answered_431(hasty: Service, case: str) -> None:
    begin, more = ENDLESS[case]
    with connection(hasty.address, begin) as opened:
        try:
            for _ in range(50):
                opened.sendall(more)
                time.sleep(0.01)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert received(opened).split(b"\r\n", 1)[0] in {b"", b"HTTP/1.1 431 Request Header Fields Too Large"}
    with connection(hasty.address, begin + more) as opened:
        time.sleep(0.05)
        opened.sendall(more * 3)
        assert received(opened).startswith(b"HTTP/1.1 431 ")


def test_one_connection_too_many_is_answered_503_and_the_others_stay(hasty: Service) -> None:
    with httpx.Client(base_url=hasty.address) as client, ExitStack() as opened:
        assert client.get(PAGE).status_code == 200
        crowd = [opened.enter_context(connection(hasty.address)) for _ in range(25)]
        firsts = [received(one).split(b" ", 2)[1] for one in crowd]
        assert firsts.count(b"503") >= 5
        assert firsts.count(b"408") >= 15
        assert client.get(PAGE).status_code == 200


def test_what_is_no_http_is_answered_400(hasty: Service) -> None:
    with connection(hasty.address, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") as opened:
        assert received(opened).startswith(b"HTTP/1.1 400 ")


def test_a_client_that_takes_nothing_of_its_answer_loses_its_connection(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.serving.connection.STALLED", 0.5)
    query = "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff.%3Fg%20%3Fh%20%3Fi%7D%20LIMIT%2030000"
    sent = f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    with running(replace(LIMITS, result_mb=64, query_seconds=20.0), folders) as service:
        with connection(service.address, sent) as opened:
            whole = received(opened)
        assert len(whole) > 10_000_000
        with connection(service.address, sent) as opened:
            time.sleep(4)
            assert len(received(opened)) < len(whole) / 2
        assert httpx.get(f"{service.address}{PAGE}").status_code == 200
