"""For who runs the service, for who met an error, and for who wonders what this is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.caching import conditional
from api.health import Health
from api.observation.collectors import version_of
from api.observation.metrics import Metrics
from api.openapi.description import describe_service
from api.pages.showing import show
from api.routes.questions import LIBRARY
from api.site import Site
from sparql.execution.statistics import PoolStatistics
from sparql.refusals import Reason, RefusalError

FRESH = {"Cache-Control": "no-store"}


async def show_health(request: Request) -> Response:
    """Answer 200 where the published store answers a query and the service is not about to stop; else 503."""
    site = Site.of(request)
    if request.app.state.stopping:
        raise RefusalError(Reason.NOT_READY, "the service is stopping", "Ask another one")
    health: Health = request.app.state.health
    await health.check()
    store = Path(site.sources.pages.published())
    pools = {name: _load(pool.statistics()) for name, pool in site.sources.pools.items()}
    record = {"status": "ready", "version": version_of(store), "store": store.name, "pools": pools}
    return JSONResponse(record, headers=FRESH)


async def show_metrics(request: Request) -> Response:
    """Send what is counted, as Prometheus reads it."""
    metrics: Metrics = request.app.state.metrics
    body, content_type = metrics.exposition(request.headers.get("accept", ""))
    return Response(body, media_type=content_type, headers=FRESH)


async def send_description(request: Request) -> Response:
    """Send the description of every route, in OpenAPI."""
    body = _description(Site.of(request).settings.contact)
    return conditional(request, Response(body, media_type="application/json"))


async def show_problem(request: Request) -> Response:
    """Explain a kind of error: the page that the `type` of a problem names."""
    slug = request.path_params["slug"]
    reason = next((reason for reason in Reason if reason.slug == slug), None)
    if reason is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no problem named {slug}", "Start from the home page")
    return show(
        request,
        "problem.html",
        reason=reason,
        problem=None,
        limit=None,
        sought="",
        again="",
        seconds="",
    )


async def show_about(request: Request) -> Response:
    """Say what the site is for and how far to trust it."""
    return show(request, "about.html")


ROUTES = {
    "/about": show_about,
    "/health": show_health,
    "/metrics": show_metrics,
    "/openapi.json": send_description,
    "/problems/{slug}": show_problem,
}


@cache
def _description(contact: str) -> bytes:
    return json.dumps(describe_service(LIBRARY.values(), contact), ensure_ascii=False).encode()


def _load(now: PoolStatistics) -> dict[str, int]:
    return {"workers": now.workers, "busy": now.busy, "waiting": now.waiting}
