"""Write the dataset in other forms: to a file, to a folder of tables, or all dumps at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import RdfFormat, parse, serialize

from graph_builder.catalog.writing import measured_lines
from graph_builder.dumps.contents import TABLES, Contents
from graph_builder.dumps.listing import kind_key
from graph_builder.dumps.making import make_all
from graph_builder.errors import CallError, Place, Problem, StoreError
from graph_builder.folders import Folders
from graph_builder.namespaces import read_prefixes
from graph_builder.statements import graph_sizes
from graph_builder.writing import gzipped, whole_file


@dataclass(frozen=True)
class Wanted:
    """What to write: a form of dumps, and one graph (its IRI or last part) or all.

    Turtle and tables have no named graphs: they hold the merge of all but the proposals, or the one graph.
    `with_default_graph` adds that merge to the others, as the store has it.
    """

    format: str
    graph: str | None = None
    with_default_graph: bool = False
    gzip: bool = False

    def iri(self, base: str) -> str | None:
        """The IRI of the one graph that is wanted."""
        if self.graph is None or self.graph.startswith("http"):
            return self.graph
        return f"{base}graph/{self.graph}"


def export(dataset: Path, out: BinaryIO, base: str, wanted: Wanted) -> None:
    """Write what is wanted of `dataset` to `out`; raises CallError for what does not go together."""
    if wanted.format in TABLES:
        raise _bad("--format", f"{wanted.format} is one file a class", "name a folder with --to")
    contents = _contents(dataset, base, wanted)
    with ExitStack() as stack:
        contents.write(wanted.format, stack.enter_context(gzipped(out)) if wanted.gzip else out)


def export_to(dataset: Path, to: Path, base: str, wanted: Wanted) -> None:
    """Write what is wanted to the file `to`, or for a form of tables to a file a class in the folder `to`."""
    contents = _contents(dataset, base, wanted)
    if wanted.format not in TABLES:
        with whole_file(to, compressed=wanted.gzip) as out:
            contents.write(wanted.format, out)
        return
    if to.exists() and not to.is_dir():
        raise _bad("--to", f"{to} is a file, and {wanted.format} is one file a class", "name a folder")
    ending = f"{wanted.format}.gz" if wanted.gzip else wanted.format
    for kind, table in contents.tables().items():
        with whole_file(to / f"class-{kind_key(kind)}.{ending}", compressed=wanted.gzip) as out:
            TABLES[wanted.format](table, out)


def export_all(
    source: Folders, to: Path, base: str, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Write every dump of a build to the folder `to`, with the manifest and the catalogue that knows them."""
    if to.exists() and not to.is_dir():
        raise _bad("--to", f"{to} is a file", "name a folder")
    if not source.catalog.exists():
        raise StoreError(
            Problem(Place(str(source.catalog)), "there is no catalogue yet", "run keifu build first")
        )
    measures = make_all(source.dataset, base, to, progress)
    lines = [*source.catalog.read_text("utf-8").splitlines(keepends=True), *measured_lines(measures, base)]
    quads = parse("".join(sorted(set(lines))), format=RdfFormat.N_QUADS)
    with whole_file(to / "catalog.ttl") as out:
        serialize((quad.triple for quad in quads), out, RdfFormat.TURTLE, prefixes=read_prefixes())


def _contents(dataset: Path, base: str, wanted: Wanted) -> Contents:
    """The dataset or its one graph; raises CallError for what does not go together."""
    if wanted.with_default_graph and wanted.graph is not None:
        what = "the default graph is the merge of all graphs, and one is asked for"
        raise _bad("--with-default-graph", what, "leave out one of both")
    if wanted.with_default_graph and wanted.format in {"ttl", *TABLES}:
        what = f"{wanted.format} has no named graphs: it holds the merge by itself"
        raise _bad("--with-default-graph", what, "leave it out, or take nq, trig or jsonld")
    if wanted.gzip and wanted.format == "parquet":
        raise _bad("--gzip", "parquet is compressed inside", "leave it out")
    graph = wanted.iri(base)
    if graph is not None and graph not in graph_sizes(dataset):
        raise _bad("--graph", f"there is no graph {graph}", "see build.json for their names")
    return Contents(dataset, base, graph, wanted.with_default_graph)


def _bad(flag: str, what: str, remedy: str) -> CallError:
    return CallError(Problem(Place(flag), what, remedy))
