"""The documents as received: a list, each text in pages, and one address for each line."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.reader.blocks import Block
from api.pages.reader.documents import Registered, documents
from api.pages.reader.page import blocks_in, reader_page
from api.pages.reader.sources import Source, read_source
from api.pages.report.results import read_results
from api.pages.showing import show
from api.site import Site
from sparql.refusals import Reason, RefusalError

LINE = re.compile(r"L?([1-9][0-9]{0,8})", re.ASCII)
NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
SHOWN_AT_MOST = 80
"""Characters of a wrong value that a refusal repeats."""


async def show_documents(request: Request) -> Response:
    """List the documents, and which of their texts can be read here."""
    site = Site.of(request)
    registered = await documents(site.pages, site.addresses)
    report = await read_results(site)
    listed = [
        (
            document,
            await read_source(site.folders.mappings, document.key),
            sum(document.key in {place.document for place in result.places} for result in report.results)
            if report
            else 0,
        )
        for document in registered.values()
    ]
    return show(request, "documents.html", listed=listed)


async def show_text(request: Request) -> Response:
    """Show one page of a text; `line=` leads to the page of a line."""
    document, source = await _text(request)
    site = Site.of(request)
    if line := request.query_params.get("line"):
        return await _to_line(site, document, source, line.strip())
    blocks = await blocks_in(site, document, source)
    block = _block(request.query_params.get("page") or "1", blocks)
    page = await reader_page(site, document, source, block)
    return show(request, "reader.html", page=page)


async def lead_to_line(request: Request) -> Response:
    """Answer 303 to the page of a line, at its anchor."""
    document, source = await _text(request)
    return await _to_line(Site.of(request), document, source, request.path_params["line"])


ROUTES = {
    "/read": show_documents,
    "/read/{key}": show_text,
    "/read/{key}/{line}": lead_to_line,
}


async def _text(request: Request) -> tuple[Registered, Source]:
    """Return the document that a path names with its text; raises `RefusalError` where one is missing."""
    site, key = Site.of(request), request.path_params["key"]
    registered = await documents(site.pages, site.addresses)
    if key not in registered:
        what = f"there is no document {key[:SHOWN_AT_MOST]}"
        raise RefusalError(Reason.NOT_FOUND, what, "Choose one of the documents at /read")
    source = await read_source(site.folders.mappings, key)
    if source is None:
        what = f"the text of {key} is not at hand: this service has its graph alone"
        remedy = "Read the passages at their addresses, or run the service beside the folder of the sources"
        raise RefusalError(Reason.NOT_FOUND, what, remedy)
    return registered[key], source


async def _to_line(site: Site, document: Registered, source: Source, asked: str) -> Response:
    found = LINE.fullmatch(asked)
    if not found or int(found[1]) > len(source.lines):
        what = f"{document.key} has no line {asked[:SHOWN_AT_MOST]}"
        raise RefusalError(Reason.NOT_FOUND, what, f"Ask for a line from 1 to {len(source.lines)}")
    line = int(found[1])
    block = next(each for each in await blocks_in(site, document, source) if line in each)
    page = "" if block.number == 1 else f"?page={block.number}"
    return RedirectResponse(f"/read/{document.key}{page}#L{line}", 303)


def _block(asked: str, blocks: tuple[Block, ...]) -> Block:
    if not NUMBER.fullmatch(asked) or int(asked) > len(blocks):
        what = f"there is no page {asked[:SHOWN_AT_MOST]}"
        raise RefusalError(Reason.NOT_FOUND, what, f"Ask for a page from 1 to {len(blocks)}")
    return blocks[int(asked) - 1]
