"""What an endpoint can do wrong: it hangs, breaks off, sends something else, or sends somewhere else."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl

import pytest

from sparql.execution.limits import Limits
from sparql.protocol import RESULT_FORMATS, Answer, Query
from sparql.refusals import Reason, RefusalError
from sparql.remote.call import MESSAGE_AT_MOST, Call
from sparql.remote.line import Line
from tests.serve.endpoints import doing, free_port

LIMITS = Limits(seconds=1.0, result_mb=1)
TABLE = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
TRIPLE = b"<http://e/s> <http://e/p> <http://e/o> .\n"
JSON = "application/sparql-results+json"
SELECT = Query("SELECT ?x {}")
CONSTRUCT = Query("CONSTRUCT WHERE { ?s ?p ?o }")
Doing = Callable[[socket.socket], None]


def http(
    body: bytes, media_type: str = JSON, status: int = 200, length: int | None = None, more: str = ""
) -> bytes:
    """Return an HTTP answer; its header may promise another length than it has, or (-1) none."""
    promised = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {media_type}", "Connection: close", more]
    lines += [f"Content-Length: {promised}"] if promised >= 0 else []
    return "\r\n".join([*(line for line in lines if line), "", ""]).encode() + body


def chunked(body: bytes, *, is_whole: bool) -> bytes:
    """Return an HTTP answer in chunks, with or without the last one."""
    head = f"HTTP/1.1 200 X\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head.encode() + f"{len(body):x}\r\n".encode() + body + (b"\r\n0\r\n\r\n" if is_whole else b"")


def sending(answer: bytes) -> Doing:
    return lambda connection: connection.sendall(answer)


def asked(what: Doing, query: Query = SELECT) -> Answer | RefusalError:
    """Return what comes of a query to an endpoint that does `what`."""
    with doing(what) as address:
        return asyncio.run(outcome(address, query))


async def outcome(address: str, query: Query) -> Answer | RefusalError:
    line = Line(address, LIMITS, width=1, queue=1)
    try:
        return await line.answer(query)
    except RefusalError as refusal:
        return refusal
    finally:
        await line.stop()


def hang(connection: socket.socket) -> None:
    connection.recv(1)


def drip(connection: socket.socket) -> None:
    connection.sendall(http(b"", length=1000))
    for _ in range(1000):
        connection.sendall(b" ")
        time.sleep(0.05)


def pour(connection: socket.socket) -> None:
    connection.sendall(http(b"", length=1 << 40))
    for _ in range(1 << 10):
        connection.sendall(b" " * 65536)


def pour_an_error(connection: socket.socket) -> None:
    connection.sendall(http(b"", "text/plain", 400, length=1 << 40))
    for _ in range(1 << 10):
        connection.sendall(b"x" * 65536)


FAULTS: dict[str, tuple[Doing, Query, Reason]] = {
    "hangs": (hang, SELECT, Reason.OUT_OF_TIME),
    "sends one byte after the other": (drip, SELECT, Reason.OUT_OF_TIME),
    "says nothing and goes": (lambda _: None, SELECT, Reason.BROKEN),
    "half of what it promised": (sending(http(TABLE[:40], length=len(TABLE))), SELECT, Reason.BROKEN),
    "all but the last byte": (sending(http(TABLE[:-1], length=len(TABLE))), SELECT, Reason.BROKEN),
    "a chunk, and no end": (sending(chunked(TABLE, is_whole=False)), SELECT, Reason.BROKEN),
    "half an answer in whole chunks": (sending(chunked(TABLE[:60], is_whole=True)), SELECT, Reason.BROKEN),
    "half a table of no length": (sending(http(TABLE[:60], length=-1)), SELECT, Reason.BROKEN),
    "a graph of no length": (
        sending(http(TRIPLE, "application/n-triples", length=-1)),
        CONSTRUCT,
        Reason.BROKEN,
    ),
    "a graph that cannot be read": (sending(http(b"<a> <b>", "text/turtle")), CONSTRUCT, Reason.BROKEN),
    "a page with 200": (sending(http(b"<!DOCTYPE html><h1>Hi</h1>", "text/html")), SELECT, Reason.BROKEN),
    "a table for a graph": (sending(http(TABLE)), CONSTRUCT, Reason.BROKEN),
    "a format nobody asked for": (sending(http(b"x\r\n1\r\n", "text/csv")), SELECT, Reason.BROKEN),
    "no HTTP": (sending(b"SSH-2.0-x\r\n"), SELECT, Reason.BROKEN),
    "a table that is larger in the syntax wanted": (
        sending(http(TABLE.replace(b"}}]", b"}}" + b',{"x":{"type":"literal","value":"1"}}' * 25000 + b"]"))),
        Query("SELECT ?x {}", table=RESULT_FORMATS[1]),
        Reason.TOO_MUCH,
    ),
    "without end": (pour, SELECT, Reason.TOO_MUCH),
    "an error without end": (pour_an_error, SELECT, Reason.MALFORMED),
    "rows up to its limit": (sending(http(TABLE, more="X-SPARQL-MaxRows: 1")), SELECT, Reason.TOO_MUCH),
    "rows up to its time": (sending(http(TABLE, more="X-SQL-State: S1TAT")), SELECT, Reason.OUT_OF_TIME),
    "its own time limit": (
        sending(http(b"Virtuoso S1T00 Error SR171: Transaction timed out", "text/plain", 500)),
        SELECT,
        Reason.OUT_OF_TIME,
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_seen_and_ends_in_time(case: str) -> None:
    what, query, reason = FAULTS[case]
    begin = time.monotonic()
    found = asked(what, query)
    assert isinstance(found, RefusalError), found
    assert found.reason is reason
    assert found.problem.remedy
    assert time.monotonic() - begin < LIMITS.seconds + 5


def test_twenty_faults_are_tried() -> None:
    assert len(FAULTS) == 20


STATUSES = {
    204: Reason.BROKEN,
    400: Reason.MALFORMED,
    401: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NO_STORE,
    406: Reason.BROKEN,
    414: Reason.TOO_LONG,
    429: Reason.BUSY,
    500: Reason.BROKEN,
    502: Reason.BUSY,
    503: Reason.BUSY,
    504: Reason.OUT_OF_TIME,
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_has_its_reason(status: int) -> None:
    found = asked(sending(http(b"", "text/plain", status)))
    assert isinstance(found, RefusalError)
    assert found.reason is STATUSES[status]


def test_the_words_of_an_endpoint_are_quoted_within_bounds() -> None:
    words = b"SP030: syntax error\r\nat 'x'\n\nSPARQL query:\nsecret" + b"x" * MESSAGE_AT_MOST
    found = asked(sending(http(words, "text/plain", 400)))
    assert isinstance(found, RefusalError)
    assert found.problem.what == "the endpoint cannot read the query: SP030: syntax error at 'x'"
    page = asked(sending(http(b"<script>alert(1)</script>", "text/html", 400)))
    assert isinstance(page, RefusalError)
    assert page.problem.what == "the endpoint cannot read the query"


@pytest.mark.parametrize("status", [400, 403, 414])
def test_a_query_of_ours_that_is_refused_is_no_fault_of_the_reader(status: int) -> None:
    found = asked(sending(http(b"", status=status)), Query("ASK {}", trusted=True))
    assert isinstance(found, RefusalError)
    assert found.reason is Reason.BROKEN


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/sparql", "file:///etc/passwd", "/other"])
def test_no_redirect_is_followed(status: int, target: str) -> None:
    asked_elsewhere = threading.Event()

    def answer_elsewhere(connection: socket.socket) -> None:
        asked_elsewhere.set()
        connection.sendall(http(TABLE))

    with doing(answer_elsewhere) as other:
        location = target.format(port=other.partition("127.0.0.1:")[2].partition("/")[0])
        found = asked(sending(http(TABLE, status=status, more=f"Location: {location}")))
    assert isinstance(found, RefusalError)
    assert (found.reason, found.problem.what) == (
        Reason.NO_STORE,
        "the endpoint sends on to another address",
    )
    assert not asked_elsewhere.is_set()


def test_a_whole_answer_is_passed_on() -> None:
    for answer in (http(TABLE), chunked(TABLE, is_whole=True), http(TABLE, length=-1)):
        found = asked(sending(answer))
        assert isinstance(found, Answer)
        assert found.format == RESULT_FORMATS[0]
        assert json.loads(found.body) == json.loads(TABLE)


def test_what_is_sent_is_a_query_whatever_it_looks_like() -> None:
    text = "SELECT ?x { } # INSERT DATA"
    call = Call("http://e/sparql", Query(text, default_graphs=("http://e/a", "http://e/b")), JSON)
    request = call._createRequest()
    assert isinstance(request.data, bytes)
    assert parse_qsl(request.data.decode()) == [
        ("default-graph-uri", "http://e/a"),
        ("default-graph-uri", "http://e/b"),
        ("query", text),
    ]
    assert (request.get_method(), request.get_header("Accept")) == ("POST", JSON)


def test_one_more_than_may_wait_is_refused_at_once() -> None:
    async def several(address: str) -> list[Reason]:
        line = Line(address, LIMITS, width=1, queue=1)
        outcomes = await asyncio.gather(*(line.answer(SELECT) for _ in range(3)), return_exceptions=True)
        await line.stop()
        return [each.reason for each in outcomes if isinstance(each, RefusalError)]

    with doing(hang) as address:
        first, waited, refused = asyncio.run(several(address))
    assert (first, refused) == (Reason.OUT_OF_TIME, Reason.BUSY)
    assert waited in {Reason.OUT_OF_TIME, Reason.BUSY}


def test_a_call_that_is_given_up_frees_its_connection() -> None:
    async def given_up(address: str) -> float:
        line = Line(address, Limits(seconds=30.0), width=1, queue=1)
        work = asyncio.create_task(line.answer(SELECT))
        await asyncio.sleep(0.2)
        begin = time.monotonic()
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        await line.stop()
        return time.monotonic() - begin

    with doing(hang) as address:
        assert asyncio.run(given_up(address)) < 5


def test_nobody_listens() -> None:
    found = asyncio.run(outcome(f"http://127.0.0.1:{free_port()}/", SELECT))
    assert isinstance(found, RefusalError)
    assert found.reason is Reason.NO_STORE
