"""One keep-alive connection: as little of HTTP/1.1 as a load generator needs, so that it is fast."""

from __future__ import annotations

import re
import socket
import time
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
LAST_CHUNK = b"0\r\n\r\n"


@dataclass(frozen=True)
class Response:
    """A whole answer, and the seconds from the first byte sent to the last byte received."""

    status: int
    body: bytes
    seconds: float


class Connection:
    """A socket with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began = 0.0
        self._received = bytearray()
        self._head = 0
        self._whole = 0

    def ask(self, request: bytes) -> None:
        """Send a request; the one before must be answered."""
        self._received.clear()
        self._head = self._whole = 0
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Response | None:
        """Take what has arrived; return the response once it is whole.

        Raises OSError where the server closed the connection, ValueError for what is no HTTP/1.1.
        """
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionResetError("the server closed the connection")
        self._received += part
        if not self._head:
            self._read_head()
        body = self._body() if self._head else None
        if body is None:
            return None
        return Response(int(self._received[9:12]), body, time.perf_counter() - self.began)

    def _read_head(self) -> None:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        self._head = end + 4
        length = LENGTH.search(self._received, 0, end)
        if length:
            self._whole = self._head + int(length[1])
        elif not CHUNKED.search(self._received, 0, end):
            raise ValueError("an answer has neither length nor chunks")

    def _body(self) -> bytes | None:
        if self._whole:
            return bytes(self._received[self._head :]) if len(self._received) >= self._whole else None
        return _joined(self._received, self._head) if self._received.endswith(LAST_CHUNK) else None


def _joined(received: bytearray, at: int) -> bytes | None:
    """Return the chunks from `at` on as one; None where the last one has not come."""
    parts: list[bytes] = []
    while (end := received.find(b"\r\n", at)) >= 0:
        size = int(received[at:end], 16)
        if not size:
            return b"".join(parts)
        parts.append(bytes(received[end + 2 : end + 2 + size]))
        at = end + 2 + size + 2
    return None
