"""The application: routes, headers, observation and error answers put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from api.headers import SafeHeaders
from api.health import Health
from api.observation.metrics import Metrics
from api.observation.observed_routes import ObservedMount, ObservedRoute
from api.observation.observing import Observing
from api.observation.request_log import RequestLog
from api.problems import answer_refusal
from api.routes import lineage, operations, questions, report, sparql, things
from api.settings import Settings
from api.site import open_site
from sparql.refusals import RefusalError

PAGES = things.ROUTES | questions.ROUTES | lineage.ROUTES | report.ROUTES | operations.ROUTES
STATIC = Path(__file__).resolve().parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """Return the service; its worker processes start and end with it."""
    site = open_site(settings)
    metrics = Metrics(site.folders, {name: pool.statistics for name, pool in site.pools.items()})

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await site.start()
        yield
        await site.stop()

    app = FastAPI(
        title="Keifu",
        openapi_url=None,
        lifespan=lifespan,
        routes=[
            ObservedRoute("/sparql", sparql.Endpoint(site)),
            *(ObservedRoute(path, page) for path, page in PAGES.items()),
            ObservedMount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(Observing, metrics, RequestLog(settings)),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=["ETag", "Retry-After", "X-Request-ID"],
            ),
        ],
        exception_handlers={
            RefusalError: answer_refusal,
            HTTPException: answer_refusal,
            Exception: answer_refusal,
        },
    )
    app.state.site = site
    app.state.metrics = metrics
    app.state.health = Health(site.pages)
    app.state.stopping = False
    return app
