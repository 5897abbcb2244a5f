"""Write the dataset in other formats: N-Quads, TriG, Turtle; the same bytes for the same dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

from graph_builder.errors import CallError, Place, Problem, StoreError
from graph_builder.namespaces import read_prefixes

FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE}
PROPOSALS = "graph/proposals"


@dataclass(frozen=True)
class Wanted:
    """What to write: a format of FORMATS, and one graph (its IRI or last part) or all.

    Turtle has no named graphs: it holds the merge of those that are wanted, without proposals.
    `with_default_graph` adds that merge to N-Quads and TriG, as the store's default graph has it.
    """

    format: str
    graph: str | None = None
    with_default_graph: bool = False

    def iri(self, base: str) -> str | None:
        """The IRI of the one graph that is wanted."""
        if self.graph is None or self.graph.startswith("http"):
            return self.graph
        return f"{base}graph/{self.graph}"


def export(dataset: Path, out: BinaryIO, base: str, wanted: Wanted) -> None:
    """Write what is wanted of `dataset` to `out`; raises CallError where there is no such graph."""
    quads = _quads(dataset, wanted.iri(base))
    merged = sorted(set(_merge(quads, base)), key=str)
    chosen: Iterable[Quad]
    if wanted.format == "ttl":
        chosen = merged
    elif wanted.with_default_graph:
        chosen = [*merged, *sorted(quads, key=_by_graph)]
    else:
        chosen = sorted(quads, key=_by_graph)
    triples = (quad.triple for quad in chosen) if wanted.format == "ttl" else chosen
    serialize(triples, out, FORMATS[wanted.format], prefixes=_prefixes(wanted.format))


def _quads(dataset: Path, wanted: str | None) -> list[Quad]:
    if not dataset.exists():
        raise StoreError(Problem(Place(str(dataset)), "there is no dataset yet", "run keifu build first"))
    quads = [quad for quad in parse(path=dataset, format=RdfFormat.N_QUADS) if wanted in (None, _name(quad))]
    if not quads:
        raise CallError(
            Problem(Place("--graph"), f"there is no graph {wanted}", "see build.json for their names")
        )
    return quads


def _name(quad: Quad) -> str | None:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None


def _merge(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    for quad in quads:
        if _name(quad) != f"{base}{PROPOSALS}":
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _by_graph(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _prefixes(format_name: str) -> dict[str, str] | None:
    return None if format_name == "nq" else read_prefixes()
