"""The protocol endpoint: a plain ASGI application, because it is what machines call most."""

from __future__ import annotations

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.caching import conditional
from api.endpoint.asking import Asked, read_body, read_query
from api.endpoint.description import describe_service
from api.endpoint.sending import CONSTANT, ClientGoneError, send_answer, unless_gone
from api.negotiation import preferred
from api.observation.exchange import note_query
from api.observation.observed_routes import TEMPLATE
from api.problems import problem_response
from api.site import Site
from sparql.protocol import GRAPH_FORMATS
from sparql.refusals import Reason, RefusalError

PATH = "/sparql"
PAGE = "/query"
"""Where readers write queries; one who comes here without a query gets that page."""
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class Endpoint:
    """SPARQL 1.1 Protocol for queries at one address; every other request goes on to `app`."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: the whole result, or a problem; never a part of a result."""
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        scope[TEMPLATE] = PATH
        asked = Asked(scope)
        try:
            await self._answer(asked, receive, send)
        except RefusalError as refusal:
            await _send(problem_response(refusal), asked, receive, send)
        except (ClientGoneError, ConnectionAbortedError):
            return

    async def _answer(self, asked: Asked, receive: Receive, send: Send) -> None:
        if asked.method not in METHODS:
            raise RefusalError(Reason.WRONG_METHOD, f"{asked.method} is not for queries", "Use GET or POST")
        if asked.method == "OPTIONS":
            headers = {"Allow": ", ".join(METHODS), **PREFLIGHT}
            await _send(Response(status_code=204, headers=headers), asked, receive, send)
        elif asked.method != "POST" and not asked.query_string:
            await self._introduce(asked, receive, send)
        else:
            await self._query(asked, receive, send)

    async def _query(self, asked: Asked, receive: Receive, send: Send) -> None:
        settings = self._site.settings
        body = await read_body(receive, settings.request_kb) if asked.method == "POST" else b""
        query = read_query(asked, body)
        note_query(query.text)
        answer = await unless_gone(receive, self._site.strangers.answer(query))
        # An ETag is for what an address stands for; the answer to POST stands for nothing.
        known = None if asked.method == "POST" else asked.header(b"if-none-match")
        is_head = asked.method == "HEAD"
        await send_answer(answer, send, head=is_head, known=known, seconds=settings.send_seconds)

    async def _introduce(self, asked: Asked, receive: Receive, send: Send) -> None:
        """Send the page for readers, or the description (SPARQL 1.1 Service Description, section 2)."""
        offers = (*(form.media_type for form in GRAPH_FORMATS[:4]), "text/html")
        best = preferred(asked.header(b"accept"), offers)
        if best == "text/html":
            await self._app({**asked.scope, "path": PAGE, "raw_path": PAGE.encode()}, receive, send)
            return
        form = next((form for form in GRAPH_FORMATS if form.media_type == best), None)
        if form is None:
            raise RefusalError(
                Reason.NOT_ACCEPTABLE, "there is no query", f"Accept one of {', '.join(offers)}"
            )
        description = await describe_service(self._site, asked.address, form)
        response = Response(description, media_type=form.content_type)
        await _send(conditional(HttpRequest(asked.scope), response), asked, receive, send)


async def _send(response: Response, asked: Asked, receive: Receive, send: Send) -> None:
    for name, value in CONSTANT:
        if name.decode() not in response.headers:
            response.headers[name.decode()] = value.decode()
    await response(asked.scope, receive, send)
