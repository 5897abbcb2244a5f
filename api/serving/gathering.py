"""Writes that follow one another at once go out as one.

The server below writes the head of an answer and its body apart. Each write goes through the whole network
stack and wakes the client, which is most of what a short answer costs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

AT_MOST = 64 * 1024
"""Bytes that wait; beyond it they go out at once, so that the transport below can ask the writer to pause."""


class GatheringTransport(asyncio.Transport):
    """A transport that keeps what is written until the event loop is back, and writes it in one piece."""

    def __init__(self, below: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._below = below
        self._loop = loop
        self._waiting: list[bytes] = []
        self._size = 0

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Keep some bytes."""
        if not self._waiting:
            self._loop.call_soon(self._write_out)
        self._waiting.append(bytes(data))
        self._size += len(data)
        if self._size > AT_MOST:
            self._write_out()

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview[Any]]) -> None:
        """Keep some pieces."""
        for data in list_of_data:
            self.write(data)

    def close(self) -> None:
        """Write what waits, then close."""
        self._write_out()
        self._below.close()

    def abort(self) -> None:
        """Close at once; what waits is lost."""
        self._forget()
        self._below.abort()

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._below.is_closing()

    def get_write_buffer_size(self) -> int:
        """Return the bytes that the client has not taken."""
        return self._size + self._below.get_write_buffer_size()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  as in asyncio
        """Return what the transport below knows."""
        return self._below.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take no more from the client."""
        self._below.pause_reading()

    def resume_reading(self) -> None:
        """Take from the client again."""
        self._below.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Let another protocol take what the client sends."""
        self._below.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return the protocol that takes what the client sends."""
        return self._below.get_protocol()

    def _write_out(self) -> None:
        if self._waiting:
            data = b"".join(self._waiting)
            self._forget()
            self._below.write(data)

    def _forget(self) -> None:
        self._waiting.clear()
        self._size = 0
