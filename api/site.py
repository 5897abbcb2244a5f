"""What the routes of one application share: its settings, its addresses and what answers its queries."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from api.addresses import Addresses
from api.settings import Settings
from graph_builder.folders import Folders
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool
from sparql.federation.client import Client
from sparql.federation.federated import Federated
from sparql.federation.partners import find_partners


@dataclass(frozen=True)
class Site:
    """One application: pages never wait behind the queries of strangers, so there are two pools.

    `strangers` answers the queries of strangers with its workers, and asks partners for what SERVICE names.
    """

    settings: Settings
    folders: Folders
    addresses: Addresses
    pages: Pool
    workers: Pool
    strangers: Federated

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
        self.workers.start()

    async def stop(self) -> None:
        """Stop both pools, and leave the partners."""
        await self.strangers.close()
        await self.pages.stop()
        await self.workers.stop()


def open_site(settings: Settings) -> Site:
    """Return the site of some settings; no process is started yet."""
    folders = Folders(out=settings.out)
    limits = Limits(settings.query_seconds, settings.query_memory_mb, settings.result_mb)

    def pool(workers: int) -> Pool:
        return Pool(folders.store, settings.base, limits, workers=workers, queue=settings.queue)

    workers = pool(settings.workers)
    partners = find_partners(settings.partners)
    client = Client(partners.user_agent)
    return Site(
        settings=settings,
        folders=folders,
        addresses=Addresses(settings.base),
        pages=pool(settings.page_workers),
        workers=workers,
        strangers=Federated(workers, client, partners, base=settings.base, seconds=limits.seconds),
    )
