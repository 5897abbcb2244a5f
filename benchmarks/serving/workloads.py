"""What is asked of every server, and what pyoxigraph says the answer is."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from answers import Compare, essence
from corpus import Corpus
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store

HERE = Path(__file__).resolve().parent
TARGETS_AT_MOST = 20_000
SEED = 2025


@dataclass(frozen=True)
class Workload:
    """A query with the things it is asked about; a repeated one is asked about one thing only."""

    name: str
    query: str
    compare: Compare
    things: str | None = None
    repeated: bool = False

    def queries(self, corpus: Corpus) -> list[str]:
        """The texts to send, in an order that is the same in each run."""
        text = _read(self.query)
        if self.things is None:
            return [text]
        return [text.replace("$thing", f"<{thing}>") for thing in self._things(corpus.store())]

    def targets(self, corpus: Corpus) -> list[tuple[str, str]]:
        """Query strings, each with the essence of the right answer."""
        store = corpus.store()
        return [
            (f"?query={quote(query)}", essence(_answer(store, query), self.compare))
            for query in self.queries(corpus)
        ]

    def _things(self, store: Store) -> list[str]:
        found = things(store, self.things or "")
        return found[:1] if self.repeated else found


def workloads() -> list[Workload]:
    """The workloads of workloads.toml."""
    return [Workload(**record) for record in declared()["workload"]]


def declared() -> dict[str, Any]:
    """What workloads.toml says."""
    return tomllib.loads((HERE / "workloads.toml").read_text(encoding="utf-8"))


def things(store: Store, query: str) -> list[str]:
    """The addresses that a query of this folder selects, shuffled the same way each time."""
    rows = store.query(_read(query))
    if not isinstance(rows, QuerySolutions):
        raise TypeError(f"{query}.rq is no SELECT query")
    found = [row["thing"].value for row in rows if isinstance(row["thing"], NamedNode)]
    random.Random(SEED).shuffle(found)  # noqa: S311  no secret: the same order in each run
    return found[:TARGETS_AT_MOST]


def hostile_targets() -> list[tuple[str, str]]:
    """Query strings that must not harm anyone else."""
    files = sorted((HERE / "hostile").glob("*.rq"))
    return [(f"?query={quote(file.read_text(encoding='utf-8'))}", "") for file in files]


def _read(query: str) -> str:
    return (HERE / "queries" / f"{query}.rq").read_text(encoding="utf-8")


def _answer(store: Store, query: str) -> bytes:
    rows = store.query(query)
    if not isinstance(rows, QuerySolutions):
        raise TypeError(f"no SELECT query: {query}")
    return rows.serialize(format=QueryResultsFormat.JSON) or b""
