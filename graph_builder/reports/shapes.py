"""Validate a graph with SHACL Core: read the shapes of a profile, run pySHACL, return findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.collection import Collection

from graph_builder.errors import Place, Problem, ReportError
from graph_builder.namespaces import KF, SHAPE
from graph_builder.reports.results import Finding, Rule, Severity, Text
from graph_builder.reports.terms import parse, rdflib_graph

_SH = rdflib.SH
_REMEDY = rdflib.URIRef(KF.remedy)
_TARGETS = (_SH.targetClass, _SH.targetNode, _SH.targetSubjectsOf, _SH.targetObjectsOf)


def read_shapes(profile: Path, *, follow: bool = True) -> rdflib.Graph:
    """The shapes of a profile and, if `follow`, of all it imports (`owl:imports`, relative to the file)."""
    statements: list[ox.Quad] = []
    pending, seen = [profile.resolve()], set[Path]()
    while pending:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        for statement in parse(path, ox.RdfFormat.TURTLE, path.as_uri()):
            if statement.predicate.value == str(rdflib.OWL.imports) and isinstance(
                statement.object, ox.NamedNode
            ):
                pending += [path.parent / statement.object.value.rpartition("/")[2]] if follow else []
            else:
                statements.append(statement)
    return rdflib_graph(statements)


def read_rules(shapes: rdflib.Graph) -> dict[str, Rule]:
    """IRI → rule, for every property shape of our own; raises ReportError where it says too little."""
    rules = (_rule(shapes, node) for node in shapes.subjects(rdflib.RDF.type, _SH.PropertyShape))
    return {rule.iri: rule for rule in rules}


def validate(data: rdflib.Graph, shapes: rdflib.Graph) -> list[Finding]:
    """What the shapes find in the data; `shapes` is used up (its targets are pushed down)."""
    rules = read_rules(shapes)
    push_down_targets(shapes)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    results: Iterable[rdflib.term.Node] = report.subjects(rdflib.RDF.type, _SH.ValidationResult)
    return [_finding(report, shapes, rules, result) for result in results]


def spoken_of(shapes: rdflib.Graph) -> frozenset[str]:
    """The properties that shapes can look at: those that they name, and the class of a thing and of a class.

    A path, a target or a pair of properties names what it follows (SHACL, sections 2.1.3 and 2.3.1); only a
    closed shape looks at others, and ours are open.
    """
    names = (term for triple in shapes for term in triple if isinstance(term, rdflib.URIRef))
    return frozenset(map(str, names)) | {str(rdflib.RDF.type), str(rdflib.RDFS.subClassOf)}


def push_down_targets(shapes: rdflib.Graph) -> None:
    """Give each property shape the targets of its node shape, and drop the node shape.

    The results are the same, for a node shape that holds nothing but sh:property says nothing itself;
    but pySHACL then checks all focus nodes of a property shape at once instead of one by one.
    """
    for node in list(shapes.subjects(rdflib.RDF.type, _SH.NodeShape)):
        for target in _TARGETS:
            for value in shapes.objects(node, target):
                for shape in shapes.objects(node, _SH.property):
                    shapes.add((shape, target, value))
        shapes.remove((node, None, None))


def _rule(shapes: rdflib.Graph, node: rdflib.term.Node) -> Rule:
    severity = shapes.value(node, _SH.severity)
    try:
        return Rule(
            iri=str(node),
            severity=Severity(str(severity).rpartition("#")[2]),
            message=_text(shapes, node, _SH.message),
            remedy=_text(shapes, node, _REMEDY),
        )
    except (KeyError, ValueError) as error:
        place = Place(
            f"shapes/{str(node).removeprefix(SHAPE.address).partition('.')[0]}.ttl", column=str(node)
        )
        remedy = "give it sh:severity, and sh:message and kf:remedy in ja and en"
        raise ReportError(Problem(place, "the shape does not say enough", remedy)) from error


def _text(shapes: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef) -> Text:
    said = {
        text.language: str(text)
        for text in shapes.objects(node, predicate)
        if isinstance(text, rdflib.Literal)
    }
    return Text(said["ja"], said["en"])


def _finding(
    report: rdflib.Graph, shapes: rdflib.Graph, rules: dict[str, Rule], result: rdflib.term.Node
) -> Finding:
    shape = report.value(result, _SH.sourceShape)
    value = report.value(result, _SH.value)
    literal = value if isinstance(value, rdflib.Literal) else None
    return Finding(
        rule=rules[str(shape)],
        component=str(report.value(result, _SH.sourceConstraintComponent)),
        focus_node=str(report.value(result, _SH.focusNode)),
        path=_path(shapes, shapes.value(shape, _SH.path)),
        value=None if value is None else str(value),
        value_datatype=str(literal.datatype) if literal is not None and literal.datatype else None,
        value_language=literal.language if literal is not None else None,
    )


def _path(shapes: rdflib.Graph, path: rdflib.term.Node | None) -> str | None:
    """An IRI, or the IRIs of an alternative path joined by `|`, as SPARQL writes it."""
    alternatives = shapes.value(path, _SH.alternativePath) if path is not None else None
    if alternatives is not None:
        return "|".join(str(member) for member in Collection(shapes, alternatives))
    return None if path is None else str(path)
