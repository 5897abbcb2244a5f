"""The dataset in the words of VoID: counts, partitions, vocabularies, links to other datasets, examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from graph_builder.catalog.datasets import Subject
from graph_builder.catalog.saying import Statement, links, number
from graph_builder.dumps.listing import graph_key, read_forms
from graph_builder.namespaces import RDF, VOID, read_prefixes, short


def description(subject: Subject) -> Iterator[Statement]:
    """What VoID has to say of the whole; the classes are datasets of their own."""
    node, counts, addresses = subject.addresses.whole, subject.statistics, subject.addresses
    yield node, VOID.triples, number(sum(counts.graphs.values()))
    yield node, VOID.entities, number(counts.entities)
    yield node, VOID.distinctSubjects, number(counts.entities)
    yield node, VOID.classes, number(len(counts.classes))
    yield node, VOID.properties, number(len(counts.properties))
    yield node, VOID.sparqlEndpoint, NamedNode(addresses.endpoint)
    yield node, VOID.uriSpace, Literal(f"{addresses.base}id/")
    yield from links(node, VOID.subset, subject.graphs)
    yield from links(node, VOID.classPartition, map(addresses.kind, sorted(counts.classes)))
    yield from links(node, VOID.vocabulary, _vocabularies(subject))
    yield from links(node, VOID.exampleResource, _examples(subject))
    yield from links(node, VOID.feature, (form.format for form in read_forms().values() if form.format))
    yield from _properties(subject)
    yield from _linksets(subject)


def _properties(subject: Subject) -> Iterator[Statement]:
    for name, triples in sorted(subject.statistics.properties.items()):
        node = subject.addresses.node(f"property/{_key(name)}")
        yield subject.addresses.whole, VOID.propertyPartition, NamedNode(node)
        yield node, RDF.type, NamedNode(VOID.Dataset)
        yield node, VOID.property, NamedNode(name)
        yield node, VOID.triples, number(triples)


def _linksets(subject: Subject) -> Iterator[Statement]:
    """A linkset for each property by which alignments of a graph lead to another dataset."""
    for (graph, name, space), triples in sorted(subject.statistics.links.items()):
        if name not in subject.facts.aligning[graph]:
            continue
        target = subject.addresses.node(f"target/{_hash(space)}")
        node = subject.addresses.node(f"linkset/{graph_key(graph)}/{_key(name)}/{_hash(space)}")
        yield graph, VOID.subset, NamedNode(node)
        yield node, RDF.type, NamedNode(VOID.Linkset)
        yield node, VOID.linkPredicate, NamedNode(name)
        yield node, VOID.subjectsTarget, NamedNode(subject.addresses.whole)
        yield node, VOID.objectsTarget, NamedNode(target)
        yield node, VOID.triples, number(triples)
        yield target, RDF.type, NamedNode(VOID.Dataset)
        yield target, VOID.uriSpace, Literal(space)


def _vocabularies(subject: Subject) -> list[str]:
    names = (short(name) for name in (*subject.statistics.classes, *subject.statistics.properties))
    return sorted({read_prefixes()[name.partition(":")[0]] for name in names if name})


def _examples(subject: Subject) -> list[str]:
    first = {short(kind): thing for kind, thing in subject.statistics.first.items()}
    return [first[name] for name in subject.words.examples if name in first]


def _key(name: str) -> str:
    return short(name) or _hash(name)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
