"""The pool's end of the socket to a worker: one frame goes out, then one comes back."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

from sparql.execution.frames import LENGTHS

Frame = tuple[bytes, bytes]
"""The header and the body of what came."""


class Line(asyncio.Protocol):
    """A line on which one frame is awaited at a time; it is lost once the other end is closed."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._awaited: asyncio.Future[Frame] = loop.create_future()
        self._end: asyncio.Future[None] = loop.create_future()
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def on(cls, connection: socket.socket) -> Line:
        """Return the line on a connected socket."""
        _, line = await asyncio.get_running_loop().create_connection(cls, sock=connection)
        return line

    @property
    def is_lost(self) -> bool:
        """Whether the other end is closed."""
        return self._end.done()

    async def exchange(self, frame: bytes) -> Frame:
        """Send a frame and return the one that comes back; raises `ConnectionError` where none will."""
        if self.is_lost or self._transport is None:
            raise ConnectionResetError("the line is lost")
        self._awaited = asyncio.get_running_loop().create_future()
        self._transport.write(frame)
        return await self._awaited

    async def close(self) -> None:
        """Close this end too."""
        if self._transport:
            self._transport.abort()
            await self._end

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport; that of another event loop is no subclass of asyncio's, but does the same."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take some bytes; the last of a frame wakes whoever awaits it."""
        self._received += data
        if len(self._received) < LENGTHS.size:
            return
        header, body = LENGTHS.unpack_from(self._received)
        start, end = LENGTHS.size + header, LENGTHS.size + header + body
        if len(self._received) < end:
            return
        frame = bytes(self._received[LENGTHS.size : start]), bytes(self._received[start:end])
        self._received.clear()
        if not self._awaited.done():
            self._awaited.set_result(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake whoever awaits a frame that will not come."""
        if not self._awaited.done():
            self._awaited.set_exception(exc or ConnectionResetError("the other end was closed"))
            self._awaited.exception()  # an idle line was awaited by nobody, and that is no fault
        self._end.set_result(None)
