"""What the routes of one application share: its settings, its addresses and what answers its queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import Request

from api.addresses import Addresses
from api.search.reading import Reader
from api.settings import Settings
from graph_builder.folders import Folders
from graph_builder.search.index import index_of
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool
from sparql.remembering import Remembering

STAND_BACK = 10
"""How far the queries of strangers stand back behind pages (nice(2))."""


@dataclass(frozen=True)
class Site:
    """One application: pages never wait behind the queries of strangers, so there are two pools."""

    settings: Settings
    folders: Folders
    addresses: Addresses
    page_pool: Pool
    stranger_pool: Pool
    pages: Remembering
    strangers: Remembering
    reader: Reader

    @classmethod
    def of(cls, request: Request) -> Site:
        """Return the site that a request came to."""
        site = request.app.state.site
        if not isinstance(site, cls):
            raise TypeError("the application has no site")
        return site

    async def start(self) -> None:
        """Start both pools."""
        self.page_pool.start()
        self.stranger_pool.start()

    async def stop(self) -> None:
        """Stop both pools and the reader of the search index."""
        self.reader.close()
        await self.page_pool.stop()
        await self.stranger_pool.stop()


def open_site(settings: Settings) -> Site:
    """Return the site of some settings; no process is started yet."""
    folders = Folders(out=settings.out)
    limits = Limits(settings.query_seconds, settings.query_memory_mb, settings.result_mb, settings.spool_mb)

    def pool(workers: int, bounds: Limits) -> Pool:
        return Pool(folders.store, settings.base, bounds, workers=workers, queue=settings.queue)

    pages = pool(settings.page_workers, limits)
    strangers = pool(settings.workers, replace(limits, niceness=STAND_BACK))
    return Site(
        settings=settings,
        folders=folders,
        addresses=Addresses(settings.base),
        page_pool=pages,
        stranger_pool=strangers,
        pages=Remembering(pages, settings.cache_mb),
        strangers=Remembering(strangers, settings.cache_mb),
        reader=Reader(lambda: index_of(Path(pages.published())), queue=settings.queue),
    )
