"""The report as RDF: a sh:ValidationReport without blank nodes.

A result points with `kf:evidence` at the passage it is about and with `rdfs:seeAlso` at the passages of
the other places. A path that is no IRI is left out: `sh:sourceShape` tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pyoxigraph as ox

from graph_builder.identifiers import short_hash
from graph_builder.namespaces import KF, OWL, RDF, RDFS, SH, XSD, read_prefixes
from graph_builder.reports.results import Report, Result, Text

_USED = ("check", "id", "kf", "owl", "rdf", "rdfs", "sh", "shape", "xsd")


def render_turtle(report: Report, base: str) -> str:
    """Turtle, statements in the order of the report."""
    prefixes = {prefix: read_prefixes()[prefix] for prefix in _USED}
    output = BytesIO()
    ox.serialize(_statements(report, base), output, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return output.getvalue().decode("utf-8")


def render_nquads(report: Report, base: str) -> str:
    """N-Quads in the graph `{base}graph/report`: unique lines, sorted by their UTF-8 bytes."""
    graph = ox.NamedNode(f"{base}graph/report")
    triples = _statements(report, base)
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    output = BytesIO()
    ox.serialize(quads, output, format=ox.RdfFormat.N_QUADS)
    lines = set(output.getvalue().splitlines(keepends=True))
    return b"".join(sorted(lines)).decode("utf-8")


def _statements(report: Report, base: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{base}id/report")
    conforms = ox.Literal(str(report.conforms).lower(), datatype=ox.NamedNode(XSD.boolean))
    yield _triple(node, RDF.type, ox.NamedNode(SH.ValidationReport))
    yield _triple(node, SH.conforms, conforms)
    yield _triple(node, OWL.versionInfo, ox.Literal(report.version))
    names = [ox.NamedNode(f"{base}id/report/{_key(result)}") for result in report.results]
    for name in names:
        yield _triple(node, SH.result, name)
    for name, result in zip(names, report.results, strict=True):
        yield from _result(name, result)


def _key(result: Result) -> str:
    """Two results differ in rule, focus node, path, value or sentence; NFKC must not make them one."""
    distinct = (result.value, result.value_datatype, result.value_language, result.message.ja)
    encoded = [part.encode("utf-8").hex() if part else None for part in distinct]
    return f"{result.rule.name}.{short_hash(result.focus_node, result.path, *encoded)}"


def _result(name: ox.NamedNode, result: Result) -> Iterator[ox.Triple]:
    yield _triple(name, RDF.type, ox.NamedNode(SH.ValidationResult))
    yield _triple(name, SH.resultSeverity, ox.NamedNode(SH[result.severity.value]))
    yield _triple(name, SH.sourceShape, ox.NamedNode(result.rule.iri))
    yield _triple(name, SH.sourceConstraintComponent, ox.NamedNode(result.component))
    yield _triple(name, SH.focusNode, ox.NamedNode(result.focus_node))
    if result.path and "|" not in result.path:
        yield _triple(name, SH.resultPath, ox.NamedNode(result.path))
    if result.value is not None:
        yield _triple(name, SH.value, _value(result, result.value))
    yield from _texts(name, SH.resultMessage, result.message)
    yield from _texts(name, KF.remedy, result.remedy)
    yield from _places(name, result)


def _value(result: Result, value: str) -> ox.NamedNode | ox.Literal:
    if result.value_language:
        return ox.Literal(value, language=result.value_language)
    if result.value_datatype:
        return ox.Literal(value, datatype=ox.NamedNode(result.value_datatype))
    try:
        return ox.NamedNode(value)
    except ValueError:
        return ox.Literal(value)


def _texts(name: ox.NamedNode, predicate: str, text: Text) -> Iterator[ox.Triple]:
    yield _triple(name, predicate, ox.Literal(text.ja, language="ja"))
    yield _triple(name, predicate, ox.Literal(text.en, language="en"))


def _places(name: ox.NamedNode, result: Result) -> Iterator[ox.Triple]:
    if result.spot and result.spot.passage:
        yield _triple(name, KF.evidence, ox.NamedNode(result.spot.passage))
    for spot in result.also:
        if spot.passage:
            yield _triple(name, RDFS.seeAlso, ox.NamedNode(spot.passage))


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)
