"""Find the lines that a node of the graph came from.

A passage is its own place. Any other node stands where its `kf:evidence` stands; without evidence, where
the things stand that point at it by a `kf:` property (an indicator: the measures); failing that, in the
document it names, without lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph_builder.namespaces import DCTERMS, KF, RDF
from graph_builder.reports.results import Spot

_TYPE = ox.NamedNode(RDF.type)
_EVIDENCE = ox.NamedNode(KF.evidence)
_PART_OF = ox.NamedNode(DCTERMS.isPartOf)
_PRINTED_IN = ox.NamedNode(KF.document)
_START = ox.NamedNode(KF.startLine)
_END = ox.NamedNode(KF.endLine)
_DOCUMENT = ox.NamedNode(KF.Document)

Node = ox.NamedNode | ox.BlankNode


class Places:
    """Looks places up in a store whose default graph is the merge of all graphs."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def spot(self, iri: str) -> Spot | None:
        """The place of a node: the first of several; None where no document is known."""
        node = _node(iri)
        if node is None:
            return None
        spots = [*self._lines(node)] or [spot for above in self._above(node) for spot in self._lines(above)]
        return min(spots or self._documents(node), key=lambda spot: spot.order, default=None)

    def _lines(self, node: Node) -> Iterator[Spot]:
        for passage in (node, *self._objects(node, _EVIDENCE)):
            start, end = self._integer(passage, _START), self._integer(passage, _END)
            documents = [document.value for document in self._objects(passage, _PART_OF)]
            if start is not None and documents:
                yield Spot(_key(min(documents)), start, end, passage.value)

    def _above(self, node: Node) -> Iterator[Node]:
        for quad in self._store.quads_for_pattern(None, None, node, ox.DefaultGraph()):
            if quad.predicate.value.startswith(KF.address) and isinstance(quad.subject, Node):
                yield quad.subject

    def _documents(self, node: Node) -> Iterator[Spot]:
        candidates = (node, *self._objects(node, _PRINTED_IN), *self._objects(node, _PART_OF))
        for document in candidates:
            if _DOCUMENT in self._objects(document, _TYPE):
                yield Spot(_key(document.value))

    def _objects(self, node: Node, predicate: ox.NamedNode) -> list[Node]:
        quads = self._store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
        return [quad.object for quad in quads if isinstance(quad.object, Node)]

    def _integer(self, node: Node, predicate: ox.NamedNode) -> int | None:
        for quad in self._store.quads_for_pattern(node, predicate, None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.Literal) and quad.object.value.isdecimal():
                return int(quad.object.value)
        return None


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _key(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[2]
