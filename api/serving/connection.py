"""One connection with bounds: a request must arrive whole, in time and without waste around its body.

The server below bounds none of this. A client that sends half a line and then nothing would hold its
connection, one that sends a head without end would take memory without end, and one that does not read its
answer would keep it in memory.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.serving.gathering import GatheringTransport

STALLED = 30.0
"""Seconds in which a client must take some part of its answer."""


@dataclass(frozen=True)
class ConnectionLimits:
    """What connections may take: how many at once, seconds for a request to arrive, bytes beside its body."""

    connections: int
    seconds: float
    head: int


class BoundedConnection(HttpToolsProtocol):
    """A connection that is closed where its client keeps the service waiting."""

    limits: ConnectionLimits
    _arrival: asyncio.TimerHandle | None = None
    _departure: asyncio.TimerHandle | None = None
    _arriving = True
    _beside_body = 0
    _left = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        self.transport = GatheringTransport(transport, self.loop)
        if len(self.connections) > self.limits.connections:
            self._refuse(503, "There are too many connections.")
        else:
            self._arrival = self.loop.call_later(self.limits.seconds, self._check_arrival)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        for timer in (self._arrival, self._departure):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what a client sent; what it has begun must be whole in time."""
        self._arriving = True
        self._beside_body += len(data)
        super().data_received(data)
        if not self._arriving or self.transport.is_closing():
            return
        if self._beside_body > self.limits.head:
            self._refuse(431, "The head of the request is too long.")
        elif self._arrival is None:
            self._arrival = self.loop.call_later(self.limits.seconds, self._check_arrival)

    def on_message_begin(self) -> None:
        """Begin to count: a request follows the one before on the same connection."""
        super().on_message_begin()
        self._arriving = True
        self._beside_body = 0

    def on_body(self, body: bytes) -> None:
        """Count what is no body: head, trailers, and the lines between the chunks."""
        super().on_body(body)
        self._beside_body -= len(body)

    def on_message_complete(self) -> None:
        """Stop the clock: the request is there."""
        super().on_message_complete()
        self._arriving = False
        if self._arrival:
            self._arrival.cancel()
            self._arrival = None

    def pause_writing(self) -> None:
        """Start the clock: the client does not take its answer as fast as it is sent."""
        super().pause_writing()
        self._left = self.transport.get_write_buffer_size()
        self._departure = self.loop.call_later(STALLED, self._check_departure)

    def resume_writing(self) -> None:
        """Stop the clock: the client reads again."""
        if self._departure:
            self._departure.cancel()
            self._departure = None
        super().resume_writing()

    def _check_arrival(self) -> None:
        self._arrival = None
        cycle = self.cycle
        if cycle and not cycle.response_complete and not cycle.more_body:
            # The client waits for an answer to the request before: the clock of the next one starts again.
            self._arrival = self.loop.call_later(self.limits.seconds, self._check_arrival)
        elif cycle and cycle.response_started and not cycle.response_complete:
            self.transport.abort()
        else:
            self._refuse(408, "The request did not arrive in time.")

    def _check_departure(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left >= self._left:
            self.transport.abort()
            return
        self._left = left
        self._departure = self.loop.call_later(STALLED, self._check_departure)

    def _refuse(self, status: int, sentence: str) -> None:
        """Answer as the server below answers what is no HTTP, and close."""
        self.logger.info("a connection was closed: %s", sentence)
        head = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(sentence)}\r\n"
        answer = f"{head}connection: close\r\n\r\n{sentence}"
        self.transport.write(STATUS_LINE[status] + answer.encode("ascii"))
        self.transport.close()


def bounded_by(limits: ConnectionLimits) -> type[BoundedConnection]:
    """Return the class of connections within some limits: the server makes them, and passes no settings."""
    return type("BoundedConnection", (BoundedConnection,), {"limits": limits})
