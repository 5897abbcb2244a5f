"""A pool of workers: bounded, killable, and it follows the switch."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from sparql.execution.limits import Limits
from sparql.execution.pool import Pool
from sparql.protocol import Answer, Query
from sparql.refusals import Reason, RefusalError

BASE = "https://w3id.org/keifu/"
LIMITS = Limits(seconds=2.0, memory_mb=128, result_mb=1)
CROSS_PRODUCT = Query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
ORDER_BOMB = Query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")


def write_store(directory: Path, name: str) -> Path:
    store = Store(directory)
    store.extend(Quad(NamedNode(f"http://e/{n}"), NamedNode("http://e/p"), Literal(name)) for n in range(300))
    store.flush()
    return directory


@pytest.fixture
def switch(tmp_path: Path) -> Path:
    write_store(tmp_path / "first", "first")
    link = tmp_path / "store"
    link.symlink_to("first")
    return link


@asynccontextmanager
async def started(
    switch: Path, limits: Limits = LIMITS, workers: int = 1, queue: int = 8
) -> AsyncIterator[Pool]:
    pool = Pool(switch, BASE, limits, workers=workers, queue=queue)
    pool.start()
    try:
        yield pool
    finally:
        await pool.stop()


def run(test: Callable[[], Coroutine[object, object, None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(60):
            await test()

    asyncio.run(bounded())


async def refused(pool: Pool, query: Query) -> Reason:
    with pytest.raises(RefusalError) as caught:
        await pool.answer(query)
    return caught.value.reason


def test_answers_are_whole_under_many_requests_at_once(switch: Path) -> None:
    async def test() -> None:
        async with started(switch, workers=2, queue=64) as pool:
            answers = await asyncio.gather(*(pool.answer(Query("SELECT * { ?s ?p ?o }")) for _ in range(30)))
            assert len({answer.body for answer in answers}) == 1
            assert answers[0].body.count(b'"first"') == 300

    run(test)


@pytest.mark.parametrize(("query", "reasons"), [(CROSS_PRODUCT, {504}), (ORDER_BOMB, {503, 504})])
def test_a_hostile_query_ends_in_time_and_the_next_one_is_answered(
    switch: Path, query: Query, reasons: set[int]
) -> None:
    async def test() -> None:
        async with started(switch) as pool:
            begin = time.monotonic()
            reason = await refused(pool, query)
            assert reason.status in reasons
            assert time.monotonic() - begin < LIMITS.seconds + 1
            assert isinstance(await pool.answer(Query("ASK {}")), Answer)

    run(test)


def test_a_query_that_overflows_the_stack_of_its_worker_ends_nothing_else(switch: Path) -> None:
    async def test() -> None:
        async with started(switch) as pool:
            deep = Query("ASK { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }")
            assert await refused(pool, deep) is Reason.CRASHED
            assert isinstance(await pool.answer(Query("ASK {}")), Answer)

    run(test)


def test_waiting_counts_and_a_full_queue_refuses_at_once(switch: Path) -> None:
    async def test() -> None:
        async with started(switch, queue=1) as pool:
            slow = asyncio.create_task(refused(pool, CROSS_PRODUCT))
            await asyncio.sleep(0.2)
            begin = time.monotonic()
            waiting = asyncio.create_task(refused(pool, CROSS_PRODUCT))
            await asyncio.sleep(0.1)
            assert await refused(pool, Query("ASK {}")) is Reason.BUSY
            assert time.monotonic() - begin < 1
            assert await slow is Reason.OUT_OF_TIME
            assert (await waiting).status in {429, 504}
            assert time.monotonic() - begin < LIMITS.seconds + 1

    run(test)


def test_a_worker_that_was_killed_while_idle_is_replaced_unnoticed(switch: Path) -> None:
    async def test() -> None:
        async with started(switch) as pool:
            await pool.answer(Query("ASK {}"))
            (worker,) = pool._workers
            os.kill(worker._process.pid, signal.SIGKILL)
            await asyncio.sleep(0.2)
            assert isinstance(await pool.answer(Query("ASK {}")), Answer)

    run(test)


def test_a_worker_whose_alarm_fails_is_killed_from_outside(switch: Path) -> None:
    async def test() -> None:
        async with started(switch, limits=Limits(seconds=1.0)) as pool:
            await pool.answer(Query("ASK {}"))
            (worker,) = pool._workers
            os.kill(worker._process.pid, signal.SIGSTOP)
            assert await refused(pool, Query("ASK {}")) is Reason.OUT_OF_TIME
            assert isinstance(await pool.answer(Query("ASK {}")), Answer)

    run(test)


def test_a_caller_that_goes_away_takes_its_query_along(switch: Path) -> None:
    async def test() -> None:
        async with started(switch) as pool:
            task = asyncio.create_task(pool.answer(CROSS_PRODUCT))
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            begin = time.monotonic()
            assert isinstance(await pool.answer(Query("ASK {}")), Answer)
            assert time.monotonic() - begin < LIMITS.seconds

    run(test)


def test_the_pool_follows_the_switch_and_no_query_fails_for_it(switch: Path) -> None:
    async def test() -> None:
        async with started(switch, workers=2) as pool:
            seen: list[bytes] = []
            names = ["first", "second", "third", "fourth"]
            for before, name in pairwise(names):
                await asyncio.gather(*(collect(pool, seen) for _ in range(4)))
                link = switch.with_name("next")
                link.symlink_to(write_store(switch.parent / name, name))
                link.replace(switch)
                await asyncio.gather(*(collect(pool, seen) for _ in range(4)))
                shutil.rmtree(switch.parent / before)
            assert [name for name in names if any(name.encode() in body for body in seen)] == names
            assert b"fourth" in seen[-1]

    async def collect(pool: Pool, seen: list[bytes]) -> None:
        seen.append((await pool.answer(Query("SELECT ?o { ?s ?p ?o } LIMIT 1"))).body)

    run(test)


def test_without_a_published_store_nothing_is_answered_until_there_is_one(tmp_path: Path) -> None:
    async def test() -> None:
        async with started(tmp_path / "store") as pool:
            assert await refused(pool, Query("ASK {}")) is Reason.NO_STORE
            (tmp_path / "store").symlink_to(write_store(tmp_path / "first", "first"))
            assert isinstance(await pool.answer(Query("ASK {}")), Answer)

    run(test)


def test_a_store_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    async def test() -> None:
        (tmp_path / "nothing").mkdir()
        (tmp_path / "store").symlink_to("nothing")
        async with started(tmp_path / "store") as pool:
            assert await refused(pool, Query("ASK {}")) is Reason.NO_STORE

    run(test)


@pytest.mark.parametrize("lost", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_store_that_was_removed_meanwhile_is_looked_up_again(
    switch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    half = write_store(tmp_path / "half", "half")
    for file in half.glob(lost):
        file.unlink()
    stores = iter([str(half)])
    whole = Pool.published
    monkeypatch.setattr(Pool, "published", lambda pool: next(stores, None) or whole(pool))

    async def test() -> None:
        async with started(switch) as pool:
            answer = await pool.answer(Query('SELECT ?o { <http://e/1> ?p ?o FILTER(?o != "half") }'))
            assert b"first" in answer.body

    run(test)


def test_no_query_of_a_worker_can_open_a_socket_even_if_it_is_trusted(switch: Path) -> None:
    async def test() -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.1)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/"
            text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
            async with started(switch) as pool:
                with pytest.raises(RefusalError, match=r"not permitted|Too many open files"):
                    await pool.answer(Query(text, trusted=True))
            with pytest.raises(TimeoutError):
                server.accept()

    run(test)


def test_a_store_of_many_files_is_read_to_the_last(tmp_path: Path) -> None:
    store = Store(tmp_path / "many")
    for number in range(40):
        store.add(Quad(NamedNode(f"http://e/{number}"), NamedNode("http://e/p"), Literal(str(number))))
        store.flush()
    del store
    assert len([*(tmp_path / "many").glob("*.sst")]) > 20
    (tmp_path / "store").symlink_to("many")

    async def test() -> None:
        async with started(tmp_path / "store") as pool:
            answer = await pool.answer(Query("SELECT (COUNT(?o) AS ?n) { ?s ?p ?o }"))
            assert b'"40"' in answer.body

    run(test)
