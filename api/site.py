"""What the routes of one application share: its settings, its addresses and what answers its queries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from api.addresses import Addresses
from api.settings import Settings
from graph_builder.folders import Folders
from sparql.backends import Source
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool
from sparql.remote.endpoint import RemoteEndpoint
from sparql.remote.graphs import Graphs
from sparql.remote.line import Line


@dataclass(frozen=True)
class Site:
    """One application: pages never wait behind the queries of strangers, so there are two sources."""

    settings: Settings
    folders: Folders
    addresses: Addresses
    pages: Source
    strangers: Source

    @classmethod
    def of(cls, request: Request) -> Site:
        """Return the site that a request came to."""
        site = request.app.state.site
        if not isinstance(site, cls):
            raise TypeError("the application has no site")
        return site

    async def start(self) -> None:
        """Start both sources."""
        self.pages.start()
        self.strangers.start()

    async def stop(self) -> None:
        """Stop both sources."""
        await self.pages.stop()
        await self.strangers.stop()


def open_site(settings: Settings) -> Site:
    """Return the site of some settings; no process is started yet."""
    pages, strangers = _on_an_endpoint(settings) if settings.endpoint else _on_the_store(settings)
    return Site(
        settings=settings,
        folders=Folders(out=settings.out),
        addresses=Addresses(settings.base),
        pages=pages,
        strangers=strangers,
    )


def _on_the_store(settings: Settings) -> tuple[Source, Source]:
    store = Folders(out=settings.out).store
    return _pool(settings, store, settings.page_workers), _pool(settings, store, settings.workers)


def _on_an_endpoint(settings: Settings) -> tuple[Source, Source]:
    """Return sources that share what is known of the graphs; strangers' queries are examined beforehand."""

    def line(width: int) -> Line:
        return Line(settings.endpoint, _limits(settings), width=width, queue=settings.queue)

    for_pages = line(settings.page_workers)
    graphs = Graphs(for_pages, settings.base, settings.endpoint_graph)
    examiners = _pool(settings, None, 1)
    pages = RemoteEndpoint(for_pages, graphs, settings.query_seconds)
    return pages, RemoteEndpoint(line(settings.workers), graphs, settings.query_seconds, examiners)


def _pool(settings: Settings, store: Path | None, workers: int) -> Pool:
    return Pool(store, settings.base, _limits(settings), workers=workers, queue=settings.queue)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.query_seconds, settings.query_memory_mb, settings.result_mb)
