"""A family as RDF: the direct statements of descent, the judgements behind them, names and places.

The graph also says of itself what it is about and what its limits are.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph_builder.namespaces import (
    BASIS,
    DCTERMS,
    KF,
    LINK_TYPE,
    RDF,
    RDFS,
    SKOS,
    STATUS,
    XSD,
    read_prefixes,
)
from sparql.lineage.family import Family, Label, PassageRef, Step, Thing

PREFIXES = ("kf", "skos", "rdfs", "dcterms", "basis", "link-type", "status", "xsd")


def family_graph(family: Family, address: str, form: RdfFormat) -> bytes:
    """Return a family in an RDF format; `address` is that of the graph itself."""
    triples = dict.fromkeys([*_about(family, address), *_members(family)])
    prefixes = {name: read_prefixes()[name] for name in PREFIXES}
    return serialize(triples, format=form, prefixes=prefixes) or b""


def _about(family: Family, address: str) -> Iterator[Triple]:
    depth, things = family.limits.depth, family.limits.things
    ja, en = ("途中で切れている", "cut off") if family.is_cut else ("すべて", "whole")
    yield _link(address, DCTERMS.subject, family.address)
    yield _text(address, RDFS.comment, f"{depth} 歩まで、{things} 件まで。{ja}。", "ja")
    yield _text(address, RDFS.comment, f"At most {depth} steps and {things} things; {en}.", "en")


def _members(family: Family) -> Iterator[Triple]:
    for thing in family.things.values():
        yield from _thing(thing)
    for step in family.steps:
        yield _link(step.later, step.property, step.earlier)
        yield _link(step.later, KF.derivesFrom, step.earlier)
        if step.link:
            yield from _judgement(step)
    places = [place for thing in family.things.values() for place in thing.evidence]
    places += [place for step in family.steps for place in step.evidence]
    for place in places:
        yield from _passage(place)


def _thing(thing: Thing) -> Iterator[Triple]:
    yield from _labels(thing.address, thing.label)
    if thing.class_address:
        yield _link(thing.address, RDF.type, thing.class_address)
    for place in thing.evidence:
        yield _link(thing.address, KF.evidence, place.passage)


def _judgement(step: Step) -> Iterator[Triple]:
    yield _link(step.link, RDF.type, KF.LineageLink)
    yield _link(step.link, KF["from"], step.earlier)
    yield _link(step.link, KF.to, step.later)
    yield _link(step.link, KF.linkType, LINK_TYPE[step.type])
    yield _link(step.link, KF.status, STATUS.accepted)
    if step.confidence is not None:
        yield _number(step.link, KF.confidence, f"{step.confidence}", XSD.decimal)
    for name, _ in step.bases:
        yield _link(step.link, KF.basis, BASIS[name])
    if step.article:
        yield Triple(NamedNode(step.link), NamedNode(KF.article), Literal(step.article))
    if step.reason:
        yield _text(step.link, KF.reason, step.reason, "ja")
    for place in step.evidence:
        yield _link(step.link, KF.evidence, place.passage)


def _passage(place: PassageRef) -> Iterator[Triple]:
    yield _link(place.passage, RDF.type, KF.Passage)
    yield _number(place.passage, KF.startLine, str(place.first), XSD.integer)
    yield _number(place.passage, KF.endLine, str(place.last), XSD.integer)
    yield _link(place.passage, DCTERMS.isPartOf, place.document_address)


def _labels(address: str, label: Label) -> Iterator[Triple]:
    for text, language in ((label.ja, "ja"), (label.en, "en")):
        if text:
            yield _text(address, SKOS.prefLabel, text, language)


def _link(subject: str, name: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(name), NamedNode(value))


def _text(subject: str, name: str, value: str, language: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(name), Literal(value, language=language))


def _number(subject: str, name: str, value: str, datatype: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(name), Literal(value, datatype=NamedNode(datatype)))
