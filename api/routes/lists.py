"""The lists: a page for each kind of things, and the same as CSV."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.language import language_of
from api.negotiation import combined, preferred
from api.pages.entity.columns import plain
from api.pages.listing.chosen import read_choice
from api.pages.listing.declared import Listing, listings
from api.pages.listing.page import list_page, list_table
from api.pages.showing import NEGOTIATED, show
from api.site import Site

HTML, CSV = "text/html", "text/csv"


def shown(listing: Listing) -> Callable[[Request], Awaitable[Response]]:
    """Return the route that shows a list, or sends it as CSV where the client likes that better."""

    async def answer(request: Request) -> Response:
        """Show a page of the list."""
        likes = preferred(combined(request.headers, "accept"), (HTML, CSV))
        if request.query_params.get("format") == "csv" or likes == CSV:
            return await _table(request, listing)
        site = Site.of(request)
        chosen = read_choice(listing, request.query_params)
        page = await list_page(site.pages, site.addresses, chosen)
        return show(request, "list.html", page=page, listing=listing, plain=plain)

    return answer


def sent(listing: Listing) -> Callable[[Request], Awaitable[Response]]:
    """Return the route that sends a list as CSV."""

    async def answer(request: Request) -> Response:
        """Send all that the filters leave."""
        return await _table(request, listing)

    return answer


ROUTES = {f"/{name}": shown(listing) for name, listing in listings().items()} | {
    f"/{name}.csv": sent(listing) for name, listing in listings().items()
}


async def _table(request: Request, listing: Listing) -> Response:
    site, language = Site.of(request), language_of(request)
    chosen = read_choice(listing, request.query_params)
    body = await list_table(site.pages, site.addresses, chosen, language)
    headers = {
        "Content-Language": language,
        "Vary": ", ".join(("Accept", *NEGOTIATED)),
        "Content-Disposition": f'attachment; filename="{listing.name}.csv"',
    }
    return conditional(
        request, Response(body, media_type=f"{CSV}; charset=utf-8; header=present", headers=headers)
    )
