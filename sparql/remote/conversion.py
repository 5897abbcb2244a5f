"""What an endpoint answered → the syntax that was asked for.

Whatever is wanted, the endpoint is asked for a syntax that cannot be read when it was cut short, or at
least for an answer whose end the connection tells. So every answer is read whole before it is passed on,
and CSV or Turtle come from the same serializer as those of our own store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from sparql.execution.output import Output, Written
from sparql.protocol import Format, Syntax

T = TypeVar("T")
TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
}
GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
WITHOUT_END = (RdfFormat.N_TRIPLES, RdfFormat.TURTLE)
TABLE_SYNTAXES: dict[Syntax, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_SYNTAXES: dict[Syntax, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


@dataclass(frozen=True)
class Received:
    """A body with its media type; `has_end` as the connection told."""

    media_type: str
    body: bytes
    has_end: bool


def accept(wanted: Format) -> str:
    """Return the header Accept for an answer that is to be in a format: what is best, and what will do."""
    if wanted.syntax in TABLE_SYNTAXES:
        return "application/sparql-results+json, application/sparql-results+xml;q=0.5"
    return "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.3"


def converted(received: Received, wanted: Format, limit: int) -> Written:
    """Return a body in the format that is wanted, with its digest.

    Raises ValueError or SyntaxError where it is no such answer or not whole, `ResultTooLargeError` where it
    would have more than `limit` bytes.
    """
    buffer = Output(limit, wanted.content_type)
    if wanted.syntax in TABLE_SYNTAXES:
        results = parse_query_results(received.body, _known(received, TABLES))
        results.serialize(buffer, TABLE_SYNTAXES[wanted.syntax])
    else:
        syntax = _known(received, GRAPHS)
        if syntax in WITHOUT_END and not received.has_end:
            raise ValueError("nothing tells whether the answer is whole")
        triples = (quad.triple for quad in parse(received.body, syntax))
        serialize(triples, buffer, GRAPH_SYNTAXES[wanted.syntax])
    return buffer.finish()


def _known(received: Received, syntaxes: Mapping[str, T]) -> T:
    if received.media_type not in syntaxes:
        raise ValueError(f"the answer is {received.media_type or 'of no type'}")
    return syntaxes[received.media_type]
