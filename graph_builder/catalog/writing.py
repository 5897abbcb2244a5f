"""Write the catalogue: sorted N-Quads of one graph, the same bytes for the same dataset, without a clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph_builder.catalog import void
from graph_builder.catalog.addresses import Addresses
from graph_builder.catalog.datasets import Subject, kind, named_graph, publisher, whole
from graph_builder.catalog.distributions import measured
from graph_builder.catalog.facts import read_facts
from graph_builder.catalog.saying import Statement, links, texts
from graph_builder.catalog.statistics import count
from graph_builder.catalog.words import Text, read_words
from graph_builder.dumps.listing import DATASET, list_dumps
from graph_builder.dumps.measures import Measure, measure
from graph_builder.folders import Folders
from graph_builder.namespaces import DCAT, DCTERMS, FOAF, RDF, RDFS
from graph_builder.writing import write_text


def write_catalog(folders: Folders, base: str) -> dict[str, int]:
    """Write the catalogue of the dataset; returns the statements of each named graph."""
    addresses, known = Addresses(base), measure(folders.dataset)
    counts = count(folders.dataset, base)
    subject = Subject(
        addresses=addresses,
        words=read_words(folders.catalog_words),
        facts=read_facts(folders.dataset),
        statistics=counts,
        dumps=list_dumps(counts.graphs, counts.classes),
        version=known.sha256,
        names=_names(folders.ontology),
    )
    statements = [*_catalog(subject), *measured(addresses, DATASET, known)]
    write_text(folders.catalog, "".join(nquads(statements, addresses.graph)))
    return dict(sorted(counts.graphs.items()))


def nquads(statements: Iterable[Statement], graph: str) -> list[str]:
    """Statements as unique sorted lines of N-Quads in one graph."""
    name = NamedNode(graph)
    quads = (Quad(NamedNode(subject), NamedNode(of), value, name) for subject, of, value in statements)
    lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return sorted({f"{line}\n" for line in lines.decode().split("\n") if line})


def measured_lines(measures: Mapping[str, Measure], base: str) -> list[str]:
    """What is known of dumps that were made, as lines to add to a catalogue."""
    addresses = Addresses(base)
    said = (each for name, measure in measures.items() for each in measured(addresses, name, measure))
    return nquads(said, addresses.graph)


def _catalog(subject: Subject) -> Iterator[Statement]:
    addresses, words = subject.addresses, subject.words
    kinds = sorted(subject.statistics.classes)
    datasets = [addresses.whole, *subject.graphs, *map(addresses.kind, kinds)]
    yield addresses.catalog, RDF.type, NamedNode(DCAT.Catalog)
    yield from texts(addresses.catalog, DCTERMS.title, words.catalog.title)
    yield from texts(addresses.catalog, DCTERMS.description, words.catalog.description)
    yield from links(addresses.catalog, DCTERMS.publisher, [addresses.publisher])
    yield from links(addresses.catalog, DCTERMS.language, words.languages)
    yield from links(addresses.catalog, FOAF.homepage, [addresses.page])
    yield from links(addresses.catalog, DCAT.dataset, datasets)
    yield from links(addresses.catalog, DCAT.service, [addresses.service])
    yield from publisher(subject)
    yield from _service(subject)
    yield from whole(subject)
    yield from void.description(subject)
    for graph in subject.graphs:
        yield from named_graph(subject, graph)
    for each in kinds:
        yield from kind(subject, each)


def _service(subject: Subject) -> Iterator[Statement]:
    node, words, addresses = subject.addresses.service, subject.words.service, subject.addresses
    yield node, RDF.type, NamedNode(DCAT.DataService)
    yield from texts(node, DCTERMS.title, words.title)
    yield from texts(node, DCTERMS.description, words.description)
    yield from links(node, DCTERMS.publisher, [addresses.publisher])
    yield from links(node, DCAT.endpointURL, [addresses.endpoint])
    yield from links(node, DCAT.endpointDescription, [f"{addresses.base}.well-known/void"])
    yield from links(node, DCAT.servesDataset, [addresses.whole])


def _names(ontology: Path) -> dict[str, Text]:
    """The names of our classes and properties, by language."""
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for statement in parse(path=ontology / "keifu.ttl", format=RdfFormat.TURTLE):
        label = statement.object
        if statement.predicate.value == RDFS.label and isinstance(label, Literal) and label.language:
            names[str(statement.subject).strip("<>")][label.language] = label.value
    return dict(names)
