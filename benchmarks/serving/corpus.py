"""The two corpora: the graph of the five documents, and a large one made of it.

The large one is the real graph under many authorities: each copy has another six-digit code in its addresses
and in front of its Japanese texts, and graphs of its own. So plans, entries, measures, passages and lineage
have the shape that they have in life; laws, fiscal years and concepts are shared by all copies.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "build" / "benchmarks" / "serving"
OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
AUTHORITY = b"/id/070009/"
FIRST_CODE = 900001
SHARED_GRAPH = b"/graph/proposals> ."

# `-c` in ROOT: the code that is measured is the one beside this folder, whatever is installed.
PUBLISH = """
import sys
from pathlib import Path
from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE
from graph_builder.publication import publish
publish(Folders(out=Path(sys.argv[1])), "benchmark", DEFAULT_BASE)
"""


@dataclass(frozen=True)
class Corpus:
    """A published store of ours in `out`, and beside it the same statements for the others."""

    name: str
    out: Path

    @property
    def dataset(self) -> Path:
        """The named graphs as N-Quads."""
        return self.out / "dataset.nq"

    @property
    def oxigraph(self) -> Path:
        """A store loaded by `oxigraph load` with all that ours holds."""
        return self.out / "oxigraph"

    @property
    def triples(self) -> Path:
        """The default graph as N-Triples: what rdflib-endpoint serves."""
        return self.out / "default-graph.nt"

    def store(self) -> Store:
        """Our published store, read-only."""
        return Store.read_only(str((self.out / "store").resolve(strict=True)))


def real() -> Corpus:
    """Build the five documents anew."""
    corpus = _empty("real")
    _run([sys.executable, "-m", "api.cli", "build", "--out", str(corpus.out)])
    _hand_over(corpus)
    return corpus


def synthetic(original: Corpus, triples: int) -> Corpus:
    """Make about `triples` triples of the real ones, and publish them with our own code."""
    corpus = _empty("synthetic")
    lines = original.dataset.read_bytes().splitlines(keepends=True)
    different = sum(AUTHORITY in line for line in lines)
    with corpus.dataset.open("wb") as file:
        for number in range(math.ceil(triples / different)):
            file.writelines(under_another_authority(lines, b"%06d" % (FIRST_CODE + number)))
    _run([sys.executable, "-c", PUBLISH, str(corpus.out)])
    _hand_over(corpus)
    return corpus


def under_another_authority(lines: list[bytes], code: bytes) -> Iterator[bytes]:
    """Yield the N-Quads lines of one copy."""
    for line in lines:
        copied = line.replace(AUTHORITY, b"/id/%s/" % code)
        if b'"@ja <' in copied:
            copied = copied.replace(b'> "', b'> "%s ' % code, 1)
        yield copied if SHARED_GRAPH in copied else copied.replace(b"> .\n", b"-%s> .\n" % code)


def _empty(name: str) -> Corpus:
    corpus = Corpus(name, WORK / name)
    shutil.rmtree(corpus.out, ignore_errors=True)
    corpus.out.mkdir(parents=True)
    return corpus


def _hand_over(corpus: Corpus) -> None:
    """Give the others the same statements, with a default graph: a union at query time would be slower."""
    dump = corpus.out / "dump.nq"
    store = corpus.store()
    store.dump(str(dump), RdfFormat.N_QUADS)
    store.dump(str(corpus.triples), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    _run([OXIGRAPH, "load", "--location", str(corpus.oxigraph), "--file", str(dump)])
    dump.unlink()


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
