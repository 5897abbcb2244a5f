"""What the routes of one application share: its settings, its addresses and what answers its queries."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from api.addresses import Addresses
from api.dumps import Dumps
from api.settings import Settings
from graph_builder.folders import Folders
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool


@dataclass(frozen=True)
class Site:
    """One application: pages never wait behind the queries of strangers, so there are two pools."""

    settings: Settings
    folders: Folders
    addresses: Addresses
    pages: Pool
    strangers: Pool
    dumps: Dumps

    @classmethod
    def of(cls, request: Request) -> Site:
        """Return the site that a request came to."""
        site = request.app.state.site
        if not isinstance(site, cls):
            raise TypeError("the application has no site")
        return site

    async def start(self) -> None:
        """Start both pools."""
        self.pages.start()
        self.strangers.start()

    async def stop(self) -> None:
        """Stop both pools, and the making of dumps."""
        await self.pages.stop()
        await self.strangers.stop()
        await self.dumps.stop()


def open_site(settings: Settings) -> Site:
    """Return the site of some settings; no process is started yet."""
    folders = Folders(out=settings.out)
    limits = Limits(settings.query_seconds, settings.query_memory_mb, settings.result_mb)

    def pool(workers: int) -> Pool:
        return Pool(folders.store, settings.base, limits, workers=workers, queue=settings.queue)

    return Site(
        settings=settings,
        folders=folders,
        addresses=Addresses(settings.base),
        pages=pool(settings.page_workers),
        strangers=pool(settings.workers),
        dumps=Dumps(folders, settings.base),
    )
