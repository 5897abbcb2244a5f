"""The W3C examples of the result formats JSON, CSV and TSV, asked over HTTP.

JSON is parsed and compared. CSV and TSV are compared byte for byte once their rows are sorted, with blank
nodes named alike and the ends of lines that a version control system changed in the suite left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results
from rdflib import RDF, Graph, Namespace, Node

from graph_builder.folders import Folders
from tests.serve.running import LIMITS, running

pytestmark = pytest.mark.needs_shared

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
TOTAL = 10
BY_VALUE = {
    "csv03": (b"http://example.org/s6,http://example.org/p6,1000000",),
    "tsv03": (
        b"<http://example.org/s3>\t<http://example.org/p3>\t-3",
        b'<http://example.org/s6>\t<http://example.org/p6>\t"1000000"^^<http://www.w3.org/2001/XMLSchema#double>',
    ),
}
"""Rows that the engine gives in another spelling: it keeps numbers by value, not as they were written."""


@dataclass(frozen=True)
class Case:
    """Data, a query, and the file with the expected answer."""

    name: str
    query: str
    data: Path
    expected: Path


def read_cases(shared: Path) -> list[Case]:
    cases = []
    for folder in ("csv-tsv-res", "json-res"):
        home = shared / "conformance" / "sparql" / folder
        graph = Graph().parse(home / "manifest.ttl", publicID=f"{home.as_uri()}/")
        for test in {*graph.subjects(MF.result)}:
            assert (test, RDF.type, None) in graph
            action = graph.value(test, MF.action)

            def file(value: Node | None, home: Path = home) -> Path:
                return home / str(value).rpartition("/")[2]

            query = file(graph.value(action, QT.query)).read_text("utf-8")
            data, expected = file(graph.value(action, QT.data)), file(graph.value(test, MF.result))
            cases.append(Case(str(test).rpartition("#")[2], query, data, expected))
    return sorted(cases, key=lambda case: case.name)


@contextmanager
def asked(data: Path, out: Path) -> Iterator[httpx.Client]:
    store = Store(out / "stores")
    store.load(path=data)
    store.flush()
    folders = Folders(out=out)
    folders.store.symlink_to("stores")
    with (
        running(replace(LIMITS, workers=1), folders) as service,
        httpx.Client(base_url=service.address, timeout=30) as client,
    ):
        yield client


def shape(case: Case, answer: bytes) -> Any:  # noqa: ANN401  what is compared differs with the format
    ending = case.expected.suffix
    if ending in {".csv", ".tsv"}:
        head, *rows = re.sub(rb"_:\w+", b"_:", answer).splitlines()
        return head, sorted(rows)
    results = parse_query_results(answer, QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return bool(results)
    names = [variable.value for variable in results.variables]
    rows_ = [tuple(re.sub(r"^_:\w+", "_:", str(value)) for value in solution) for solution in results]
    return set(names), sorted(dict(zip(names, row, strict=True)).__repr__() for row in rows_)


def test_every_example_is_answered_as_the_suite_says(shared: Path, tmp_path: Path) -> None:
    cases = read_cases(shared)
    faults = {}
    for data in sorted({case.data for case in cases}):
        out = tmp_path / f"{data.parent.name}-{data.stem}"
        out.mkdir()
        with asked(data, out) as client:
            for case in (case for case in cases if case.data == data):
                short = {".srj": "json"}.get(case.expected.suffix, case.expected.suffix[1:])
                answer = client.get("/sparql", params={"query": case.query, "format": short})
                found, wanted = shape(case, answer.content), shape(case, case.expected.read_bytes())
                if found != wanted:
                    faults[case.name] = tuple(row for row in found[1] if row not in wanted[1])
    assert faults == BY_VALUE
    assert len(cases) == TOTAL
