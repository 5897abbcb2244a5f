"""The words: the ontology as a page or as data, and the context that gives them their names in JSON-LD."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.finding import fixed
from api.link_headers import link
from api.pages.ontology import ontology_page
from api.pages.showing import shown
from api.representations import ENDINGS, PAGE, chosen
from api.routes.things import graph_data
from api.site import Site
from api.targets import CHOICES, Target, View
from graph_builder.json_ld import CONTEXT_FILE
from graph_builder.namespaces import KF

ONTOLOGY, CONTEXT = "/ontology", "/ontology/context.jsonld"


async def show_ontology(request: Request) -> Response:
    """Show the words, or send their data: addresses with # all come here."""
    site, ending = Site.of(request), chosen(request)
    data = Target(site.addresses.graph("ontology"), View.DATA, ending)
    if ending == PAGE:
        response = shown(request, "ontology.html", groups=await ontology_page(site.pages, site.addresses))
    else:
        response = await graph_data(site, data)
        response.headers["Content-Location"] = data.path(site.addresses)
    others = [
        link(data.data(other).path(site.addresses), "alternate", type=form.media_type)
        for other, form in ENDINGS.items()
        if other != ending
    ]
    response.headers["Link"] = ", ".join([link(KF.address.rstrip("#"), "canonical"), *others])
    return conditional(request, response)


async def send_context(request: Request) -> Response:
    """Send the context for JSON-LD (JSON-LD 1.1, section 3.1), for documents of other people."""
    body = await asyncio.to_thread(CONTEXT_FILE.read_bytes)
    response = Response(body, media_type=ENDINGS["jsonld"].content_type)
    return conditional(request, response, negotiated=False)


ROUTES = {ONTOLOGY: fixed(ONTOLOGY, show_ontology, CHOICES), CONTEXT: fixed(CONTEXT, send_context)}
