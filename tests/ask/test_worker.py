"""One query in a worker: its answer as bytes, or the reason why there is none."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from sparql.execution import limits, worker
from sparql.execution.frames import LENGTHS, Made, Outcome, Task, pack_task, read_task, unpack_outcome
from sparql.execution.limits import Limits, alarm, no_new_files
from sparql.execution.output import IN_MEMORY, Output, ResultTooLargeError
from sparql.execution.worker import Worker, serve
from sparql.protocol import GRAPH_FORMATS, RESULT_FORMATS, Format, LiteralTerm, Query
from sparql.refusals import Reason, RefusalError

BASE = "https://w3id.org/keifu/"
THING = f"{BASE}id/jp/law/1"


@pytest.fixture
def store(tmp_path: Path) -> str:
    written = Store(tmp_path / "store")
    graph = NamedNode(f"{BASE}graph/small")
    for number in range(200):
        quad = Quad(NamedNode(THING), NamedNode("http://e/p"), Literal(f"{number}" * 50), graph)
        written.add(quad)
        written.add(Quad(quad.subject, quad.predicate, quad.object))
    written.flush()
    return str(tmp_path / "store")


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker in this process, which must not limit its own memory."""
    monkeypatch.setattr(worker, "bound_memory", lambda _: None)
    yield Worker(Limits(seconds=20, result_mb=1), BASE)


def run(tried: Worker, store: str, query: Query) -> Outcome:
    return tried.run(Task(query, store, 20))


def reason(outcome: Outcome) -> Reason:
    assert isinstance(outcome, RefusalError)
    return outcome.reason


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_a_table_is_answered_in_each_format(tried: Worker, store: str, form: Format) -> None:
    query = Query("SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 1", table=form)
    outcome = run(tried, store, query)
    assert isinstance(outcome, Made)
    assert outcome.format == form
    assert b"0" * 50 in outcome.written.body


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_graph_is_answered_in_each_format(tried: Worker, store: str, form: Format) -> None:
    query = Query(f"DESCRIBE <{THING}>", graph=form)
    outcome = run(tried, store, query)
    assert isinstance(outcome, Made)
    syntaxes = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}
    syntax = {**syntaxes, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}[outcome.format.syntax]
    assert len(list(parse(outcome.written.body, syntax))) == 200


def test_a_literal_is_bound_with_its_datatype(tried: Worker, store: str) -> None:
    number = LiteralTerm("0.5", "http://www.w3.org/2001/XMLSchema#decimal")
    text = "SELECT ?given (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?given"
    found = run(tried, store, Query(text, bindings=(("given", number),), trusted=True))
    assert isinstance(found, Made)
    (row,) = json.loads(found.written.body)["results"]["bindings"]
    assert row["given"] == {"type": "literal", "value": "0.5", "datatype": number.datatype}


def test_bindings_go_through_the_socket_unharmed() -> None:
    number = LiteralTerm('"} \\u0022 #', "http://www.w3.org/2001/XMLSchema#string")
    task = Task(Query("ASK {}", bindings=(("thing", THING), ("text", number)), trusted=True), "s", 1)
    assert read_task(io.BytesIO(pack_task(task))) == task


def test_an_address_is_bound_and_cannot_break_out(tried: Worker, store: str) -> None:
    text = "SELECT ?thing (COUNT(*) AS ?n) { ?thing ?p ?o } GROUP BY ?thing"
    found = run(tried, store, Query(text, bindings=(("thing", THING),), trusted=True))
    assert isinstance(found, Made)
    assert json.loads(found.written.body)["results"]["bindings"][0]["n"]["value"] == "200"
    broken = Query(text, bindings=(("thing", "http://e/> } #"),), trusted=True)
    assert reason(run(tried, store, broken)) is Reason.MALFORMED


REFUSED = [
    ("SELECT * {", Reason.MALFORMED),
    ("INSERT DATA { <http://a> <http://b> 1 }", Reason.FORBIDDEN),
    ("DELETE WHERE { ?s ?p 'from SERVICE' }", Reason.FORBIDDEN),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", Reason.FORBIDDEN),
    ("SELECT * { ?s ?p ?o . ?t ?q ?r }", Reason.TOO_MUCH),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_a_query_is_refused_for_its_reason(tried: Worker, store: str, text: str, expected: Reason) -> None:
    assert reason(run(tried, store, Query(text))) is expected
    assert isinstance(run(tried, store, Query("ASK {}")), Made)


def test_a_syntax_error_names_line_and_column(tried: Worker, store: str) -> None:
    outcome = run(tried, store, Query("SELECT *\n{ ?s ?p"))
    assert isinstance(outcome, RefusalError)
    assert (outcome.problem.place.line, outcome.problem.place.column) == (2, 8)


def test_what_cannot_be_answered_acceptably_is_refused(tried: Worker, store: str) -> None:
    assert reason(run(tried, store, Query("ASK {}", table=None))) is Reason.NOT_ACCEPTABLE
    assert reason(run(tried, store, Query("DESCRIBE <http://a>", graph=None))) is Reason.NOT_ACCEPTABLE
    assert isinstance(run(tried, store, Query("ASK {}", graph=None)), Made)


def test_a_missing_store_is_said_and_the_next_one_opened(tried: Worker, store: str) -> None:
    assert reason(run(tried, f"{store}-gone", Query("ASK {}"))) is Reason.NO_STORE
    assert isinstance(run(tried, store, Query("ASK {}")), Made)


def test_the_dataset_of_the_protocol_is_kept(tried: Worker, store: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for graphs, expected in (((), "200"), ((f"{BASE}graph/small",), "200"), ((f"{BASE}graph/none",), "0")):
        outcome = run(tried, store, Query(count, default_graphs=graphs))
        assert isinstance(outcome, Made)
        assert json.loads(outcome.written.body)["results"]["bindings"][0]["n"]["value"] == expected
    assert reason(run(tried, store, Query(count, default_graphs=("http://e/g",)))) is Reason.FORBIDDEN
    assert reason(run(tried, store, Query(count, named_graphs=(f"{BASE}graph/a b",)))) is Reason.MALFORMED


def test_not_even_a_trusted_query_can_open_a_socket(tried: Worker, store: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        text = f"SELECT * {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        outcome = run(tried, store, Query(text, trusted=True))
        assert isinstance(outcome, RefusalError)
        assert "Too many open files" in outcome.problem.what
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_file_can_be_opened_only_inside_the_block() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with no_new_files(), pytest.raises(OSError, match="Too many open files"):
        os.open("/dev/null", os.O_RDONLY)
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
    os.close(os.open("/dev/null", os.O_RDONLY))


def test_memory_is_bounded_from_what_the_process_has(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, limit: asked.append(limit))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    limits.bound_memory(64)
    assert asked[0] == (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    assert 64 * limits.MEBIBYTE < asked[1][0] < 2**47


def test_an_output_takes_its_limit_and_no_more() -> None:
    output = Output(3)
    assert output.write(b"abc") == 3
    with pytest.raises(ResultTooLargeError):
        output.write(b"d")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("size", [0, 10, 2000, 10 * IN_MEMORY])
def test_an_output_is_whole_in_memory_or_in_its_file(tmp_path: Path, size: int, *, packed: bool) -> None:
    text = os.urandom(size)
    output = Output(2 * size + 1, "text/csv", str(tmp_path / "long"), gzip=packed)
    for start in range(0, size, 999):
        output.write(text[start : start + 999])
    written = output.finish()
    found = (tmp_path / "long").read_bytes() if (tmp_path / "long").exists() else written.body
    assert (tmp_path / "long").exists() == (size > IN_MEMORY)
    assert len(found) == written.length
    assert written.gzip == (packed and size > 1400)
    assert (gzip.decompress(found) if written.gzip else found) == text


def test_the_digest_tells_representations_apart_and_equal_ones_are_equal() -> None:
    def digest(kind: str, text: bytes, *, packed: bool = False) -> str:
        output = Output(100_000, kind, gzip=packed)
        output.write(text)
        return output.finish().digest

    text = b"x" * 5000
    assert digest("text/csv", text) == digest("text/csv", text)
    assert digest("text/csv", text, packed=True) == digest("text/csv", text, packed=True)
    kinds = {digest(kind, text, packed=packed) for kind in ("text/csv", "a/b") for packed in (False, True)}
    assert len(kinds) == 4


def test_only_a_long_output_may_open_its_one_file(tmp_path: Path) -> None:
    output = Output(10 * IN_MEMORY, "text/csv", str(tmp_path / "long"))
    with no_new_files():
        output.write(b"x" * (IN_MEMORY + 1))
        with pytest.raises(OSError, match="Too many open files"):
            os.open("/dev/null", os.O_RDONLY)
    assert output.finish().body == b""


def test_the_alarm_is_off_after_the_block() -> None:
    with alarm(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_computing_is_bounded_in_the_block_alone() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU)
    with alarm(60):
        assert 0 < resource.getrlimit(resource.RLIMIT_CPU)[0] < time.process_time() + 63
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


def test_a_worker_answers_frames_until_the_pool_has_gone(tried: Worker, store: str) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        ours.sendall(pack_task(Task(Query("ASK {}"), store, 20)))
        ours.shutdown(socket.SHUT_WR)
        serve(theirs, tried)
        received = ours.makefile("rb").read()
    header, body = LENGTHS.unpack(received[: LENGTHS.size])
    rest = received[LENGTHS.size :]
    outcome = unpack_outcome(rest[:header], rest[header : header + body])
    assert isinstance(outcome, Made)
    assert json.loads(outcome.written.body)["boolean"] is True
