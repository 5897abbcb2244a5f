"""For who runs the service, for who met an error, and for who wonders what this is."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.pages.showing import show
from api.site import Site
from sparql.asking import ask
from sparql.refusals import Reason, RefusalError


async def show_health(request: Request) -> Response:
    """Answer 200 once a published store answers a query, 503 before."""
    site = Site.of(request)
    if not await ask(site.page_pool, "ASK { ?subject ?property ?value }"):
        raise RefusalError(Reason.NO_STORE, "the published store is empty", "Run keifu build")
    return JSONResponse({"status": "ready", "store": Path(site.page_pool.published()).name})


async def show_problem(request: Request) -> Response:
    """Explain a kind of error: the page that the `type` of a problem names."""
    slug = request.path_params["slug"]
    reason = next((reason for reason in Reason if reason.slug == slug), None)
    if reason is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no problem named {slug}", "Start from the home page")
    return show(request, "problem.html", reason=reason, problem=None, limit=None)


async def show_about(request: Request) -> Response:
    """Say what the site is for and how far to trust it."""
    return show(request, "about.html")


ROUTES = {"/about": show_about, "/health": show_health, "/problems/{slug}": show_problem}
