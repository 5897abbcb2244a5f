"""From pyoxigraph, which parses fast, to rdflib, on which pySHACL works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib

from graph_builder.errors import MappingError, Place, Problem, ReportError

Statement = ox.Triple | ox.Quad


def parse(path: Path, file_format: ox.RdfFormat, base: str | None = None) -> Iterator[ox.Quad]:
    """The statements of a file; blank nodes get new names. Raises ReportError with file and line."""
    try:
        yield from ox.parse(path=str(path), format=file_format, base_iri=base, rename_blank_nodes=True)
    except FileNotFoundError as error:
        problem = Problem(Place(str(path)), "the file is missing", "restore it, or build it first")
        raise ReportError(problem) from error
    except SyntaxError as error:
        problem = Problem(
            Place(str(path), error.lineno), f"it cannot be parsed: {error.msg}", "mend it there"
        )
        raise ReportError(problem) from error


def rdflib_graph(statements: Iterable[Statement]) -> rdflib.Graph:
    """One graph of all statements, without their graph names."""
    graph = rdflib.Graph(bind_namespaces="none")
    iris: dict[str, rdflib.URIRef] = {}
    for statement in statements:
        triple = (
            _term(statement.subject, iris), _term(statement.predicate, iris), _term(statement.object, iris),
        )  # fmt: skip
        graph.store.add(triple, graph)  # Graph.add checks each term again, which costs as much as adding it
    return graph


def _term(term: object, iris: dict[str, rdflib.URIRef]) -> rdflib.term.Node:
    match term:
        case ox.NamedNode():
            return _iri(term.value, iris)
        case ox.Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == str(rdflib.XSD.string):
            return rdflib.Literal(term.value)
        case ox.Literal():
            # the lexical form is kept: what was printed may be ill-typed, and a shape must see it
            return rdflib.Literal(term.value, datatype=_iri(term.datatype.value, iris), normalize=False)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case _:
            problem = Problem(
                Place("dataset"), f"{term} is no term of RDF 1.1", "state it with a node of its own"
            )
            raise MappingError(problem)


def _iri(value: str, iris: dict[str, rdflib.URIRef]) -> rdflib.URIRef:
    known = iris.get(value)
    if known is None:
        known = iris[value] = rdflib.URIRef(value)
    return known
