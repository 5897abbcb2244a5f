"""What who runs the service sees of a request: its name, its line in the log, its part in the counts."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message

from api.app import create_app
from api.observation.logs import JsonLines, PatientHandler, TextLines
from api.observation.observed_routes import ObservedRoute
from api.settings import Settings
from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.processes import server_process
from tests.serve.running import BASE, Service, small_folders

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


# The log of a service as it is run.


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    made = small_folders(tmp_path_factory.mktemp("observation"))
    publish(made, "v", BASE)
    return made


KEPT = "SELECT * { ?kept ?to ?oneself"


def ask_this_and_that(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        client.get("/doc/070009/entry/small.1")
        client.get("/sparql", params={"query": KEPT})
        client.post("/sparql", data={"query": KEPT})
        client.head("/questions")
        client.get("/questions/figures-of-a-year", params={"year": "kept-to-oneself"})
        client.get("/doc/kept/to/oneself")


def test_a_line_tells_what_happened_and_not_who_asked_what(folders: Folders) -> None:
    with server_process(folders) as server:
        ask_this_and_that(server.address)
        lines = server.requests(6)
        everything = "".join(server.lines)
    assert "oneself" not in everything
    assert "127.0.0.1" not in "".join(json.dumps(line) for line in lines)
    first = lines[0]
    assert list(first) == [
        *("ts", "level", "logger", "message"),
        *("request_id", "method", "route", "status", "seconds", "bytes"),
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", first["ts"])
    assert (first["route"], first["status"], first["method"]) == ("/doc/{path:path}", 200, "GET")
    assert first["bytes"] > 1000
    assert 0 < first["seconds"] < 30
    assert [line["refusal"] for line in lines[1:3]] == ["malformed", "malformed"]
    # The same query has the same digest, however it is sent.
    assert lines[1]["query_sha256"] == lines[2]["query_sha256"]
    assert re.fullmatch("[0-9a-f]{16}", lines[1]["query_sha256"])
    assert (lines[3]["method"], lines[3]["bytes"]) == ("HEAD", 0)
    assert lines[4]["route"] == "/questions/{name}"
    assert (lines[5]["status"], lines[5]["refusal"]) == (404, "not-found")


def test_queries_and_clients_are_told_where_a_setting_asks_for_it(folders: Folders) -> None:
    with server_process(folders, log_queries="yes", log_clients="yes") as server:
        ask_this_and_that(server.address)
        lines = server.requests(6)
    assert {line["client"] for line in lines} == {"127.0.0.1"}
    assert [line["query"] for line in lines[:3]] == ["", KEPT, KEPT]
    assert lines[4]["query"] == "year=kept-to-oneself"
    assert lines[5]["path"] == "/doc/kept/to/oneself"


@pytest.mark.parametrize(("proxies", "client"), [("127.0.0.1", "192.0.2.7"), ("", "127.0.0.1")])
def test_a_proxy_is_believed_only_where_it_is_named(folders: Folders, proxies: str, client: str) -> None:
    with server_process(folders, log_clients="yes", proxies=proxies) as server:
        httpx.get(f"{server.address}/questions", headers={"X-Forwarded-For": "192.0.2.7"})
        assert server.requests(1)[0]["client"] == client


def test_the_server_logs_in_the_same_form(folders: Folders) -> None:
    with server_process(folders, log_level="info") as server:
        loggers = {entry["logger"] for entry in server.log()}
        assert loggers == {"uvicorn.error"}
    with server_process(folders, log_format="text") as server:
        httpx.get(f"{server.address}/questions")
        assert "info" in server.lines[0]
        with pytest.raises(json.JSONDecodeError):
            server.log()


def record(message: str, fault: Exception | None = None) -> logging.LogRecord:
    reason = None if fault is None else (type(fault), fault, None)
    return logging.LogRecord("x", logging.ERROR, "", 0, message, None, reason)


def test_no_value_begins_a_line_of_its_own() -> None:
    line = JsonLines().format(record('a\nb\u2028c"', ValueError("d\ne")))
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["message"] == 'a\nb\u2028c"'
    assert json.loads(line)["traceback"] == "ValueError: d\ne"
    assert TextLines().format(record("a")).endswith(" error   a")


def test_lines_that_cannot_be_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.observation.logs.RECORDS_AT_MOST", 2)
    monkeypatch.setattr("api.observation.logs.PAUSE", 60)
    stream = io.StringIO()
    handler = PatientHandler(stream)
    handler.setFormatter(JsonLines())
    for number in range(5):
        handler.handle(record(str(number)))
    assert stream.getvalue() == ""
    handler.close()
    messages = [json.loads(line)["message"] for line in stream.getvalue().splitlines()]
    assert messages == ["0", "1", "3 lines were lost: nobody read the log"]


# The counts.


def counts(client: httpx.Client, name: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = (sample for family in families for sample in family.samples if sample.name == name)
    return {tuple(value for _, value in sorted(sample.labels.items())): sample.value for sample in samples}


def test_requests_are_counted_by_the_template_of_their_route(client: httpx.Client) -> None:
    before = counts(client, "keifu_requests_total")
    for number in range(20):
        client.get(f"/doc/nothing/{number}")
        client.get(f"/nothing-{number}")
    client.request("PROPFIND", "/sparql")
    after = counts(client, "keifu_requests_total")
    assert len(after.keys() - before.keys()) <= 4
    assert after["GET", "/doc/{path:path}", "404"] - before.get(("GET", "/doc/{path:path}", "404"), 0) == 20
    assert after["GET", "(none)", "404"] - before.get(("GET", "(none)", "404"), 0) == 20
    assert after["other", "/sparql", "405"] >= 1
    assert counts(client, "keifu_request_seconds_count")["/doc/{path:path}",] >= 20
    assert counts(client, "keifu_requests_in_flight") == {(): 1}


def test_pools_are_counted_by_name(service: Service, client: httpx.Client) -> None:
    answered, refused = (
        counts(client, "keifu_pool_answered_total"),
        counts(client, "keifu_pool_refused_total"),
    )
    replaced = counts(client, "keifu_pool_replaced_total")
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
    assert client.get("/sparql?query=ASK{}").status_code == 200
    assert client.get("/sparql?query=nonsense").status_code == 400
    assert client.post("/sparql", data={"query": endless}).status_code == 504
    assert client.get("/doc/070009/entry/small.1").status_code == 200
    now = counts(client, "keifu_pool_answered_total")
    assert now["strangers",] - answered["strangers",] == 1
    assert now["pages",] > answered["pages",]
    now = counts(client, "keifu_pool_refused_total")
    for reason in ("malformed", "out-of-time"):
        assert now["strangers", reason] - refused.get(("strangers", reason), 0) == 1
    assert counts(client, "keifu_pool_replaced_total")["strangers",] - replaced["strangers",] == 1
    workers = counts(client, "keifu_pool_workers")
    assert workers == {("pages",): service.settings.page_workers, ("strangers",): service.settings.workers}
    assert counts(client, "keifu_pool_busy") == {("pages",): 0, ("strangers",): 0}
    assert counts(client, "keifu_pool_waiting") == {("pages",): 0, ("strangers",): 0}


def test_the_published_dataset_is_named(service: Service, client: httpx.Client) -> None:
    labels = next(iter(counts(client, "keifu_dataset_info")))
    assert set(labels) == {"small", "small-1"}
    since = counts(client, "keifu_store_published_timestamp_seconds")[()]
    assert since == pytest.approx(service.folders.store.lstat().st_mtime)


def test_metrics_speak_openmetrics_where_asked(client: httpx.Client) -> None:
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=")
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


def test_every_application_counts_for_itself(tmp_path: Path) -> None:
    first, second = (create_app(Settings(out=tmp_path)) for _ in range(2))
    asyncio.run(exchange(first, "/nothing"))
    assert 'route="(none)"' in first.state.metrics.exposition("")[0].decode()
    assert 'route="(none)"' not in second.state.metrics.exposition("")[0].decode()


# The messages of one request, as they pass.


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
        made.router.routes.append(ObservedRoute(path, endpoint))
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
    assert asyncio.run(exchange(app, "/leave")) == []
    assert counted(app, "/leave", 499)
    assert [entry for entry in caplog.records if entry.levelno > logging.INFO] == []
