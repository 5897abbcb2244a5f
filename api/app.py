"""The application: routes, headers and error answers put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.routing import Mount, request_response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.headers import EXPOSED, OpenToAll, SafeHeaders
from api.health import Health
from api.methods import ReadOnly
from api.observation.metrics import Metrics
from api.observation.observed_routes import ObservedMount, ObservedRoute
from api.observation.observing import Observing, say_that_nobody_listens
from api.observation.request_log import RequestLog
from api.problems import answer_refusal
from api.routes import (
    catalog,
    comparison,
    lineage,
    lists,
    operations,
    query,
    questions,
    reader,
    report,
    search,
    sparql,
    things,
    words,
)
from api.settings import Settings
from api.site import Site, open_site
from sparql.refusals import RefusalError

PAGES = things.ROUTES | words.ROUTES | questions.ROUTES | lineage.ROUTES | report.ROUTES | operations.ROUTES
PAGES |= catalog.ROUTES | comparison.ROUTES | lists.ROUTES | query.ROUTES | reader.ROUTES | search.ROUTES
STATIC = Path(__file__).resolve().parent / "static"


class Service(FastAPI):
    """The application with the endpoint in front of it: machines call that most, and no layer slows it."""

    def stand_behind(self, site: Site, metrics: Metrics, log: RequestLog) -> None:
        """Let every request be observed, and those of the endpoint go no further."""
        self._front: ASGIApp = Observing(sparql.Endpoint(super().__call__, site), metrics, log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request."""
        scope["app"] = self
        await self._front(scope, receive, send)


def create_app(settings: Settings) -> FastAPI:
    """Return the service; its worker processes start and end with it."""
    site = open_site(settings)
    pools = {name: pool.statistics for name, pool in site.sources.pools.items()}
    metrics = Metrics(site.folders, pools, site.caches)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await site.start()
        yield
        await site.stop()

    app = Service(
        title="Keifu",
        openapi_url=None,
        lifespan=lifespan,
        routes=[
            *(ObservedRoute(path, ReadOnly(request_response(page))) for path, page in PAGES.items()),
            ObservedMount("/static", ReadOnly(StaticFiles(directory=STATIC))),
            Mount("/", request_response(things.look_elsewhere)),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(
                OpenToAll,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=EXPOSED,
            ),
        ],
        exception_handlers={
            RefusalError: answer_refusal,
            HTTPException: answer_refusal,
            ClientDisconnect: say_that_nobody_listens,
            Exception: answer_refusal,
        },
    )
    app.state.site = site
    app.state.metrics = metrics
    app.state.health = Health(site.sources.pages)
    app.state.stopping = False
    app.stand_behind(site, metrics, RequestLog(settings))
    return app
