"""Queries that are made to do harm: each ends in time, whole or with a problem, and pages go on meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph_builder.folders import Folders
from tests.hostile.fortress import SECONDS, fortress, is_well, is_whole
from tests.serve.processes import ServerProcess

ATTACKS = Path(__file__).with_name("attacks")
QUERIES = {path.stem: path.read_text("utf-8") for path in sorted(ATTACKS.glob("*.rq"))}
TOO_LARGE_FOR_FILES = {
    "ten-thousand-unions": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 10_000) + " }",
    "ten-thousand-unions-to-parse": "SELECT * { " + " UNION ".join(["{ ?s ?p 'service' }"] * 10_000) + " }",
    "literal-of-a-megabyte": f'ASK {{ ?s ?p "{"x" * 1_000_000}" }}',
    "literal-below-the-limit": f'SELECT * {{ ?s ?p ?o FILTER(?o != "{"x" * 200_000}") }} LIMIT 10',
    "deep-brackets": "ASK { FILTER(" + "(" * 60_000 + "1" + ")" * 60_000 + ") }",
    "deep-groups": "ASK " + "{" * 60_000 + "}" * 60_000,
    "many-prefixes": "".join(f"PREFIX p{n}: <http://e/{n}> " for n in range(5000)) + "ASK {}",
    "long-in": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(str(n) for n in range(30_000)) + ")) }",
}
ALL = {**QUERIES, **TOO_LARGE_FOR_FILES}
STATUSES = {200, 400, 413, 429, 503, 504}
AT_ONCE = 4


@pytest.fixture(scope="module")
def server(built: Folders) -> Iterator[ServerProcess]:
    """One server on the real graph for all attacks: what one breaks, the next one finds."""
    with fortress(built) as running:
        yield running


async def attack(client: httpx.AsyncClient, query: str) -> tuple[httpx.Response, float]:
    begin = time.monotonic()
    answer = await client.post("/sparql", data={"query": query})
    return answer, time.monotonic() - begin


async def read_pages(client: httpx.AsyncClient, until: asyncio.Event) -> list[tuple[int, float]]:
    seen = []
    for _ in range(1000):
        if until.is_set():
            break
        begin = time.monotonic()
        answer = await client.get("/doc/070009/plan/digital-transformation-policy")
        seen.append((answer.status_code, time.monotonic() - begin))
        await asyncio.sleep(0.05)
    return seen


async def under_attack(
    address: str, query: str
) -> tuple[list[tuple[httpx.Response, float]], list[tuple[int, float]]]:
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        done = asyncio.Event()
        pages = asyncio.create_task(read_pages(client, done))
        answers = await asyncio.gather(*(attack(client, query) for _ in range(AT_ONCE)))
        done.set()
        return answers, await pages


@pytest.mark.parametrize("name", ALL)
def test_an_attack_ends_in_time_and_nothing_else_suffers(server: ServerProcess, name: str) -> None:
    answers, pages = asyncio.run(under_attack(server.address, ALL[name]))
    assert {answer.status_code for answer, _ in answers} <= STATUSES
    assert all(is_whole(answer) for answer, _ in answers)
    assert max(seconds for _, seconds in answers) < SECONDS + 1
    assert {status for status, _ in pages} <= {200, 404}
    # A generous bound: the ratio to a quiet service is measured in benchmarks/serving.
    assert max((seconds for _, seconds in pages), default=0) < SECONDS
    assert server.memory_mb() < 400
    assert is_well(server)


def test_the_number_of_attacks() -> None:
    assert (len(QUERIES), len(TOO_LARGE_FOR_FILES)) == (12, 8)


def test_all_attacks_at_once(server: ServerProcess) -> None:
    async def test() -> list[tuple[httpx.Response, float]]:
        async with httpx.AsyncClient(base_url=server.address, timeout=30) as client:
            return await asyncio.gather(*(attack(client, query) for query in ALL.values()))

    answers = asyncio.run(test())
    assert all(is_whole(answer) for answer, _ in answers)
    assert max(seconds for _, seconds in answers) < SECONDS + 1
    assert is_well(server)
