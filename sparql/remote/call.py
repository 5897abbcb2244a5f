"""One request to an endpoint by SPARQLWrapper, within bounds that the library does not know.

The library follows redirects (to any host), reads an error whole (however long) and has a time limit for each
packet alone. Here a redirect is an answer like any other, what is read is bounded, and another thread can cut
the connection. It also guesses from the text whether a query is an update; here it is told.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request

from SPARQLWrapper import POST, SELECT, SPARQLWrapper

from sparql.protocol import Query

PIECE = 65536
MESSAGE_AT_MOST = 4096


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers in lower case, and the body up to a limit.

    `is_long` says that there is more. `has_end` says that the connection itself told where the body ends, so
    that a body cut short would have been noticed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_long: bool = False
    has_end: bool = True


class Call(SPARQLWrapper):
    """A query on its way; `send` runs in one thread, `cut` may come from another."""

    def __init__(self, endpoint: str, query: Query, accept: str) -> None:
        super().__init__(endpoint, agent="Keifu")
        self.queryString, self.queryType = query.text, SELECT
        self.setMethod(POST)
        self.setOnlyConneg(onlyConneg=True)
        self.addCustomHttpHeader("Accept", accept)
        for name, graphs in (
            ("default-graph-uri", query.default_graphs),
            ("named-graph-uri", query.named_graphs),
        ):
            for graph in graphs:
                self.addParameter(name, graph)
        self.has_begun = False
        self._wire = _Wire()

    def send(self, seconds: float, limit: int) -> Reply:
        """Return the reply with at most `limit` bytes of body; raises OSError or HTTPException."""
        self.has_begun = True
        with self._wire.opener().open(self._createRequest(), timeout=seconds) as response:
            return _read(response, limit if response.status == 200 else MESSAGE_AT_MOST)

    def cut(self) -> None:
        """End the connection, now or as soon as there is one."""
        self._wire.cut()


class _Wire:
    """The connection of a call: plain HTTP or HTTPS, no proxy, no redirect, no other scheme."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_cut = False

    def opener(self) -> OpenerDirector:
        opener = OpenerDirector()
        opener.add_handler(_Http(self._connected(HTTPConnection)))
        opener.add_handler(_Https(self._connected(HTTPSConnection)))
        return opener

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _connected(self, kind: type[HTTPConnection]) -> Callable[..., HTTPConnection]:
        wire = self

        class Connection(kind):  # type: ignore[valid-type,misc]  # one of two known classes
            def connect(self) -> None:
                super().connect()
                wire.take(self.sock)

        return Connection

    def take(self, connected: socket.socket) -> None:
        with self._lock:
            self._socket = connected
            if self._is_cut:
                raise ConnectionAbortedError("the call was given up")


class _Http(HTTPHandler):
    def __init__(self, connection: Callable[..., HTTPConnection]) -> None:
        super().__init__()
        self._connection = connection

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _Https(HTTPSHandler):
    def __init__(self, connection: Callable[..., HTTPConnection]) -> None:
        super().__init__()
        self._connection = connection

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


def _read(response: Any, limit: int) -> Reply:  # noqa: ANN401  the stubs know no HTTPResponse.chunked
    """Return a reply; raises IncompleteRead where the body ends before its end."""
    headers = {name.lower(): value for name, value in response.getheaders()}
    has_end = response.chunked or response.length is not None
    parts: list[bytes] = []
    size = 0
    while size <= limit and (piece := response.read1(PIECE)):
        parts.append(piece)
        size += len(piece)
    if size > limit:
        return Reply(response.status, headers, b"".join(parts)[:limit], is_long=True)
    if response.length:
        raise IncompleteRead(b"", response.length)
    return Reply(response.status, headers, b"".join(parts), has_end=bool(has_end))
