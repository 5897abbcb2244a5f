"""An answer → HTTP messages, at the reader's pace and within bounds.

An answer is whole before its status line goes out. A long one is sent piece by piece from its file; a reader
who takes too long for a piece is cut off, and sees fewer bytes than Content-Length announced.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from starlette.types import Receive, Send

from api.caching import is_known
from api.headers import EXPOSED, HEADERS
from sparql.federation.contributions import header
from sparql.protocol import Answer, Spooled

T = TypeVar("T")

PIECE = 64 * 1024
PATIENCE = 0.05
"""Seconds before we begin to watch whether the client is still there: most answers are sooner."""
CONSTANT = [
    (b"cache-control", b"no-cache"),
    (b"vary", b"Accept, Accept-Encoding"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", ", ".join(EXPOSED).encode()),
    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
]


class ClientGoneError(Exception):
    """The client went away before its answer was ready."""


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T:
    """Return what `work` returns; cancels it and raises `ClientGoneError` when the client goes away."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    watchers: list[asyncio.Task[None]] = []

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        if task is not None:
            task.cancel()

    timer = loop.call_later(PATIENCE, lambda: watchers.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if watchers and watchers[0].done() and task is not None:
            task.uncancel()
            raise ClientGoneError from None
        raise
    finally:
        timer.cancel()
        for watcher in watchers:
            watcher.cancel()


async def send_answer(answer: Answer, send: Send, *, head: bool, known: str | None, seconds: float) -> None:
    """Send an answer, or 304 where the client has it already (`known` is its If-None-Match)."""
    tag = f'"{answer.digest}"'
    headers = [(b"etag", tag.encode()), *CONSTANT]
    for name, value in header(answer.contributions).items():
        headers.append((name.lower().encode(), value.encode()))
    try:
        if known is not None and is_known(tag, [known]):
            await _send_all(send, 304, headers, b"")
            return
        headers += [
            (b"content-type", answer.format.content_type.encode()),
            (b"content-length", str(answer.length).encode()),
        ]
        if answer.gzip:
            headers.append((b"content-encoding", b"gzip"))
        if answer.file is None or head:
            await _send_all(send, 200, headers, b"" if head else answer.body)
        else:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await _send_pieces(send, answer.file, seconds)
    finally:
        if answer.file is not None:
            answer.file.close()


async def _send_all(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send_pieces(send: Send, file: Spooled, seconds: float) -> None:
    left = file.length
    while left:
        piece = file.read(min(PIECE, left))
        if not piece:
            raise OSError(f"{left} bytes of an answer are missing from its file")
        left -= len(piece)
        async with asyncio.timeout(seconds):
            await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
