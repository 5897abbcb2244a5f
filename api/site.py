"""What the routes of one application share: its settings, its addresses and what answers its queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from starlette.requests import Request

from api.addresses import Addresses
from api.dumps import Dumps
from api.observation.collectors import Cache
from api.pages.remembering import RememberedPages
from api.search.gathering import Gathered
from api.search.reading import Reader
from api.settings import Settings
from graph_builder.folders import Folders
from graph_builder.search.index import index_of
from sparql.backends import Backend, Source
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool
from sparql.federation.client import Client
from sparql.federation.federated import Federated
from sparql.federation.partners import find_partners
from sparql.remembering import Remembering
from sparql.remote.endpoint import RemoteEndpoint
from sparql.remote.graphs import Graphs
from sparql.remote.line import Line

STAND_BACK = 5
"""How far the queries of strangers stand back behind pages (nice(2))."""

QUERIES_OF_A_PAGE = 10
"""A page asks some queries at once, so that many more of them may wait than those of strangers."""


@dataclass(frozen=True)
class Sources:
    """What answers in the end; pages never wait behind the queries of strangers, so there are two.

    `pools` are the pools of processes among them, by the names that the metrics give them.
    """

    pages: Source
    strangers: Source
    pools: dict[str, Pool]


@dataclass(frozen=True)
class Site:
    """One application: `pages` and `strangers` answer queries, and may remember what they answered.

    `federated` asks partners for what SERVICE names; without it, no partner is asked. `gathered` is the
    search index of a service that has no build of its own beside it. `remembered` are pages that were made: a
    remote endpoint does not tell when they are out of date, so there are none beside it. `caches` have
    names for those who watch.
    """

    settings: Settings
    folders: Folders
    addresses: Addresses
    sources: Sources
    pages: Backend
    strangers: Backend
    dumps: Dumps
    reader: Reader
    federated: Federated | None = None
    gathered: Gathered | None = None
    remembered: RememberedPages | None = None
    caches: Mapping[str, Cache] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Request) -> Site:
        """Return the site that a request came to."""
        site = request.app.state.site
        if not isinstance(site, cls):
            raise TypeError("the application has no site")
        return site

    async def start(self) -> None:
        """Start both sources."""
        self.sources.pages.start()
        self.sources.strangers.start()
        if self.gathered:
            self.gathered.start()

    async def stop(self) -> None:
        """Stop both sources, the search and the making of dumps, and leave the partners."""
        self.reader.close()
        if self.gathered:
            await self.gathered.stop()
        if self.federated:
            await self.federated.close()
        await self.sources.pages.stop()
        await self.sources.strangers.stop()
        await self.dumps.stop()


def open_site(settings: Settings) -> Site:
    """Return the site of some settings; no process is started yet."""
    return _beside_an_endpoint(settings) if settings.endpoint else _beside_a_store(settings)


def _beside_a_store(settings: Settings) -> Site:
    folders = Folders(out=settings.out)
    sources = _on_the_store(settings, folders.store)
    pages, local = (Remembering(pool, settings.cache_mb) for pool in sources.pools.values())
    federated = _federated(settings, local)
    remembered = RememberedPages(settings.cache_mb)
    return Site(
        settings=settings,
        folders=folders,
        addresses=Addresses(settings.base),
        sources=sources,
        pages=pages,
        strangers=federated,
        dumps=Dumps(folders, settings.base),
        reader=Reader(lambda: index_of(Path(sources.pages.published())), queue=settings.queue),
        federated=federated,
        remembered=remembered,
        caches={"answers": pages.answers, "strangers": local.answers, "pages": remembered.pages},
    )


def _beside_an_endpoint(settings: Settings) -> Site:
    folders = Folders(out=settings.out)
    sources = _on_an_endpoint(settings)
    gathered = Gathered(sources.pages)
    return Site(
        settings=settings,
        folders=folders,
        addresses=Addresses(settings.base),
        sources=sources,
        pages=sources.pages,
        strangers=sources.strangers,
        dumps=Dumps(folders, settings.base),
        reader=Reader(lambda: gathered.path, queue=settings.queue),
        gathered=gathered,
    )


def _federated(settings: Settings, local: Remembering) -> Federated:
    partners = find_partners(settings.partners)
    client = Client(partners.user_agent)
    return Federated(local, client, partners, base=settings.base, seconds=settings.query_seconds)


def _on_the_store(settings: Settings, store: Path) -> Sources:
    pages = _pool(settings, store, settings.page_workers, queue=settings.queue * QUERIES_OF_A_PAGE)
    strangers = _pool(settings, store, settings.workers, STAND_BACK)
    return Sources(pages, strangers, {"pages": pages, "strangers": strangers})


def _on_an_endpoint(settings: Settings) -> Sources:
    """Return sources that share what is known of the graphs; strangers' queries are examined beforehand."""

    def line(width: int) -> Line:
        return Line(settings.endpoint, _limits(settings), width=width, queue=settings.queue)

    for_pages = line(settings.page_workers)
    graphs = Graphs(for_pages, settings.base, settings.endpoint_graph)
    examiners = _pool(settings, None, 1, STAND_BACK)
    pages = RemoteEndpoint(for_pages, graphs, settings.query_seconds)
    strangers = RemoteEndpoint(line(settings.workers), graphs, settings.query_seconds, examiners)
    return Sources(pages, strangers, {"examiners": examiners})


def _pool(
    settings: Settings, store: Path | None, workers: int, niceness: int = 0, queue: int | None = None
) -> Pool:
    limits = replace(_limits(settings), niceness=niceness)
    return Pool(store, settings.base, limits, workers=workers, queue=queue or settings.queue)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.query_seconds, settings.query_memory_mb, settings.result_mb, settings.spool_mb)
