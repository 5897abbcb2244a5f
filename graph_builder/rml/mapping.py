"""Read RML mappings: Turtle files → triples maps.

Vocabulary: https://w3id.org/rml/core/spec (RML-Core) and the RML-IO registry for sources. A source is a
`rml:RelativePathSource`. With `rml:root rml:MappingDirectory` its file lies beside the mapping; without a
root (RML's default is the engine's own directory) it is one of the tables that the build has made.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_builder.errors import MappingError, Place, Problem
from graph_builder.rml.model import (
    Expression,
    Formulation,
    Join,
    ParentMap,
    PredicateObjectMap,
    Reference,
    Source,
    TermMap,
    TriplesMap,
)
from graph_builder.rml.term_maps import (
    ANY_TERM,
    IRI_ONLY,
    RESOURCE,
    constant_term,
    read_expression,
    read_term_map,
)
from graph_builder.rml.turtle import Resource, read_turtle

TRIPLES_MAP = frozenset({"logicalSource", "subjectMap", "subject", "predicateObjectMap", "baseIRI"})
LOGICAL_SOURCE = frozenset({"source", "referenceFormulation", "iterator"})
FILE_SOURCE = frozenset({"root", "path"})
PREDICATE_OBJECT_MAP = frozenset({"predicateMap", "predicate", "objectMap", "object", "graphMap", "graph"})
PARENT_MAP = frozenset({"parentTriplesMap", "joinCondition"})
JOIN = frozenset({"child", "parent", "childMap", "parentMap"})


def read_mappings(files: Sequence[Path]) -> tuple[TriplesMap, ...]:
    """Every triples map of the files, in their order; raises MappingError."""
    graph = read_turtle(files)
    found = tuple(_triples_map(resource) for resource in graph.resources() if _is_triples_map(resource))
    if not found:
        place = Place(", ".join(map(str, files)) or "mapping")
        raise MappingError(Problem(place, "there is no rml:TriplesMap", "describe at least one"))
    return found


def _is_triples_map(resource: Resource) -> bool:
    return resource.is_a("TriplesMap") or resource.has("logicalSource")


def _triples_map(resource: Resource) -> TriplesMap:
    resource.expect(TRIPLES_MAP)
    subject = _subject_map(resource)
    return TriplesMap(
        name=resource.name,
        place=resource.place,
        source=_source(resource),
        subject=_subject(resource),
        classes=tuple(constant_term(value, IRI_ONLY) for value in subject.all("class")),
        graphs=_graphs(subject),
        predicate_objects=tuple(map(_predicate_object_map, resource.all("predicateObjectMap"))),
        base=_base(resource),
    )


def _subject_map(resource: Resource) -> Resource:
    """The node of the subject map; a constant subject (the shortcut) has no class and no graph."""
    subject = resource.one("subjectMap", "subject")
    if subject is None:
        raise resource.mistake("has no rml:subjectMap", "say how its subject is made")
    return subject


def _subject(resource: Resource) -> TermMap:
    node = _subject_map(resource)
    return constant_term(node, RESOURCE) if resource.has("subject") else read_term_map(node, RESOURCE)


def _base(resource: Resource) -> str | None:
    base = resource.one("baseIRI")
    if base is None:
        return None
    if base.iri is None:
        raise resource.mistake("has an rml:baseIRI that is not an IRI", "write it in angle brackets")
    return base.iri


def _source(resource: Resource) -> Source:
    logical = resource.one("logicalSource")
    if logical is None:
        raise resource.mistake("has no rml:logicalSource", "name the table that it reads")
    logical.expect(LOGICAL_SOURCE)
    formulation = logical.one("referenceFormulation")
    try:
        kind = Formulation(formulation.iri if formulation else None)
    except ValueError as error:
        known = ", ".join(f"<{item.value}>" for item in Formulation)
        shown = formulation.name if formulation else "no rml:referenceFormulation"
        raise logical.mistake(f"has {shown}, which no reader knows", f"use one of {known}") from error
    path, root = _file(logical)
    return Source(path, kind, root, logical.text("iterator"))


def _file(logical: Resource) -> tuple[str, Path | None]:
    source = logical.one("source")
    if source is None:
        raise logical.mistake("has no rml:source", "name its file")
    source.expect(FILE_SOURCE)
    path = source.text("path")
    if path is None:
        raise logical.mistake("has an rml:source without rml:path", "name its file with rml:path")
    root = source.one("root")
    match root.iri.rpartition("/")[2] if root and root.iri else None:
        case "MappingDirectory":
            return path, source.folder
        case None | "CurrentWorkingDirectory":
            return path, None
    raise source.mistake("has an unknown rml:root", "use rml:MappingDirectory, or none for a built table")


def _predicate_object_map(resource: Resource) -> PredicateObjectMap:
    resource.expect(PREDICATE_OBJECT_MAP)
    predicates = [read_term_map(node, IRI_ONLY) for node in resource.all("predicateMap")]
    predicates += [constant_term(node, IRI_ONLY) for node in resource.all("predicate")]
    objects: list[TermMap | ParentMap] = [_object(node) for node in resource.all("objectMap")]
    objects += [constant_term(node, ANY_TERM) for node in resource.all("object")]
    if not predicates or not objects:
        missing = "objectMap" if predicates else "predicateMap"
        raise resource.mistake(f"has no rml:{missing}", "give it at least one predicate and one object")
    return PredicateObjectMap(tuple(predicates), tuple(objects), _graphs(resource))


def _graphs(resource: Resource) -> tuple[TermMap, ...]:
    mapped = [read_term_map(node, RESOURCE) for node in resource.all("graphMap")]
    return (*mapped, *(constant_term(node, IRI_ONLY) for node in resource.all("graph")))


def _object(node: Resource) -> TermMap | ParentMap:
    if not node.has("parentTriplesMap"):
        return read_term_map(node, ANY_TERM)
    node.expect(PARENT_MAP)
    parent = node.one("parentTriplesMap")
    if parent is None or not _is_triples_map(parent):
        raise node.mistake("has an rml:parentTriplesMap that is described nowhere", "name a triples map")
    joins = tuple(map(_join, node.all("joinCondition")))
    return ParentMap(parent.name, _source(parent), _subject(parent), _base(parent), joins)


def _join(node: Resource) -> Join:
    node.expect(JOIN)
    return Join(_join_side(node, "child"), _join_side(node, "parent"))


def _join_side(node: Resource, side: str) -> Expression:
    """One side of a join; `rml:child "x"` is short for `rml:childMap [ rml:reference "x" ]`."""
    short = node.text(side)
    if short is not None:
        return Reference(short)
    mapped = node.one(f"{side}Map")
    expression = read_expression(mapped) if mapped else None
    if expression is None:
        raise node.mistake(f"has no rml:{side}", "say which columns have to be equal")
    return expression
