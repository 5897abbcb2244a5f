"""Every request has a name, and the middleware that gives it changes nothing of the answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message

from api.app import create_app
from api.observation.logs import JsonLines
from api.observation.observed_routes import ObservedRoute
from api.settings import Settings

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GIVEN = {
    "0f8fad5b-d9cb-469f-a165-70867728950e": True,
    "0F8FAD5BD9CB469FA16570867728950E": True,
    "": False,
    "x": False,
    "0f8fad5b-d9cb-469f-a165-70867728950": False,
    '0f8fad5b-d9cb-469f-a165-70867728950e", "status": "200': False,
    "../../etc/passwd": False,
    "a" * 5000: False,
}


@pytest.mark.parametrize("given", GIVEN)
def test_a_request_keeps_a_name_only_where_it_is_a_uuid(client: httpx.Client, given: str) -> None:
    name = client.get("/problems/busy", headers={"X-Request-ID": given}).headers["x-request-id"]
    if GIVEN[given]:
        assert name == given
    else:
        assert UUID.fullmatch(name)


def test_every_answer_has_a_name_of_its_own(client: httpx.Client) -> None:
    paths = (
        "/problems/busy",
        "/nothing",
        "/id/070009/entry/small.1",
        "/static/keifu.css",
        "/sparql?query=ASK{}",
    )
    names = [client.get(path).headers["x-request-id"] for path in paths]
    names.append(client.post("/health").headers["x-request-id"])
    names.append(client.head("/health").headers["x-request-id"])
    assert len(set(names)) == len(paths) + 2


def test_a_problem_names_its_request(client: httpx.Client) -> None:
    answer = client.get("/nothing", headers={"X-Request-ID": "0F8FAD5BD9CB469FA16570867728950E"})
    assert answer.json()["instance"] == "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"
    refused = client.get("/sparql?query=nonsense")
    assert refused.json()["instance"] == f"urn:uuid:{refused.headers['x-request-id']}"


async def exchange(app: FastAPI, path: str) -> list[Message]:
    """Return the messages that the application sends in answer to a GET."""
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "state": {}}
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(30)
        raise AssertionError("nobody disconnects")

    async def send(message: Message) -> None:
        sent.append(message)

    with contextlib.suppress(ArithmeticError):
        await app(scope, receive, send)
    return sent


async def fail_at_once(_: Request) -> Response:
    raise ArithmeticError("at once")


async def fail_in_the_middle(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"first"
        yield b"second"
        raise ArithmeticError("in the middle")

    return StreamingResponse(parts())


async def leave(_: Request) -> Response:
    raise ClientDisconnect


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    made = create_app(Settings(out=tmp_path))
    for path, endpoint in (("/at-once", fail_at_once), ("/middle", fail_in_the_middle), ("/leave", leave)):
        made.router.routes.insert(0, ObservedRoute(path, endpoint))
    return made


def counted(app: FastAPI, route: str, status: int) -> bool:
    line = f'keifu_requests_total{{method="GET",route="{route}",status="{status}"}} 1.0'
    return line in app.state.metrics.exposition("")[0].decode()


def test_a_fault_is_answered_with_a_problem_that_can_be_found_in_the_log(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    start, body = asyncio.run(exchange(app, "/at-once"))
    problem = json.loads(body["body"])
    assert (start["status"], problem["type"]) == (500, "/problems/broken")
    assert "ArithmeticError" not in body["body"].decode()
    name = dict(start["headers"])[b"x-request-id"].decode()
    assert dict(start["headers"])[b"x-content-type-options"] == b"nosniff"
    told = [
        json.loads(JsonLines().format(entry)) for entry in caplog.records if entry.name == "keifu.request"
    ]
    assert [entry["request_id"] for entry in told] == [name, name]
    assert "ArithmeticError: at once" in told[0]["traceback"]
    assert (told[1]["status"], told[1]["refusal"]) == (500, "broken")
    assert counted(app, "/at-once", 500)


def test_a_stream_passes_part_by_part_and_a_fault_in_it_is_no_end(app: FastAPI) -> None:
    messages = asyncio.run(exchange(app, "/middle"))
    assert [message.get("body") for message in messages] == [None, b"first", b"second"]
    assert all(message["more_body"] for message in messages[1:])
    assert counted(app, "/middle", 200)


def test_a_client_that_left_is_no_fault(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    assert asyncio.run(exchange(app, "/leave"))[0]["status"] == 499
    assert counted(app, "/leave", 499)
    assert [entry for entry in caplog.records if entry.levelno > logging.INFO] == []


def test_every_application_counts_for_itself(tmp_path: Path) -> None:
    first, second = (create_app(Settings(out=tmp_path)) for _ in range(2))
    asyncio.run(exchange(first, "/nothing"))
    assert 'route="(none)"' in first.state.metrics.exposition("")[0].decode()
    assert 'route="(none)"' not in second.state.metrics.exposition("")[0].decode()
