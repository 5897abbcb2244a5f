"""Linked data: /id/… answers 303 to /doc/… for readers and to /data/… for machines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.caching import REVALIDATED, conditional
from api.description import describe
from api.finding import Found, find, find_page, fixed, found, unknown
from api.graph_writing import checked_xml, write_lines
from api.language import LANGUAGES, language_of
from api.link_headers import links
from api.methods import READING
from api.pages.entity.columns import plain
from api.pages.entity.grouping import by
from api.pages.entity.kinds import kind_of
from api.pages.entity.naming import Naming
from api.pages.entity.page import entity_page
from api.pages.graph import graph_contents
from api.pages.home import home_page
from api.pages.links import Link
from api.pages.provenance import graphs_of
from api.pages.report.rules import titles
from api.pages.showing import shown
from api.pages.thing import ThingPage, thing_page
from api.pages.titles import titled_graph
from api.representations import ENDINGS, PAGE, chosen
from api.site import Site
from api.targets import CHOICES, Target, requested
from sparql.asking import Term, ask, prologue, select
from sparql.protocol import Query

IS_GRAPH = "ASK { GRAPH ?thing { ?subject ?property ?value } }"

CONTENTS = "CONSTRUCT { ?subject ?property ?value } WHERE { GRAPH ?thing { ?subject ?property ?value } }"

LICENSES = f"""{prologue("dcterms")}
SELECT ?thing ?license WHERE {{ ?thing dcterms:license ?license }} ORDER BY ?license LIMIT 8
"""


async def show_home(request: Request) -> Response:
    """Say what is here."""
    site = Site.of(request)

    async def made() -> Response:
        page = await home_page(site.pages, site.addresses, language_of(request))
        return shown(request, "home.html", page=page)

    return conditional(request, await _remembered(request, made))


@found
async def send_on(request: Request, asked: Found) -> Response:
    """Answer 303 for a thing, which is no page itself: to its page or to its data."""
    addresses, target, ending = Site.of(request).addresses, asked.target, chosen(request)
    seen = target.page() if ending == PAGE else target.data(ending)
    headers = {
        "Vary": "Accept",
        "Cache-Control": REVALIDATED,
        "Link": links(addresses, target, types=asked.types),
    }
    return RedirectResponse(seen.path(addresses), 303, headers)


@found
async def show_thing(request: Request, asked: Found) -> Response:
    """Show the page of a thing or of a graph; its data at once where the client likes them better."""
    ending = chosen(request)
    if ending == PAGE:
        return conditional(request, await _remembered(request, lambda: _page(request, asked)))
    response = await _data(request, Found(asked.target.data(ending), asked.types))
    response.headers["Content-Location"] = asked.target.data(ending).path(Site.of(request).addresses)
    return conditional(request, response)


@found
async def send_data(request: Request, asked: Found) -> Response:
    """Send the description of a thing, in parts where it is long; of a graph, all its statements."""
    return conditional(request, await _data(request, asked), negotiated=False)


async def look_elsewhere(request: Request) -> Response:
    """Lead from a path that no route knows to the page or thing that it names in another spelling."""
    outcome: Found | Response | None = find_page(request)
    if outcome is None and request.method in READING:
        outcome = await find(request)
    if isinstance(outcome, Response):
        return outcome
    raise unknown(requested(request))


ROUTES = {
    "/": fixed("/", show_home, CHOICES),
    "/doc/{path:path}": show_thing,
    "/data/{path:path}": send_data,
    "/id/{path:path}": send_on,
    "/graph/{path:path}": send_on,
    "/concept/{path:path}": send_on,
    "/shape/{path:path}": send_on,
    "/check/{path:path}": send_on,
    "/.well-known/genid/{path:path}": send_on,
}


async def _page(request: Request, asked: Found) -> Response:
    """Return the page of a thing: that of its kind, or the one for everything else."""
    site, address = Site.of(request), asked.target.address
    data = asked.target.data("ttl").path(site.addresses).removesuffix(".ttl")
    kind = kind_of(asked.types)
    if kind:
        page = await entity_page(site.pages, site.addresses, kind, address)
        heading = page.heading(language_of(request))
        response = shown(request, "entity.html", page=page, heading=heading, data=data, plain=plain, by=by)
    else:
        response = await _plain_page(request, address, data)
    licenses = await _licenses(site, address)
    response.headers["Link"] = links(site.addresses, asked.target, types=asked.types, licenses=licenses)
    return response


async def _remembered(request: Request, make: Callable[[], Awaitable[Response]]) -> Response:
    site = Site.of(request)
    if site.remembered is None:
        return await make()
    return await site.remembered.page(request, site.sources.pages.published(), make)


async def _plain_page(request: Request, address: str, data: str) -> Response:
    """Return the page of a thing of no kind, or of a graph."""
    site = Site.of(request)
    page = await thing_page(site.pages, site.addresses, address)
    contents = (
        await graph_contents(site.pages, site.addresses, address) if _may_be_graph(site, address) else None
    )
    page = page or ThingPage(titled_graph(Link(address, site.addresses.link(address)), site.addresses))
    if check := titles(site).get(address):
        names = (Term(check.spoken(language), is_address=False, language=language) for language in LANGUAGES)
        page = replace(page, link=replace(page.link, names=tuple(names)))
    naming = Naming(site.pages, site.addresses)
    graphs = await graphs_of(site.pages, naming, address, is_graph=contents is not None)
    values: dict[str, object] = {"page": page, "contents": contents, "data": data, "graphs": graphs}
    return shown(request, "thing.html", 200, plain=plain, **values)


async def _data(request: Request, asked: Found) -> Response:
    site, target = Site.of(request), asked.target
    if _may_be_graph(site, target.address) and await ask(site.pages, IS_GRAPH, thing=target.address):
        return await graph_data(site, target, asked.types)
    description = await describe(site.pages, target.address, target.part)
    if description is None:
        raise unknown(target.path(site.addresses))
    form = ENDINGS[target.ending]
    body = await asyncio.to_thread(write_lines, description.lines, form)
    header = links(site.addresses, target, types=asked.types, has_more=description.has_more)
    return Response(body, media_type=form.content_type, headers={"Link": header})


async def graph_data(site: Site, target: Target, types: tuple[str, ...] = ()) -> Response:
    """Return all statements of a graph, as the engine writes them; they have one part only."""
    if target.part > 1:
        raise unknown(target.path(site.addresses))
    form = ENDINGS[target.ending]
    query = Query(CONTENTS, graph=form, bindings=(("thing", target.address),), trusted=True)
    body = (await site.pages.answer(query)).body
    body = checked_xml(body) if form.syntax == "rdfxml" else body
    licenses = await _licenses(site, target.address)
    header = links(site.addresses, target, types=types, licenses=licenses)
    return Response(body, media_type=form.content_type, headers={"Link": header})


def _may_be_graph(site: Site, address: str) -> bool:
    return address.startswith(site.addresses.graph(""))


async def _licenses(site: Site, address: str) -> list[str]:
    """Return the licences that a graph is under; what stands in several graphs has no one licence."""
    if not _may_be_graph(site, address):
        return []
    rows = await select(site.pages, LICENSES, thing=address)
    return [row["license"].value for row in rows if row["license"].is_address]
