"""Which graphs of an endpoint a query is about, found out by asking it.

Our own store's default graph is the merge of all graphs but the proposals, each statement once. An endpoint
may have the same: then a query goes there as it is. Many have none, or make it of all graphs with the
proposals, where a statement counts once for each graph it stands in (also where a query names the graphs).
Then the merge has to lie in a graph of its own: it goes along with each query as its default graph, beside
the named graphs that are ours. A graph that is not the merge is refused: an answer from it would be wrong
and look right.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from sparql.asking import ask, prologue, select
from sparql.backends import Backend
from sparql.protocol import Answer, Query
from sparql.refusals import Reason, RefusalError
from sparql.remote.binding import bound_text
from sparql.tokens import has_dataset

SECONDS_KEPT = 300.0
MERGE = "KEIFU_ENDPOINT_GRAPH"
LOAD = f"Load the merge of all graphs but the proposals into a graph, and set {MERGE} to its address"

IS_THERE = "ASK { ?subject ?property ?value }"
HAS_PROPOSALS = f"""{prologue("kf")}
ASK {{ GRAPH ?proposals {{ ?link a kf:LineageLink }} ?link a kf:LineageLink }}
"""
STATEMENTS = "SELECT (COUNT(*) AS ?count) WHERE { ?subject ?property ?value }"
DIFFERENT = """SELECT (COUNT(*) AS ?count) WHERE {
  { SELECT DISTINCT ?subject ?property ?value WHERE { ?subject ?property ?value } }
}"""
NAMES = "SELECT ?graph WHERE { GRAPH ?graph { ?subject ?property ?value } } GROUP BY ?graph"
"""Grouped, because DISTINCT takes Virtuoso 7.2 a hundred times longer."""


@dataclass(frozen=True)
class Dataset:
    """The graphs that go along with a query: those that make its default graph, and the named ones."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Graphs:
    """The dataset of an endpoint; `merge` is the graph of the merge, empty where the default graph is it."""

    def __init__(self, line: Backend, base: str, merge: str) -> None:
        self._line = line
        self._base = base
        self._merge = merge
        self._proposals = f"{base}graph/proposals"
        self._found: tuple[float, Dataset] | None = None
        self._alone = asyncio.Lock()

    async def about(self, query: Query) -> Query:
        """Return a query with its graphs; one that names its own keeps them. Raises `RefusalError`."""
        if query.default_graphs or query.named_graphs:
            return query
        # A long text takes a while: it must not keep the other requests waiting.
        if await asyncio.to_thread(has_dataset, query.text):
            return query
        found = await self._dataset()
        return query._replace(default_graphs=found.default, named_graphs=found.named)

    async def _dataset(self) -> Dataset:
        async with self._alone:
            if self._found is None or time.monotonic() - self._found[0] > SECONDS_KEPT:
                found = await (self._beside_the_merge() if self._merge else self._as_it_is())
                self._found = (time.monotonic(), found)
            return self._found[1]

    async def _as_it_is(self) -> Dataset:
        await self._check(Dataset(), "default graph of the endpoint")
        if await self._count(STATEMENTS) != await self._count(DIFFERENT):
            raise _unfit("the default graph of the endpoint counts a statement once for each of its graphs")
        return Dataset()

    async def _beside_the_merge(self) -> Dataset:
        merge = Dataset((self._merge,), (self._proposals,))
        await self._check(merge, f"graph {self._merge}")
        names = [row["graph"].value for row in await select(self._line, NAMES)]
        ours = {name for name in names if name.startswith(f"{self._base}graph/")} - {self._merge}
        return Dataset(merge.default, tuple(sorted(ours)))

    async def _check(self, dataset: Dataset, name: str) -> None:
        line = _Within(self._line, dataset)
        if not await ask(line, IS_THERE):
            raise _unfit(f"the {name} is empty")
        if await ask(line, bound_text(HAS_PROPOSALS, (("proposals", self._proposals),))):
            raise _unfit(f"the {name} holds proposals, which are no part of the merge")

    async def _count(self, text: str) -> int:
        (row,) = await select(self._line, text)
        return int(row["count"].value)


@dataclass(frozen=True)
class _Within:
    """A backend within a dataset."""

    line: Backend
    dataset: Dataset

    async def answer(self, query: Query) -> Answer:
        about = query._replace(default_graphs=self.dataset.default, named_graphs=self.dataset.named)
        return await self.line.answer(about)


def _unfit(what: str) -> RefusalError:
    return RefusalError(Reason.NO_STORE, what, LOAD)
