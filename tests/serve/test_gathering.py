"""Writes that follow one another go out as one, and none is lost."""

from __future__ import annotations

import asyncio

from api.serving.gathering import AT_MOST, GatheringTransport


class Below(asyncio.Transport):
    """A transport that notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.ended = ""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.ended = "closed"

    def abort(self) -> None:
        self.ended = "aborted"

    def get_write_buffer_size(self) -> int:
        return 0


async def gathering() -> tuple[Below, GatheringTransport]:
    below = Below()
    return below, GatheringTransport(below, asyncio.get_running_loop())


def test_head_and_body_go_out_together_once_the_loop_is_back() -> None:
    async def written() -> None:
        below, transport = await gathering()
        transport.write(b"head ")
        transport.write(memoryview(b"body"))
        assert below.written == []
        assert transport.get_write_buffer_size() == 9
        await asyncio.sleep(0)
        assert below.written == [b"head body"]
        assert transport.get_write_buffer_size() == 0
        transport.writelines([b"next", b" answer"])
        await asyncio.sleep(0)
        assert below.written[1:] == [b"next answer"]

    asyncio.run(written())


def test_much_goes_out_at_once_so_that_a_slow_reader_is_noticed() -> None:
    async def written() -> None:
        below, transport = await gathering()
        transport.write(b"head")
        transport.write(b"x" * AT_MOST)
        assert [len(data) for data in below.written] == [AT_MOST + 4]
        await asyncio.sleep(0)
        assert len(below.written) == 1

    asyncio.run(written())


def test_closing_sends_what_waits_and_aborting_does_not() -> None:
    async def ended() -> None:
        below, transport = await gathering()
        transport.write(b"last words")
        transport.close()
        assert (below.written, below.ended) == ([b"last words"], "closed")
        below, transport = await gathering()
        transport.write(b"last words")
        transport.abort()
        await asyncio.sleep(0)
        assert (below.written, below.ended) == ([], "aborted")
        assert transport.get_write_buffer_size() == 0

    asyncio.run(ended())
