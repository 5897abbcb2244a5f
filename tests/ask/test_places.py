"""Who has a worker and who waits: first come, first served, and nobody's worker is lost."""

from __future__ import annotations

import asyncio

import pytest

from sparql.execution.places import Places


def test_the_worker_used_last_is_taken_first() -> None:
    places = Places[str]()
    assert places.take() is None
    places.give("one")
    places.give("two")
    assert (places.take(), places.take(), places.take()) == ("two", "one", None)


def test_who_waits_longest_gets_the_next_worker() -> None:
    async def served() -> list[tuple[int, str]]:
        places, order = Places[str](), list[tuple[int, str]]()
        end = asyncio.get_running_loop().time() + 5

        async def wait(number: int) -> None:
            order.append((number, await places.wait(end)))

        waiting = [asyncio.create_task(wait(number)) for number in range(3)]
        await asyncio.sleep(0)
        assert places.waiting == 3
        for worker in ("a", "b", "c", "d"):
            places.give(worker)
        await asyncio.gather(*waiting)
        assert (places.waiting, places.idle) == (0, 1)
        return order

    assert asyncio.run(served()) == [(0, "a"), (1, "b"), (2, "c")]


def test_who_waits_too_long_is_told_so_and_takes_no_worker() -> None:
    async def late() -> None:
        places = Places[str]()
        with pytest.raises(TimeoutError):
            await places.wait(asyncio.get_running_loop().time() + 0.01)
        places.give("one")
        assert (places.waiting, places.idle) == (0, 1)

    asyncio.run(late())


@pytest.mark.parametrize("given_before", [False, True])
def test_a_worker_for_one_who_went_away_is_there_for_the_next(*, given_before: bool) -> None:
    async def gone() -> None:
        places = Places[str]()
        waiting = asyncio.create_task(places.wait(asyncio.get_running_loop().time() + 5))
        await asyncio.sleep(0)
        if given_before:
            places.give("one")
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        if not given_before:
            places.give("one")
        assert (places.waiting, places.idle, places.take()) == (0, 1, "one")

    asyncio.run(gone())
