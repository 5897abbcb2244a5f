"""The protocol endpoint: a plain ASGI application, because it is what machines call most."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.caching import conditional
from api.negotiation import preferred
from api.pages.home import FIRST_QUESTION
from api.pages.rendering import render
from api.problems import problem_response
from api.site import Site
from sparql.federation import contributions
from sparql.protocol import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    SHORT_NAMES,
    Format,
    Query,
    Request,
    Syntax,
    read_request,
)
from sparql.refusals import Reason, RefusalError

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class Endpoint:
    """SPARQL 1.1 Protocol for queries, at one address."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: the whole result, or a problem; never a part of a result."""
        request = HttpRequest(scope, receive)
        try:
            response = await self._respond(request)
        except RefusalError as refusal:
            response = problem_response(refusal)
        await response(scope, receive, send)

    async def _respond(self, request: HttpRequest) -> Response:
        if request.method not in METHODS:
            raise RefusalError(Reason.WRONG_METHOD, f"{request.method} is not for queries", "Use GET or POST")
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        if request.method != "POST" and not request.url.query and _wants_a_page(request):
            return Response(render("sparql.html", first_query=FIRST_QUESTION.query), media_type="text/html")
        body = (
            await _body(request, self._site.settings.request_kb * 1024) if request.method == "POST" else b""
        )
        asked = read_request(
            request.method, request.scope["query_string"], request.headers.get("content-type", ""), body
        )
        answer = await self._site.strangers.answer(_query(asked, request.headers.get("accept")))
        headers = contributions.header(answer.contributions)
        return conditional(request, Response(answer.body, 200, headers, answer.format.content_type))


def _wants_a_page(request: HttpRequest) -> bool:
    return preferred(request.headers.get("accept"), ("application/json", "text/html")) == "text/html"


async def _body(request: HttpRequest, limit: int) -> bytes:
    """Return the body; refuses one that is too long as soon as it is."""
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > limit:
            what = f"the request is longer than {limit // 1024} KiB"
            raise RefusalError(Reason.TOO_LONG, what, "Ask a shorter query")
        parts.append(part)
    return b"".join(parts)


def _query(asked: Request, accept: str | None) -> Query:
    """Return the query with the best format for a table and for a graph: the engine knows which it is."""
    if asked.format is not None and asked.format not in SHORT_NAMES:
        remedy = f"Use one of {', '.join(SHORT_NAMES)}, or the header Accept"
        raise RefusalError(Reason.MALFORMED, f"there is no format {asked.format}", remedy)
    table, graph = SHORT_NAMES.get(asked.format or "", (None, None))
    return Query(
        text=asked.text,
        table=_format(RESULT_FORMATS, table, accept),
        graph=_format(GRAPH_FORMATS, graph, accept),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )


def _format(formats: Sequence[Format], syntax: Syntax | None, accept: str | None) -> Format | None:
    if syntax is not None:
        return next(form for form in formats if form.syntax == syntax)
    best = preferred(accept, [form.media_type for form in formats])
    return next((form for form in formats if form.media_type == best), None)
