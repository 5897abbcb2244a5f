"""What the endpoint can do and what it holds, in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from api.site import Site
from graph_builder.namespaces import FORMATS, RDF, SD, VOID, XSD, read_prefixes
from sparql.asking import select
from sparql.execution.worker import GRAPH_SYNTAXES
from sparql.protocol import Format

SIZES = """
SELECT ?graph (COUNT(*) AS ?count) WHERE {
  { GRAPH ?graph { ?s ?p ?o } } UNION { ?s ?p ?o }
} GROUP BY ?graph ORDER BY ?graph
"""
"""The statements of each named graph; those of the default graph are in the row without one."""

RESULT_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


async def describe_service(site: Site, address: str, form: Format) -> bytes:
    """Return the description of the endpoint at `address` in a format for graphs."""
    rows = await select(site.pages, SIZES)
    sizes = {row["graph"].value if "graph" in row else None: row["count"].value for row in rows}
    triples = _statements(NamedNode(address), sizes)
    prefixes = {name: read_prefixes()[name] for name in ("sd", "void", "xsd")}
    written = serialize(triples, format=GRAPH_SYNTAXES[form.syntax], prefixes=prefixes)
    return written or b""


def _statements(endpoint: NamedNode, sizes: dict[str | None, str]) -> Iterator[Triple]:
    service, dataset, default = BlankNode(), BlankNode(), BlankNode()
    yield Triple(service, _name(RDF.type), _name(SD.Service))
    yield Triple(service, _name(SD.endpoint), endpoint)
    yield Triple(service, _name(SD.supportedLanguage), _name(SD.SPARQL11Query))
    for form in RESULT_NAMES:
        yield Triple(service, _name(SD.resultFormat), _name(FORMATS[form]))
    yield Triple(service, _name(SD.defaultDataset), dataset)
    yield Triple(dataset, _name(RDF.type), _name(SD.Dataset))
    yield Triple(dataset, _name(SD.defaultGraph), default)
    yield from _graph(default, sizes.get(None, "0"))
    for name, size in sizes.items():
        if name is not None:
            named, graph = BlankNode(), BlankNode()
            yield Triple(dataset, _name(SD.namedGraph), named)
            yield Triple(named, _name(RDF.type), _name(SD.NamedGraph))
            yield Triple(named, _name(SD.name), NamedNode(name))
            yield Triple(named, _name(SD.graph), graph)
            yield from _graph(graph, size)


def _graph(graph: BlankNode, size: str) -> Iterator[Triple]:
    yield Triple(graph, _name(RDF.type), _name(SD.Graph))
    yield Triple(graph, _name(VOID.triples), Literal(size, datatype=_name(XSD.integer)))


def _name(address: str) -> NamedNode:
    return NamedNode(address)
