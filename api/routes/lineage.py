"""The lineage of a thing: a page to read, JSON with nodes and edges, or RDF."""

from __future__ import annotations

import json
from urllib.parse import quote

from pyoxigraph import RdfFormat
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import SAFE
from api.caching import conditional
from api.negotiation import preferred
from api.pages.lineage import lineage_page
from api.pages.rendering import render
from api.site import Site
from sparql.lineage.family import Direction, Family
from sparql.lineage.reading import read_family
from sparql.lineage.records import family_record
from sparql.lineage.statements import family_graph
from sparql.refusals import Reason, RefusalError

HTML, JSON = "text/html", "application/json"
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
OFFERS = (HTML, JSON, *GRAPHS)
ENDINGS = dict(zip(("html", "json", "ttl", "jsonld", "nt"), OFFERS, strict=True))
"""Ending of an address → media type."""


async def show_lineage(request: Request) -> Response:
    """Show where a thing comes from and what became of it; within limits that the answer states."""
    path = request.path_params["path"]
    stem, _, ending = path.rpartition(".")
    asked = ENDINGS.get(ending)
    stem, media_type = (stem, asked) if asked else (path, _best(request))
    family = await _family(request, stem)
    local = quote(stem, safe=SAFE)
    return conditional(request, _response(request, family, media_type, local), negotiated=asked is None)


ROUTES = {"/lineage/{path:path}": show_lineage}


async def _family(request: Request, path: str) -> Family:
    site = Site.of(request)
    try:
        direction = Direction(request.query_params.get("direction") or "both")
    except ValueError as fault:
        what = f"there is no direction {request.query_params['direction']}"
        raise RefusalError(Reason.MALFORMED, what, "Write direction=up, down or both") from fault
    address = site.addresses.thing(site.addresses.document(path))
    family = await read_family(site.pages, address, direction) if address else None
    if family is None:
        raise RefusalError(Reason.NOT_FOUND, f"nothing is known as {path}", "Start from the home page")
    return family


def _response(request: Request, family: Family, media_type: str, local: str) -> Response:
    site = Site.of(request)
    if media_type == HTML:
        page = lineage_page(family, site.addresses)
        return Response(render("lineage.html", page=page, local=f"/lineage/{local}"), media_type=HTML)
    if media_type == JSON:
        body = json.dumps(family_record(family), ensure_ascii=False, indent=1)
        return Response(body, media_type=JSON)
    address = f"{site.settings.base}lineage/{local}"
    body_of_graph = family_graph(family, address, GRAPHS[media_type])
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return Response(body_of_graph, media_type=content_type)


def _best(request: Request) -> str:
    best = preferred(request.headers.get("accept"), OFFERS)
    if best is None:
        remedy = f"Accept one of {', '.join(OFFERS)}"
        raise RefusalError(Reason.NOT_ACCEPTABLE, "there is no such representation", remedy)
    return best
