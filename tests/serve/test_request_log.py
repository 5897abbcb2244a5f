"""The line of the log for each request: what happened, and not who asked what."""

from __future__ import annotations

import io
import json
import logging
import re

import httpx
import pytest

from api.observation.logs import JsonLines, PatientHandler, TextLines
from graph_builder.folders import Folders
from graph_builder.publication import publish
from tests.serve.processes import server_process
from tests.serve.running import BASE, small_folders


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
