"""The search: a page, JSON or CSV, completion of what is being written, and a description for browsers."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.pages.rendering import render
from api.pages.search import RESULTS_ON_A_PAGE, search_page
from api.pages.showing import show
from api.representations import liked
from api.search.facets import facet_names
from api.search.records import found_record, found_rows
from api.search.searching import LIMIT, LIMIT_AT_MOST, Wanted, search
from api.search.suggesting import suggest
from api.search.words import LENGTH_AT_MOST, readable
from api.site import Site
from sparql.refusals import Reason, RefusalError

HTML, JSON, CSV = "text/html", "application/json", "text/csv"
FORMATS = {"html": HTML, "json": JSON, "csv": CSV}
"""What the parameter format may be → media type."""
VALUES_AT_MOST = 10
VALUE_AT_MOST = 200
"""Values of filters, and characters of each: a page repeats them in all its links."""


async def show_search(request: Request) -> Response:
    """Answer a search as `format` says, else as the client likes it."""
    site = Site.of(request)
    media_type = _format(request)
    wanted = _wanted(request, RESULTS_ON_A_PAGE if media_type == HTML else LIMIT)
    found = await site.reader.ask(lambda index: search(index, wanted))
    if media_type == HTML:
        return show(request, "search.html", page=search_page(found, site.addresses), box=found.wanted.text)
    if media_type == CSV:
        body = found_rows(found)
    else:
        body = json.dumps(found_record(found, site.addresses), ensure_ascii=False, indent=1).encode()
    return conditional(request, Response(body, media_type=media_type))


async def complete(request: Request) -> Response:
    """Answer the beginning of a word with names, as browsers ask for them (OpenSearch Suggestions 1.0)."""
    text = readable(request.query_params.get("q", ""))
    names = await Site.of(request).reader.ask(lambda index: suggest(index, text))
    body = json.dumps([text, list(names)], ensure_ascii=False)
    return conditional(request, Response(body, media_type="application/x-suggestions+json"))


async def describe_search(request: Request) -> Response:
    """Describe the search to browsers (OpenSearch 1.1), so that they can offer it."""
    body = render("opensearch.xml", origin=str(request.base_url).rstrip("/"))
    return conditional(request, Response(body, media_type="application/opensearchdescription+xml"))


ROUTES = {"/search": show_search, "/search/suggest": complete, "/opensearch.xml": describe_search}


def _format(request: Request) -> str:
    asked = request.query_params.get("format")
    if asked is not None:
        if asked not in FORMATS:
            what = f"there is no format {readable(asked)[:40]}"
            raise RefusalError(Reason.NOT_ACCEPTABLE, what, f"Write format={', '.join(FORMATS)}")
        return FORMATS[asked]
    return liked(request, FORMATS.values())


def _wanted(request: Request, limit: int) -> Wanted:
    asked = request.query_params
    return Wanted(
        readable(asked.get("q", "")[: LENGTH_AT_MOST + 1]),
        _filters(request),
        min(_number(request, "limit", limit), LIMIT_AT_MOST),
        _number(request, "offset", 0),
    )


def _filters(request: Request) -> dict[str, tuple[str, ...]]:
    chosen = [
        (facet, readable(value)) for facet in facet_names() for value in request.query_params.getlist(facet)
    ]
    given = [(facet, value) for facet, value in chosen if value]
    if len(given) > VALUES_AT_MOST or any(len(value) > VALUE_AT_MOST for _, value in given):
        what = (
            f"there are more than {VALUES_AT_MOST} filters, or one is longer than {VALUE_AT_MOST} characters"
        )
        raise RefusalError(Reason.MALFORMED, what, "Narrow the search down by fewer values")
    return {facet: tuple(value for name, value in given if name == facet) for facet, _ in given}


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name) or str(otherwise)
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise RefusalError(Reason.MALFORMED, f"{name} is no number of results", f"Write {name}={otherwise}")
    return int(text)
