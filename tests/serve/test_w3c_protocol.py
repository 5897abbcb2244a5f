"""The W3C test suite of the SPARQL 1.1 Protocol, sent over HTTP to the endpoint.

The endpoint is read-only by policy: every request that is an update is answered 403, whatever the suite
expects of a service that allows it. What an update would have changed is not asked afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import RDF, Graph, Literal, Namespace, Node
from rdflib.collection import Collection

from graph_builder.folders import Folders
from tests.serve.running import LIMITS, Service, running

pytestmark = pytest.mark.needs_shared

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data"

QUERY_TESTS, UPDATE_TESTS = 20, 14
MEDIA_TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


@dataclass(frozen=True)
class Exchange:
    """A request of the suite and what it expects: first digits of the status, a kind of format, an answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    form: str | None
    boolean: bool | None

    @property
    def is_update(self) -> bool:
        return b"update=" in self.body or "update=" in self.path or "sparql-update" in str(self.headers)


def text(graph: Graph, subject: Node, name: Node) -> str | None:
    value = graph.value(subject, name)
    return None if value is None else str(value)


def read_exchange(graph: Graph, request: Node) -> Exchange:
    response, body = graph.value(request, HT.resp), graph.value(request, HT.body)
    listed = graph.value(request, HT.headers)
    fields = [] if listed is None else list(Collection(graph, listed))
    boolean = graph.value(response, MF.expectedBoolean)
    assert response is not None
    encoding = (text(graph, body, CNT.characterEncoding) or "UTF-8") if body else "UTF-8"
    chars = (text(graph, body, CNT.chars) or "") if body else ""
    return Exchange(
        method=text(graph, request, HT.methodName) or "",
        path=(text(graph, request, HT.absolutePath) or "").replace("/sparql/", "/sparql", 1),
        headers={
            text(graph, field, HT.fieldName) or "": text(graph, field, HT.fieldValue) or ""
            for field in fields
        },
        body=chars.encode(encoding),
        statuses=frozenset(str(status)[-3] for status in graph.objects(response, MF.expectedStatus)),
        form=text(graph, response, MF.expectedFormat),
        boolean=bool(boolean.toPython()) if isinstance(boolean, Literal) else None,
    )


def read_tests(shared: Path) -> dict[str, list[Exchange]]:
    manifest = shared / "conformance" / "sparql" / "protocol" / "manifest.ttl"
    graph = Graph().parse(manifest, publicID="http://www.w3.org/manifest")
    found = {}
    for test in graph.subjects(RDF.type, MF.ProtocolTest):
        requests = graph.value(graph.value(test, MF.action), HT.requests)
        assert requests is not None
        name = str(test).rpartition("#")[2]
        found[name] = [read_exchange(graph, request) for request in Collection(graph, requests)]
    return found


@pytest.fixture(scope="module")
def endpoint(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The endpoint with the data of the suite, each file in the graph that the suite names."""
    folders = Folders(out=tmp_path_factory.mktemp("w3c"))
    store = Store(folders.out / "stores")
    store.add_graph(NamedNode(f"{DATA}/data0.rdf"))
    for number in (1, 2, 3):
        path = shared / "conformance" / "sparql" / "protocol" / f"data{number}.nt"
        store.load(path=path, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(f"{DATA}/data{number}.rdf"))
    store.flush()
    folders.store.symlink_to("stores")
    with running(replace(LIMITS, workers=1), folders) as service:
        yield service


def send(client: httpx.Client, exchange: Exchange) -> httpx.Response:
    return client.request(exchange.method, exchange.path, headers=exchange.headers, content=exchange.body)


def fault(client: httpx.Client, exchange: Exchange) -> str | None:
    """Return what is wrong with an answer; None where nothing is."""
    answer = send(client, exchange)
    if str(answer.status_code)[0] not in exchange.statuses:
        return f"{exchange.path} answered {answer.status_code}: {answer.text}"
    media_type = answer.headers["content-type"].partition(";")[0]
    if exchange.form and media_type not in MEDIA_TYPES[exchange.form]:
        return f"{media_type} is no format for {exchange.form}"
    if exchange.boolean is not None and answer.json()["boolean"] != exchange.boolean:
        return f"the answer is not {exchange.boolean}"
    return None


def test_every_test_of_queries_passes(shared: Path, endpoint: Service) -> None:
    tests = {name: test for name, test in read_tests(shared).items() if "update" not in name}
    with httpx.Client(base_url=endpoint.address, timeout=30) as client:
        faults = {
            name: why for name, test in tests.items() for exchange in test if (why := fault(client, exchange))
        }
    assert faults == {}
    assert len(tests) == QUERY_TESTS


def test_every_update_is_forbidden(shared: Path, endpoint: Service) -> None:
    tests = {name: test for name, test in read_tests(shared).items() if "update" in name}
    with httpx.Client(base_url=endpoint.address, timeout=30) as client:
        statuses = {
            (name, send(client, exchange).status_code)
            for name, test in tests.items()
            for exchange in test
            if exchange.is_update or len(test) == 1
        }
    others = {(name, status) for name, status in statuses if status != 403}
    # These two send no media type of an update, so nobody can tell that they are one.
    assert others == {("bad_update_wrong_media_type", 415), ("bad_update_missing_form_type", 415)}
    assert {name for name, _ in statuses} == tests.keys()
    assert len(tests) == UPDATE_TESTS
