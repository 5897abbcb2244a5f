"""The application: routes, headers and error answers put together, and the server that runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api.headers import SafeHeaders
from api.problems import answer_refusal
from api.routes import lineage, operations, questions, report, search, sparql, things
from api.settings import Settings
from api.site import open_site
from sparql.refusals import RefusalError

PAGES = things.ROUTES | questions.ROUTES | lineage.ROUTES | search.ROUTES | report.ROUTES | operations.ROUTES
STATIC = Path(__file__).resolve().parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """Return the service; its worker processes start and end with it."""
    site = open_site(settings)

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
            *(Route(path, page) for path, page in PAGES.items()),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(sparql.Endpoint, site=site),
            Middleware(SafeHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=["ETag", "Retry-After"],
            ),
        ],
        exception_handlers={
            RefusalError: answer_refusal,
            HTTPException: answer_refusal,
            Exception: answer_refusal,
        },
    )
    app.state.site = site
    return app


def serve(settings: Settings) -> None:
    """Run the service until it is told to stop; requests under way are answered first."""
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=int(settings.query_seconds) + 1,
    )
