"""A query as a page: written, run within the limits of the endpoint, and read as a table."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.observation.exchange import note_query, note_refusal
from api.pages.ontology import ontology_page
from api.pages.query import query_page, run_query
from api.pages.showing import show
from api.routes.questions import LIBRARY
from api.site import Site
from graph_builder.namespaces import KF, read_prefixes
from sparql.refusals import Reason, RefusalError
from sparql.resolution import bind
from sparql.spelling import spelled_out


async def show_query(request: Request) -> Response:
    """Run the query in `query`, or the question named in `example`, and show what it gives."""
    site = Site.of(request)
    text = request.query_params.get("query") or await _example(site, request.query_params.get("example"))
    if not text:
        return show(request, "sparql.html", page=query_page(site.settings))
    note_query(text)
    page = query_page(site.settings, text)
    try:
        page = replace(page, result=await run_query(site.strangers, site.addresses, text))
    except RefusalError as refusal:
        note_refusal(refusal.reason)
        page = replace(page, fault=refusal)
    status = page.fault.reason.status if page.fault else 200
    return show(request, "sparql.html", status, page=page)


async def send_words(request: Request) -> Response:
    """Send the words that the editor completes: our prefixes, and the terms of the ontology."""
    site = Site.of(request)
    groups = await ontology_page(site.pages, site.addresses)
    terms = [
        {
            "name": f"kf:{word.link.address.removeprefix(KF.address)}",
            "label": {name.language: name.text for name in word.link.names},
        }
        for group in groups
        for word in group.words
    ]
    body = json.dumps({"prefixes": read_prefixes(), "terms": terms}, ensure_ascii=False)
    return conditional(request, Response(body, media_type="application/json"), negotiated=False)


ROUTES = {"/query": show_query, "/query/words": send_words}


async def _example(site: Site, name: str | None) -> str:
    if not name:
        return ""
    question = LIBRARY.get(name)
    if question is None:
        what = f"there is no question named {name[:100]}"
        raise RefusalError(Reason.NOT_FOUND, what, "The page /questions lists the questions")
    return spelled_out(question.query, await bind(site.pages, question, dict(question.example)))
