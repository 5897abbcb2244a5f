"""Linked data: /id/… answers 303 to /doc/… for readers and to /data/… for machines."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.addresses import SAFE, Addresses
from api.caching import conditional
from api.language import language_of
from api.negotiation import preferred
from api.pages.graph import graph_contents
from api.pages.home import home_page
from api.pages.links import Link
from api.pages.ontology import ontology_page
from api.pages.rendering import render
from api.pages.showing import show
from api.pages.thing import ThingPage, thing_page
from api.site import Site
from sparql.asking import ask, prologue
from sparql.protocol import GRAPH_FORMATS, Format, Query
from sparql.refusals import Reason, RefusalError

HTML = "text/html"
DATA_FORMATS = dict(zip(("ttl", "nt", "jsonld", "rdf"), GRAPH_FORMATS, strict=False))
"""Ending of an address below /data/ → format."""

IS_KNOWN = (
    "ASK { { ?thing ?property ?value } UNION { ?source ?link ?thing } UNION { GRAPH ?thing { ?a ?b ?c } } }"
)

DESCRIPTION = f"""{prologue("kf")}
CONSTRUCT {{ ?thing ?property ?value . ?passage ?link ?end }} WHERE {{
  {{ ?thing ?property ?value }} UNION {{ ?thing kf:evidence ?passage . ?passage ?link ?end }}
}}
"""

CONTENTS = "CONSTRUCT { ?subject ?property ?value } WHERE { GRAPH ?thing { ?subject ?property ?value } }"


async def show_home(request: Request) -> Response:
    """Say what is here."""
    site = Site.of(request)
    page = await home_page(site.pages, site.addresses, language_of(request))
    return show(request, "home.html", page=page)


async def send_on(request: Request) -> Response:
    """Answer 303 for a thing, which is no page itself: to its page or to its data."""
    site = Site.of(request)
    path = site.addresses.document(request.url.path)
    await _known(site, path)
    return _see_other(request, path)


async def show_thing(request: Request) -> Response:
    """Show the page of a thing, or of a graph."""
    site = Site.of(request)
    path = request.path_params["path"]
    address = _address(site.addresses, path)
    page = await thing_page(site.pages, site.addresses, address)
    is_graph = address.startswith(site.addresses.graph(""))
    contents = await graph_contents(site.pages, site.addresses, address) if is_graph else None
    if page is None and contents is None:
        raise _unknown(path)
    page = page or ThingPage(Link(address, site.addresses.link(address)))
    body = render("thing.html", page=page, contents=contents, data=f"/data/{quote(path, safe=SAFE)}")
    return conditional(request, Response(body, media_type=HTML))


async def send_data(request: Request) -> Response:
    """Send the statements about a thing and the passages that prove them; of a graph, all its statements."""
    site = Site.of(request)
    path, _, ending = request.path_params["path"].rpartition(".")
    if ending not in DATA_FORMATS:
        raise _unknown(request.path_params["path"])
    address = await _known(site, path)
    is_graph = address.startswith(site.addresses.graph(""))
    return await _data(request, address, CONTENTS if is_graph else DESCRIPTION, DATA_FORMATS[ending])


async def show_ontology(request: Request) -> Response:
    """Show the words, or answer 303 to their data: addresses with # all come here."""
    site = Site.of(request)
    if _best(request) != HTML:
        return _see_other(request, "graph/ontology")
    groups = await ontology_page(site.pages, site.addresses)
    return show(request, "ontology.html", groups=groups)


ROUTES = {
    "/": show_home,
    "/ontology": show_ontology,
    "/doc/{path:path}": show_thing,
    "/data/{path:path}": send_data,
    "/id/{path:path}": send_on,
    "/graph/{path:path}": send_on,
    "/concept/{path:path}": send_on,
    "/shape/{path:path}": send_on,
    "/check/{path:path}": send_on,
    "/.well-known/genid/{path:path}": send_on,
}


def _best(request: Request) -> str:
    offers = (HTML, *(form.media_type for form in DATA_FORMATS.values()))
    best = preferred(request.headers.get("accept"), offers)
    if best is None:
        remedy = f"Accept one of {', '.join(offers)}"
        raise RefusalError(Reason.NOT_ACCEPTABLE, "there is no such representation", remedy)
    return best


def _see_other(request: Request, path: str) -> Response:
    best = _best(request)
    ending = next((ending for ending, form in DATA_FORMATS.items() if form.media_type == best), None)
    target = f"/doc/{path}" if ending is None else f"/data/{path}.{ending}"
    return RedirectResponse(quote(target, safe=SAFE), 303, {"Vary": "Accept"})


def _address(addresses: Addresses, path: str) -> str:
    address = addresses.thing(path)
    if address is None:
        raise _unknown(path)
    return address


async def _known(site: Site, path: str) -> str:
    address = _address(site.addresses, path)
    if not await ask(site.pages, IS_KNOWN, thing=address):
        raise _unknown(path)
    return address


def _unknown(path: str) -> RefusalError:
    return RefusalError(Reason.NOT_FOUND, f"nothing is known as {path}", "Start from the home page")


async def _data(request: Request, address: str, text: str, form: Format) -> Response:
    query = Query(text, graph=form, bindings=(("thing", address),), trusted=True)
    answer = await Site.of(request).pages.answer(query)
    return conditional(request, Response(answer.body, media_type=form.content_type))
