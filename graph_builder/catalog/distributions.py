"""Dumps as distributions (DCAT 3, section 6.8): where they are, what they are, how long if it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from graph_builder.catalog.addresses import Addresses
from graph_builder.catalog.saying import Statement, links, number, texts
from graph_builder.dumps.listing import GZIP, Dump
from graph_builder.dumps.measures import Measure
from graph_builder.namespaces import DCAT, DCTERMS, MEDIA_TYPE, RDF, SPDX, VOID, XSD


def distributions(addresses: Addresses, dataset: str, dumps: Iterable[Dump]) -> Iterator[Statement]:
    """A dataset with its dumps."""
    for dump in dumps:
        yield dataset, DCAT.distribution, NamedNode(addresses.distribution(dump.name))
        yield dataset, VOID.dataDump, NamedNode(addresses.dump(dump.name))
        yield from _distribution(addresses, dump)


def measured(addresses: Addresses, name: str, measure: Measure) -> Iterator[Statement]:
    """What is known of a dump that was made."""
    dump, checksum = addresses.distribution(name), addresses.node(f"checksum/{name}")
    yield dump, DCAT.byteSize, number(measure.bytes, XSD.nonNegativeInteger)
    yield dump, SPDX.checksum, NamedNode(checksum)
    yield checksum, RDF.type, NamedNode(SPDX.Checksum)
    yield checksum, SPDX.algorithm, NamedNode(SPDX.checksumAlgorithm_sha256)
    yield checksum, SPDX.checksumValue, Literal(measure.sha256, datatype=NamedNode(XSD.hexBinary))


def _distribution(addresses: Addresses, dump: Dump) -> Iterator[Statement]:
    node = addresses.distribution(dump.name)
    yield node, RDF.type, NamedNode(DCAT.Distribution)
    yield node, DCTERMS.title, Literal(dump.name)
    yield from texts(node, DCTERMS.description, dump.form.description)
    yield node, DCAT.downloadURL, NamedNode(addresses.dump(dump.name))
    yield node, DCAT.accessURL, NamedNode(addresses.dump(""))
    yield node, DCAT.mediaType, NamedNode(MEDIA_TYPE[dump.form.media_type])
    yield from links(node, DCTERMS.format, filter(None, [dump.form.format]))
    if dump.gzip:
        yield node, DCAT.compressFormat, NamedNode(MEDIA_TYPE[GZIP])
