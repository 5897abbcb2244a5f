"""Partners on this machine: a real engine, servers that misbehave, and canaries that nobody may touch."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from tests.serve.endpoints import oxigraph_on

Behaviour = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@contextmanager
def oxigraph(folder: Path, triples: bytes, syntax: RdfFormat) -> Iterator[str]:
    """Serve a graph as another organisation would; yields the address of its endpoint."""
    store = Store(folder)
    store.load(triples, syntax)
    store.flush()
    del store
    with oxigraph_on(folder) as address:
        yield address


class Canary:
    """A listener that nobody may connect to."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self.port: int = self._socket.getsockname()[1]
        self.visitors = 0

    def __enter__(self) -> Canary:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            with suppress(TimeoutError):
                connection, _ = self._socket.accept()
                connection.close()
                self.visitors += 1


@asynccontextmanager
async def behaving(behaviour: Behaviour) -> AsyncIterator[int]:
    """Run a server that gets the head of each request and does as it likes; yields its port."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await behaviour(await reader.readuntil(b"\r\n\r\n"), writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def saying(head: str, body: bytes = b"") -> Behaviour:
    """A server that says the same to everyone."""

    async def say(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)

    return say
