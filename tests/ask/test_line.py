"""The line between the pool and a worker: one frame out, one frame back, or the end."""

from __future__ import annotations

import asyncio
import socket

import pytest

from sparql.execution.frames import LENGTHS
from sparql.execution.line import Line

FRAME = LENGTHS.pack(6, 4) + b"headerbody"


async def the_other_end(theirs: socket.socket, parts: list[bytes]) -> bytes:
    """Wait for a frame, then send some bytes bit by bit; return what came."""
    loop = asyncio.get_running_loop()
    theirs.setblocking(False)
    came = await loop.sock_recv(theirs, 100)
    for part in parts:
        await loop.sock_sendall(theirs, part)
        await asyncio.sleep(0.01)
    return came


@pytest.mark.parametrize("cut", [1, LENGTHS.size, LENGTHS.size + 3, len(FRAME) - 1, len(FRAME)])
def test_a_frame_comes_back_whole_however_it_is_cut(cut: int) -> None:
    async def exchanged() -> tuple[bytes, tuple[bytes, bytes]]:
        ours, theirs = socket.socketpair()
        line = await Line.on(ours)
        with theirs:
            other = asyncio.create_task(
                the_other_end(theirs, [part for part in (FRAME[:cut], FRAME[cut:]) if part])
            )
            back = await line.exchange(b"task")
            await line.close()
            return await other, back

    assert asyncio.run(exchanged()) == (b"task", (b"header", b"body"))


def test_a_line_serves_one_frame_after_the_other() -> None:
    async def twice() -> list[tuple[bytes, bytes]]:
        ours, theirs = socket.socketpair()
        line = await Line.on(ours)
        backs = []
        with theirs:
            for _ in range(2):
                other = asyncio.create_task(the_other_end(theirs, [FRAME]))
                backs.append(await line.exchange(b"task"))
                await other
            await line.close()
        return backs

    assert asyncio.run(twice()) == [(b"header", b"body")] * 2


@pytest.mark.parametrize("parts", [[], [FRAME[:5]], [FRAME[:-1]]])
def test_who_awaits_a_frame_is_told_that_none_will_come(parts: list[bytes]) -> None:
    async def lost() -> bool:
        ours, theirs = socket.socketpair()
        line = await Line.on(ours)

        async def answer_and_leave() -> None:
            with theirs:
                await the_other_end(theirs, parts)

        other = asyncio.create_task(answer_and_leave())
        with pytest.raises(ConnectionError):
            await line.exchange(b"task")
        await other
        return line.is_lost

    assert asyncio.run(lost())


def test_an_idle_line_knows_that_it_is_lost_and_takes_no_frame() -> None:
    async def idle() -> list[bool]:
        ours, theirs = socket.socketpair()
        line = await Line.on(ours)
        states = [line.is_lost]
        theirs.close()
        await asyncio.sleep(0.01)
        states.append(line.is_lost)
        with pytest.raises(ConnectionError):
            await line.exchange(b"task")
        await line.close()
        return states

    assert asyncio.run(idle()) == [False, True]
