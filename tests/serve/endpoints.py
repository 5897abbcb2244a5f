"""Endpoints of others to serve from: real engines on loopback, and one that does whatever a test wants."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, Store

from api.settings import Settings
from api.site import open_site
from graph_builder.folders import Folders
from sparql.backends import Backend
from sparql.protocol import Answer, Query
from sparql.refusals import RefusalError
from tests.ask.family import Inside
from tests.serve.processes import ended, wait_until
from tests.serve.running import BASE

MERGE = f"{BASE}graph/merge"
SETTINGS = Settings(query_seconds=20.0)
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = .
NumberOfBuffers = 5000
MaxDirtyBuffers = 3000
MaxQueryMem = 400M
ThreadsPerQuery = 1
AsyncQueueMaxThreads = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = .
MaxClientConnections = 10
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 10
"""


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def oxigraph_on(store: Path) -> Iterator[str]:
    """Run `oxigraph serve-read-only` on a store; gives the address of its endpoint."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve-read-only"]
    command += ["--location", str(store.resolve()), "--bind", f"127.0.0.1:{port}"]
    with _process(command, store.parent):
        yield _answering(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso_on(store: Path, folder: Path) -> Iterator[str]:
    """Run Virtuoso with the named graphs of a store, and its default graph in the graph `MERGE`."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("needs Virtuoso 7 (Debian package virtuoso-opensource-7)")
    port, http_port = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(port=port, http_port=http_port), encoding="utf-8")
    Store.read_only(str(store.resolve())).dump(folder / "all.nq", RdfFormat.N_QUADS)
    with _process(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], folder):
        address = _answering(f"http://127.0.0.1:{http_port}/sparql")
        load = f"log_enable(2); DB.DBA.TTLP(file_open('all.nq'), '', '{MERGE}', 512);"
        command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", "ERRORS=STDOUT", f"exec={load}"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        yield address


@contextmanager
def doing(what: Callable[[socket.socket], None]) -> Iterator[str]:
    """Run an endpoint that reads a request and then does whatever a test wants with the connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()
        thread = threading.Thread(target=_accept, args=(server, what, over))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql"
        finally:
            over.set()
            thread.join(timeout=20)


def asking(settings: Settings, *queries: Query) -> list[Answer | RefusalError]:
    """Return what a service's source for strangers answers to some queries, one after the other."""
    return asyncio.run(_asked(settings, queries))


async def _asked(settings: Settings, queries: tuple[Query, ...]) -> list[Answer | RefusalError]:
    site = open_site(settings)
    await site.start()
    try:
        return [await _outcome(site.strangers, query) for query in queries]
    finally:
        await site.stop()


async def _outcome(source: Backend, query: Query) -> Answer | RefusalError:
    try:
        return await source.answer(query)
    except RefusalError as refusal:
        return refusal


def inside(folders: Folders, query: Query) -> Answer:
    """Return what our own store answers."""
    return asyncio.run(Inside(folders).answer(query))


def body(outcome: Answer | RefusalError) -> bytes:
    """Return the bytes of what must be an answer."""
    assert isinstance(outcome, Answer), outcome
    return outcome.body


@contextmanager
def _process(command: list[str], folder: Path) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with ended(process):
        yield


def _answering(address: str) -> str:
    """Return the address once a query is answered there."""
    wait_until(lambda: _answers(address), f"no answer from {address} within a minute", 60)
    return address


def _answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(address, params={"query": "ASK {}"}, timeout=5).status_code == 200
    return False


def _accept(server: socket.socket, what: Callable[[socket.socket], None], over: threading.Event) -> None:
    while not over.is_set():
        with suppress(TimeoutError):
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.settimeout(10)
                _read_request(connection)
                what(connection)


def _read_request(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(next(line.split(b":")[1] for line in head.lower().splitlines() if b"content-length" in line))
    while len(body) < length:
        body += connection.recv(65536)
