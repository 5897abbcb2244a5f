"""From a request to a thing: found at its one address, or sent on to it, or refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.site import Site
from api.standing import Described, Gone, Moved, Standing, standing
from api.targets import Target, read_target, requested, spellings
from sparql.refusals import Reason, RefusalError

KEPT_FOR_AN_HOUR = "max-age=3600"
"""A move is for ever, but a decision may be taken back: nobody should have to empty a cache for it."""
NAME_AT_MOST = 200


@dataclass(frozen=True)
class Found:
    """What was asked for, at its one address; and the classes of the thing."""

    target: Target
    types: tuple[str, ...]


Handler = Callable[[Request, Found], Awaitable[Response]]


def found(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Return a route that calls `handler` with what was found, and answers 301, 404 or 410 itself."""

    async def answer(request: Request) -> Response:
        """Answer with what was found, or say where it is."""
        outcome = await find(request)
        return await handler(request, outcome) if isinstance(outcome, Found) else outcome

    return answer


def fixed(
    path: str, handler: Callable[[Request], Awaitable[Response]], choices: Collection[str] = ()
) -> Callable[[Request], Awaitable[Response]]:
    """Return a route for what is at `path` alone: other spellings lead there, and queries but `choices`."""
    addresses = {path, *(f"{path}?{choice}" for choice in choices)}

    async def answer(request: Request) -> Response:
        """Answer at the address alone."""
        return await handler(request) if requested(request) in addresses else _sent_to(path)

    return answer


async def find(request: Request) -> Found | Response:
    """Return what a request asks for, or 301 to its one address; raises `RefusalError` for 404 and 410."""
    site = Site.of(request)
    asked = requested(request)
    path, _, query = asked.partition("?")
    for spelling in spellings(path):
        target = read_target(site.addresses, spelling, query)
        stand = await standing(site.pages, site.addresses, target.address) if target else None
        if target and stand:
            now = _now(target, stand)
            at = now.path(site.addresses)
            if isinstance(stand, Described) and at == asked:
                return Found(target, stand.types)
            return _sent_to(at)
    raise unknown(path)


def find_page(request: Request) -> Response | None:
    """Return 308 to a page of the service for another spelling of its path; method and query are kept."""
    path, mark, query = requested(request).partition("?")
    pages = {route.path for route in request.app.routes if isinstance(route, Route) and "{" not in route.path}
    page = next((spelling for spelling in spellings(path) if spelling in pages), None)
    return None if page is None else RedirectResponse(f"{page}{mark}{query}", 308)


def unknown(path: str) -> RefusalError:
    """Return the answer to a path that leads nowhere."""
    what = f"nothing is known as {path[:NAME_AT_MOST]}"
    return RefusalError(Reason.NOT_FOUND, what, "Start from the home page")


def _sent_to(path: str) -> Response:
    return RedirectResponse(path, 301, {"Cache-Control": KEPT_FOR_AN_HOUR})


def _now(target: Target, stand: Standing) -> Target:
    """Return the target where it is now; raises `RefusalError` for what is gone."""
    if isinstance(stand, Gone):
        what = f"{target.address} is gone" + (f": {stand.why}" if stand.why else "")
        raise RefusalError(
            Reason.GONE, what, "Search for its name; what it was called may be in use elsewhere"
        )
    return replace(target, address=stand.address, part=1) if isinstance(stand, Moved) else target
