"""The statements of `dataset.nq`, read as a stream: its lines are unique and sorted, and each is in a graph.

A line is `<subject> <predicate> object <graph> .`, so the same triple of several graphs stands on
neighbouring lines, and the statements about one thing stand together: no reader has to hold more than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph_builder.errors import Place, Problem, StoreError
from graph_builder.namespaces import RDF

PROPOSALS = "graph/proposals"
"""The graph, below the base, of what nobody has decided: it is left out wherever graphs are merged."""


def graph_sizes(dataset: Path) -> dict[str, int]:
    """Statements of each named graph, by its IRI."""
    with opened(dataset) as lines:
        return dict(sorted(Counter(_graph(line) for line in lines).items()))


def classes(dataset: Path, *, without: str) -> list[str]:
    """The classes of things outside one graph, by their IRI."""
    type_of, end = f" <{RDF.type}> <", f" <{without}> .\n"
    with opened(dataset) as lines:
        return sorted({line.split(" ")[2].strip("<>") for line in lines
                       if type_of in line and line.split(" ")[1] == f"<{RDF.type}>"
                       and not line.endswith(end)})  # fmt: skip


def graph_lines(dataset: Path, graph: str) -> Iterator[bytes]:
    """The lines of one graph."""
    end = f" <{graph}> .\n"
    with opened(dataset) as lines:
        yield from (line.encode() for line in lines if line.endswith(end))


def graph_quads(dataset: Path, graph: str) -> Iterator[Quad]:
    """The statements of one graph; its lines are held at once."""
    return parse(b"".join(graph_lines(dataset, graph)), format=RdfFormat.N_QUADS)


def merged(dataset: Path, base: str) -> Iterator[Triple]:
    """The triples of all graphs but the proposals, each once: the default graph of the store."""
    yield from once(quad for quad in quads(dataset) if graph_of(quad) != f"{base}{PROPOSALS}")


def quads(dataset: Path) -> Iterator[Quad]:
    """Every statement, in the order of the lines."""
    with opened(dataset):
        yield from parse(path=dataset, format=RdfFormat.N_QUADS)


def once(statements: Iterable[Quad]) -> Iterator[Triple]:
    """The triple of each statement, once where neighbours are the same."""
    last = None
    for statement in statements:
        if statement.triple != last:
            last = statement.triple
            yield last


def graph_of(quad: Quad) -> str | None:
    """The IRI of a statement's graph."""
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None


def opened(dataset: Path) -> TextIO:
    """The dataset as lines of text; raises StoreError where there is none yet."""
    try:
        return dataset.open(encoding="utf-8", newline="\n")
    except FileNotFoundError as fault:
        problem = Problem(Place(str(dataset)), "there is no dataset yet", "run keifu build first")
        raise StoreError(problem) from fault


def _graph(line: str) -> str:
    return line.rsplit(" ", 2)[-2].strip("<>")
