"""The catalogue as a page and as DCAT, the description that VoID looks for, and the dumps."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse, serialize
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from api.caching import conditional, is_known
from api.dumps import Publication
from api.pages.catalog import CatalogPage, File, catalog_page, groups_of, queries
from api.pages.entity.naming import Naming
from api.pages.showing import show
from api.representations import liked
from api.site import Site
from graph_builder.catalog.writing import measured_lines
from graph_builder.dumps.manifest import manifest_of
from graph_builder.namespaces import read_prefixes
from sparql.asking import Term
from sparql.protocol import content_type
from sparql.refusals import Reason, RefusalError

HTML, JSON = "text/html", "application/json"
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
ENDINGS = dict(zip(("ttl", "jsonld", "nt", "rdf"), GRAPHS, strict=True))
"""Ending of an address → media type."""


async def show_catalog(request: Request) -> Response:
    """Send the catalogue of what is published: by the ending of the address, or by the header Accept."""
    site = Site.of(request)
    ending = request.path_params.get("ending", "")
    if ending and ending not in ENDINGS:
        raise RefusalError(Reason.NOT_FOUND, f"there is no catalogue as {ending}", "Start from /catalog")
    media_type = ENDINGS.get(ending) or liked(request, (HTML, *GRAPHS))
    publication = await site.dumps.published()
    if media_type == HTML:
        return await _page(request, site, publication)
    body = await asyncio.to_thread(_represent, site, publication, media_type)
    return conditional(request, Response(body, media_type=content_type(media_type)))


async def send_on_to_void(request: Request) -> Response:
    """Answer 303 with the description of the dataset (VoID, section 7.2), as the client likes it."""
    best = liked(request, ("text/turtle", HTML, *GRAPHS))
    ending = next((ending for ending, media_type in ENDINGS.items() if media_type == best), None)
    return RedirectResponse(f"/catalog.{ending}" if ending else "/catalog", 303, {"Vary": "Accept"})


async def list_dumps(request: Request) -> Response:
    """List the dumps of what is published: a page, or the manifest as JSON."""
    if liked(request, (HTML, JSON)) == JSON:
        return await send_manifest(request)
    publication = await Site.of(request).dumps.published()
    measures = await asyncio.to_thread(publication.measures)
    files = [File(dump, measures.get(name)) for name, dump in publication.dumps.items()]
    return show(request, "dump-list.html", groups=groups_of(files))


async def send_manifest(request: Request) -> Response:
    """Send the manifest: every dump, and the measure of those that were made."""
    publication = await Site.of(request).dumps.published()
    measures = await asyncio.to_thread(publication.measures)
    manifest = manifest_of(publication.dataset.sha256, publication.dumps.values(), measures)
    return conditional(request, JSONResponse(manifest))


async def send_dump(request: Request) -> Response:
    """Send a dump, made if it has to be; conditional requests and ranges (RFC 9110, sections 13 and 14)."""
    path, dump, measure = await Site.of(request).dumps.file(request.path_params["name"])
    tag = f'"{measure.sha256[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if is_known(tag, request.headers.getlist("if-none-match")):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type=content_type(dump.media_type), filename=dump.name)


ROUTES = {
    "/catalog": show_catalog,
    "/catalog.{ending}": show_catalog,
    "/.well-known/void": send_on_to_void,
    "/dumps/": list_dumps,
    "/dumps/manifest.json": send_manifest,
    "/dumps/{name}": send_dump,
}


async def _page(request: Request, site: Site, publication: Publication) -> Response:
    """Return the catalogue as a page; what it names is called as the published graph calls it."""
    page = await asyncio.to_thread(_read, site, publication)
    named = [*page.examples, *(source for part in page.graphs for source in part.sources)]
    naming = Naming(site.pages, site.addresses)
    await naming.learn({"thing": Term(link.address, is_address=True)} for link in named)
    origin = str(request.base_url).rstrip("/")
    return show(request, "catalog.html", page=page, naming=naming, origin=origin, queries=queries(page))


def _read(site: Site, publication: Publication) -> CatalogPage:
    """Return the page with all that is known of dumps by now; every object of the engine stays here."""
    measures = publication.measures()
    triples = _triples(publication.files.catalog, ())
    return catalog_page(triples, publication.dumps.values(), measures, site.addresses)


def _represent(site: Site, publication: Publication, media_type: str) -> bytes:
    """Return the catalogue with all that is known of dumps by now; every object of the engine stays here."""
    more = tuple(measured_lines(publication.measures(), site.settings.base))
    return _serialised(publication.files.catalog, more, media_type)


@lru_cache(maxsize=16)
def _serialised(catalog: Path, more: tuple[str, ...], media_type: str) -> bytes:
    """The catalogue of a publication, which never changes, with what became known."""
    return serialize(_triples(catalog, more), format=GRAPHS[media_type], prefixes=read_prefixes()) or b""


def _triples(catalog: Path, more: tuple[str, ...]) -> list[Triple]:
    try:
        lines = {*catalog.read_text("utf-8").splitlines(keepends=True), *more}
    except FileNotFoundError as fault:
        remedy = "Run keifu build: it writes the catalogue"
        raise RefusalError(Reason.NO_STORE, "no catalogue is published", remedy) from fault
    return [quad.triple for quad in parse("".join(sorted(lines)), format=RdfFormat.N_QUADS)]
