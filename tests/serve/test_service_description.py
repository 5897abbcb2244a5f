"""The three tests of the W3C suite for SPARQL 1.1 Service Description, and what clients rely on beyond it."""

from __future__ import annotations

import httpx
import pytest
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from tests.serve.running import BASE, Service

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


def described(client: httpx.Client, media_type: str = "text/turtle") -> Graph:
    answer = client.get("/sparql", headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    return Graph().parse(data=answer.text, format=FORMATS[media_type])


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # the JSON-LD parser of rdflib uses its own old names
@pytest.mark.parametrize("media_type", FORMATS)
def test_get_on_the_endpoint_returns_rdf(client: httpx.Client, media_type: str) -> None:
    assert len(described(client, media_type)) == len(described(client)) > 30


def test_the_description_contains_a_matching_endpoint(client: httpx.Client, service: Service) -> None:
    graph = described(client)
    (description,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(description, SD.endpoint) == URIRef(f"{service.address}/sparql")


def test_the_description_conforms_to_its_schema(client: httpx.Client) -> None:
    """The terms used are those of the vocabulary, with subjects and objects of the classes it names."""
    graph = described(client)
    (description,) = graph.subjects(RDF.type, SD.Service)
    (dataset,) = graph.objects(description, SD.defaultDataset)
    assert (description, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert len({*graph.objects(description, SD.resultFormat)}) == 8
    for named in graph.objects(dataset, SD.namedGraph):
        assert (named, RDF.type, SD.NamedGraph) in graph
        assert isinstance(graph.value(named, SD.name), URIRef)
        assert (graph.value(named, SD.graph), RDF.type, SD.Graph) in graph
    used = {str(name) for name in graph.predicates() if str(name).startswith(str(SD))}
    known = {"endpoint", "supportedLanguage", "resultFormat", "defaultDataset", "defaultGraph", "namedGraph"}
    assert used == {str(SD[name]) for name in (*known, "name", "graph")}


def test_the_sizes_are_those_that_a_query_counts(client: httpx.Client) -> None:
    graph = described(client)
    dataset = graph.value(None, RDF.type, SD.Dataset)
    default = graph.value(dataset, SD.defaultGraph)
    assert isinstance(default, BNode)
    count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    expected = count["results"]["bindings"][0]["n"]["value"]
    assert str(graph.value(default, VOID.triples)) == expected
    names = {str(name) for name in graph.objects(None, SD.name)}
    assert f"{BASE}graph/small" in names


@pytest.mark.parametrize("host", ['e"><x', "e/../", "user@e", "a b", "e:99999999", "Ω"])
def test_a_host_that_cannot_be_one_is_not_repeated(client: httpx.Client, service: Service, host: str) -> None:
    answer = client.get("/sparql", headers={b"Host": host.encode()})
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        graph = Graph().parse(data=answer.text, format="turtle")
        assert [*graph.objects(None, SD.endpoint)] == [URIRef(f"{service.address}/sparql")]
        assert Literal(host) not in set(graph.objects())
