"""What a dump holds: the bytes of the whole dataset, of a graph or of a class, written to an open file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from graph_builder.dumps.jsonld import write_jsonld
from graph_builder.dumps.table_files import write_csv, write_parquet
from graph_builder.dumps.tables import Table, read_tables
from graph_builder.json_ld import read_context
from graph_builder.namespaces import read_prefixes
from graph_builder.statements import graph_lines, graph_quads, graph_sizes, merged, opened

TABLES = {"csv": write_csv, "parquet": write_parquet}


@dataclass(frozen=True)
class Contents:
    """A dataset, or one graph of it; `with_default_graph` adds the merge of graphs, as the store has it."""

    dataset: Path
    base: str
    graph: str | None = None
    with_default_graph: bool = False

    def write(self, form: str, out: BinaryIO) -> None:
        """Write N-Quads, TriG, Turtle or JSON-LD."""
        if form == "nq":
            out.writelines(self._lines())
        elif form == "trig":
            serialize(self._quads(), out, RdfFormat.TRIG, prefixes=read_prefixes())
        elif form == "ttl":
            serialize(self._triples(), out, RdfFormat.TURTLE, prefixes=read_prefixes())
        else:
            write_jsonld(self._graphs(), out, read_context())

    def tables(self, wanted: str | None = None) -> dict[str, Table]:
        """The table of each class, or of the one that is wanted."""
        return read_tables(self._triples(), wanted)

    def _triples(self) -> Iterator[Triple]:
        if self.graph is None:
            return merged(self.dataset, self.base)
        return (quad.triple for quad in graph_quads(self.dataset, self.graph))

    def _graphs(self) -> Iterator[tuple[str | None, Iterable[Triple]]]:
        if self.with_default_graph:
            yield None, merged(self.dataset, self.base)
        for name in [self.graph] if self.graph else graph_sizes(self.dataset):
            yield name, (quad.triple for quad in graph_quads(self.dataset, name))

    def _quads(self) -> Iterator[Quad]:
        names = [self.graph] if self.graph else graph_sizes(self.dataset)
        named = chain.from_iterable(graph_quads(self.dataset, name) for name in names)
        return chain(self._default(), named)

    def _default(self) -> Iterator[Quad]:
        if self.with_default_graph:
            for triple in merged(self.dataset, self.base):
                yield Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())

    def _lines(self) -> Iterator[bytes]:
        yield from (f"{quad} .\n".encode() for quad in self._default())
        if self.graph is not None:
            yield from graph_lines(self.dataset, self.graph)
            return
        with opened(self.dataset) as lines:
            yield from (line.encode() for line in lines)
