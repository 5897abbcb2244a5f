"""The lineage of a thing: a page to read, JSON with nodes and edges, or RDF."""

from __future__ import annotations

import json
from urllib.parse import quote

from pyoxigraph import RdfFormat
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import SAFE
from api.caching import conditional
from api.language import language_of
from api.pages.lineage.choosing import read_choice
from api.pages.lineage.page import lineage_page
from api.pages.rendering import render
from api.pages.showing import show
from api.representations import liked
from api.site import Site
from sparql.lineage.family import Direction, Family
from sparql.lineage.reading import read_family
from sparql.lineage.records import family_record
from sparql.lineage.statements import family_graph
from sparql.protocol import content_type
from sparql.refusals import Reason, RefusalError

HTML, JSON, SVG = "text/html", "application/json", "image/svg+xml"
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
OFFERS = (HTML, JSON, *GRAPHS, SVG)
ENDINGS = dict(zip(("html", "json", "ttl", "jsonld", "nt", "svg"), OFFERS, strict=True))
"""Ending of an address → media type."""


async def show_lineage(request: Request) -> Response:
    """Show where a thing comes from and what became of it; within limits that the answer states."""
    path = request.path_params["path"]
    stem, _, ending = path.rpartition(".")
    asked = ENDINGS.get(ending)
    stem, media_type = (stem, asked) if asked else (path, liked(request, OFFERS))
    family = await _family(request, stem)
    local = quote(stem, safe=SAFE)
    if media_type in {HTML, SVG}:
        return await _picture(request, family, media_type, local)
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


async def _picture(request: Request, family: Family, media_type: str, local: str) -> Response:
    """Return the page with the picture, or the picture alone in the language of the reader."""
    site = Site.of(request)
    page = await lineage_page(site.pages, site.addresses, family, read_choice(request.query_params))
    if media_type == HTML:
        return show(request, "lineage.html", page=page, local=f"/lineage/{local}")
    base = site.settings.base.rstrip("/")
    body = render("lineage.svg", language=language_of(request), page=page, base=base)
    headers = {"Vary": "Accept, Accept-Language, Cookie"}
    return conditional(request, Response(body, headers=headers, media_type=SVG))


def _response(request: Request, family: Family, media_type: str, local: str) -> Response:
    site = Site.of(request)
    if media_type == JSON:
        body = json.dumps(family_record(family), ensure_ascii=False, indent=1)
        return Response(body, media_type=JSON)
    address = f"{site.settings.base}lineage/{local}"
    body_of_graph = family_graph(family, address, GRAPHS[media_type])
    return Response(body_of_graph, media_type=content_type(media_type))
