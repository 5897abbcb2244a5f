"""The datasets of the catalogue: the whole, each named graph with its own terms, the things of each class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph_builder.catalog.addresses import Addresses
from graph_builder.catalog.distributions import distributions
from graph_builder.catalog.facts import TERMS, Facts
from graph_builder.catalog.saying import Statement, links, number, texts
from graph_builder.catalog.statistics import Statistics
from graph_builder.catalog.words import Entry, Text, Words
from graph_builder.dumps.listing import Dump, graph_key
from graph_builder.namespaces import DCAT, DCTERMS, FOAF, KF, PROV, RDF, VOID, XSD, short


@dataclass(frozen=True)
class Subject:
    """All that the catalogue speaks of."""

    addresses: Addresses
    words: Words
    facts: Facts
    statistics: Statistics
    dumps: Mapping[str, Dump]
    version: str
    names: Mapping[str, Text]
    """The names of the classes, by language."""

    @property
    def graphs(self) -> list[str]:
        """The named graphs, sorted."""
        return sorted(self.statistics.graphs)

    def dumps_of(self, graph: str | None, kind: str | None) -> list[Dump]:
        """The dumps of the whole, of a graph or of a class."""
        return [dump for dump in self.dumps.values() if (dump.graph, dump.kind) == (graph, kind)]


def whole(subject: Subject) -> Iterator[Statement]:
    """The dataset as a whole; the terms of every part of it are its own too."""
    node, words = subject.addresses.whole, subject.words
    yield from _dataset(subject, node, words.dataset)
    yield node, DCAT.version, Literal(subject.version)
    for language, keywords in words.keywords.items():
        yield from ((node, DCAT.keyword, Literal(word, language=language)) for word in keywords)
    yield from links(node, DCTERMS.language, words.languages)
    yield from links(node, DCTERMS.spatial, subject.facts.areas(words.area))
    yield from _period(subject, node)
    yield from _terms(subject, node, subject.graphs)
    yield from links(node, PROV.wasDerivedFrom, _sources(subject))
    yield from links(node, DCTERMS.conformsTo, [KF.address.rstrip("#")])
    yield from links(node, DCAT.landingPage, [subject.addresses.page])
    yield from links(node, DCTERMS.hasPart, subject.graphs)
    yield from distributions(subject.addresses, node, subject.dumps_of(None, None))


def named_graph(subject: Subject, graph: str) -> Iterator[Statement]:
    """A named graph: what it was read from, and on which terms."""
    key, facts = graph_key(graph), subject.facts
    entry = subject.words.graphs.get(key)
    yield from _dataset(subject, graph, entry)
    if entry is None:
        yield from _titles(subject, graph)
    yield from ((graph, name, value) for name in TERMS for value in facts.said(graph, name))
    sources = {value.value for value in facts.said(graph, PROV.wasDerivedFrom)} | facts.documents[graph]
    yield from links(graph, PROV.wasDerivedFrom, sorted(sources))
    yield graph, DCTERMS.isPartOf, NamedNode(subject.addresses.whole)
    yield graph, VOID.triples, number(subject.statistics.graphs[graph])
    yield from distributions(subject.addresses, graph, subject.dumps_of(graph, None))


def kind(subject: Subject, of: str) -> Iterator[Statement]:
    """The things of a class: a part that spans graphs, bound by the terms of all of them."""
    node, name = subject.addresses.kind(of), subject.names.get(of, {})
    yield from _dataset(subject, node, None)
    for language, text in subject.words.kind.title.items():
        title = name.get(language, short(of) or of)
        yield from texts(node, DCTERMS.title, {language: text}, title=title)
    yield from texts(node, DCTERMS.rights, subject.words.dataset.rights)
    graphs = sorted(subject.statistics.sources[of])
    yield from links(node, DCTERMS.license, _licences(subject, graphs))
    yield from links(node, PROV.wasDerivedFrom, graphs)
    yield node, VOID["class"], NamedNode(of)
    yield node, VOID.entities, number(subject.statistics.classes[of])
    yield from distributions(subject.addresses, node, subject.dumps_of(None, of))


def _dataset(subject: Subject, node: str, entry: Entry | None) -> Iterator[Statement]:
    publisher = subject.addresses.publisher
    yield from links(node, RDF.type, [DCAT.Dataset, VOID.Dataset])
    yield from links(node, DCTERMS.publisher, [publisher])
    yield from links(node, DCTERMS.creator, [publisher])
    if entry is not None:
        yield from texts(node, DCTERMS.title, entry.title)
        yield from texts(node, DCTERMS.description, entry.description)
        yield from texts(node, DCTERMS.rights, entry.rights)


def publisher(subject: Subject) -> Iterator[Statement]:
    """Who publishes."""
    node = subject.addresses.publisher
    yield from links(node, RDF.type, [FOAF.Agent])
    yield from texts(node, FOAF.name, subject.words.publisher)


def _titles(subject: Subject, graph: str) -> Iterator[Statement]:
    """The titles of what a graph was read from; its key where there are none."""
    titles = [value for value in subject.facts.said(graph, DCTERMS.title) if isinstance(value, Literal)]
    for title in titles:
        words = subject.words.graph.title.get(title.language or "", "{title}")
        yield graph, DCTERMS.title, Literal(words.replace("{title}", title.value), language=title.language)
    if not titles:
        yield graph, DCTERMS.title, Literal(graph_key(graph))


def _terms(subject: Subject, node: str, graphs: Iterable[str]) -> Iterator[Statement]:
    for graph in graphs:
        yield from ((node, name, value) for name in TERMS for value in subject.facts.said(graph, name))


def _licences(subject: Subject, graphs: Iterable[str]) -> list[str]:
    return sorted({value.value for graph in graphs for value in subject.facts.said(graph, DCTERMS.license)})


def _sources(subject: Subject) -> list[str]:
    facts = subject.facts
    documents = {document for graph in subject.graphs for document in facts.documents[graph]}
    others = {value.value for graph in subject.graphs for value in facts.said(graph, PROV.wasDerivedFrom)}
    return sorted(documents | others)


def _period(subject: Subject, node: str) -> Iterator[Statement]:
    days = subject.facts.period()
    if days is None:
        return
    period = subject.addresses.node("period")
    yield node, DCTERMS.temporal, NamedNode(period)
    yield period, RDF.type, NamedNode(DCTERMS.PeriodOfTime)
    for name, day in zip((DCAT.startDate, DCAT.endDate), days, strict=True):
        yield period, name, Literal(day.isoformat(), datatype=NamedNode(XSD.date))
