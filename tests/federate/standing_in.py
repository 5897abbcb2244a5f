"""Our graph and a partner's, both in this process: federation without a socket, and what must come of it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store

from sparql.execution.frames import Task
from sparql.execution.limits import Limits
from sparql.execution.worker import Worker
from sparql.federation.federated import Federated
from sparql.federation.partners import Partner, Partners
from sparql.protocol import Answer, Query
from sparql.refusals import RefusalError

BASE = "https://w3id.org/keifu/"
THEIRS = "http://partner.example/sparql"
OTHERS = "http://other.example/sparql"


def partner(key: str = "theirs", address: str = THEIRS, **changes: object) -> Partner:
    """A partner with small bounds; `changes` are other values."""
    values: dict[str, object] = {
        "key": key,
        "name_ja": "相手",
        "name_en": "Partner",
        "addresses": (address,),
        "endpoint": address,
        "method": "GET",
        "seconds": 2.0,
        "connections": 2,
        "rows": 1000,
        "block": 3,
        "length": 4000,
        "mb": 1,
        "keep": 0,
        "licence": "",
        "attribution": "",
        "reason": "",
        "loopback": True,
    }
    return Partner(**{**values, **changes})  # type: ignore[arg-type]


def partners(*entries: Partner, **changes: int) -> Partners:
    """A list of partners with small bounds."""
    bounds = {"queries": 4, "services": 5, "bindings": 200, "cache_entries": 10, "cache_mb": 1}
    return Partners("Keifu (test)", partners=entries, **{**bounds, **changes})


@dataclass
class InProcess:
    """A worker in this process, as the backend below federation; the caller must not bound its memory."""

    path: Path
    asked: list[Query] = field(default_factory=list)
    _worker: Worker = field(default_factory=lambda: Worker(Limits(seconds=20), BASE))

    def published(self) -> str:
        """Return the store."""
        return str(self.path)

    async def answer(self, query: Query) -> Answer:
        """Answer as a worker does."""
        self.asked.append(query)
        outcome = self._worker.run(Task(query, self.published(), 20))
        if isinstance(outcome, RefusalError):
            raise outcome
        return Answer(outcome.format, outcome.written.body, outcome.written.digest)


@dataclass
class StandIn:
    """Partners as stores: what is asked of each is kept."""

    stores: dict[str, Store]
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def ask(self, partner: Partner, query: str) -> bytes:
        """Answer at once, in SPARQL Results JSON."""
        self.asked.append((partner.key, query))
        results = self.stores[partner.key].query(query)
        assert isinstance(results, QuerySolutions)
        return results.serialize(format=QueryResultsFormat.JSON) or b""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Scene:
    """Our graph on disk, the graphs of two partners, and everything in one store to compare with."""

    local: InProcess
    client: StandIn
    together: Store

    @classmethod
    def of(cls, folder: Path, ours: str, theirs: str, others: str = "") -> Scene:
        """Make a scene of three graphs in Turtle; in `together`, a partner is the graph of its address."""
        store, together = Store(folder), Store()
        stores = {"theirs": Store(), "others": Store()}
        for kept in (store, together):
            kept.load(ours, RdfFormat.TRIG)
        store.flush()
        for key, address, text in (("theirs", THEIRS, theirs), ("others", OTHERS, others)):
            stores[key].load(text, RdfFormat.TURTLE)
            together.load(text, RdfFormat.TURTLE, to_graph=NamedNode(address))
        return cls(InProcess(folder), StandIn(stores), together)

    def federated(self, *entries: Partner, **changes: int) -> Federated:
        """The backend under test."""
        listed = entries or (partner(), partner("others", OTHERS))
        bounds = partners(*listed, **changes)
        return Federated(self.local, self.client, bounds, base=BASE, seconds=20)

    def rows(self, text: str) -> Counter[frozenset[tuple[str, str]]]:
        """The rows that federation gives, each as often as it comes."""
        return solutions(asyncio.run(self.federated().answer(Query(text))).body)

    def expected(self, text: str) -> Counter[frozenset[tuple[str, str]]]:
        """The rows of the same query on everything at once: a partner is a named graph."""
        results = self.together.query(text.replace("SERVICE SILENT", "SERVICE").replace("SERVICE", "GRAPH"))
        assert isinstance(results, QuerySolutions)
        return solutions(results.serialize(format=QueryResultsFormat.JSON) or b"")


def solutions(body: bytes) -> Counter[frozenset[tuple[str, str]]]:
    """The rows of SPARQL Results JSON as a bag."""
    rows = json.loads(body)["results"]["bindings"]
    return Counter(
        frozenset((name, json.dumps(term, sort_keys=True)) for name, term in row.items()) for row in rows
    )
