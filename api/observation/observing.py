"""The middleware that watches every request: it gives it a name, counts it and writes its line in the log."""

from __future__ import annotations

from time import perf_counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observation.exchange import CURRENT, Exchange, new_exchange
from api.observation.metrics import Metrics
from api.observation.observed_routes import template_of
from api.observation.request_log import RequestLog
from api.problems import answer_refusal

GONE = 499
"""The status of a request whose client had left before an answer began; nobody is sent it."""


class Observing:
    """ASGI middleware; it passes every message on as it comes and never holds a body.

    A fault before the answer is answered here, with the name of the request. One in the middle of an answer
    is raised: the server closes the connection, so nobody takes the part for the whole.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, log: RequestLog) -> None:
        self._app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and watch its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = new_exchange(scope["headers"])
        CURRENT.set(exchange)
        send = _observed(send, scope, exchange)
        begin = perf_counter()
        self._metrics.begin()
        try:
            await self._app(scope, receive, send)
        except Exception as fault:
            self._log.explain(exchange, fault)
            if exchange.is_whole:
                return
            if exchange.status:
                raise
            await (await answer_refusal(Request(scope), fault))(scope, receive, send)
        finally:
            self._end(scope, exchange, perf_counter() - begin)

    def _end(self, scope: Scope, exchange: Exchange, seconds: float) -> None:
        exchange.status = exchange.status or GONE
        route = template_of(scope)
        self._metrics.end(route, scope["method"], exchange.status, seconds)
        self._log.write(scope, route, exchange, seconds)


def _observed(send: Send, scope: Scope, exchange: Exchange) -> Send:
    """Return `send` that names the request in the answer, and notes its status and size."""
    has_body = scope["method"] != "HEAD"

    async def send_observed(message: Message) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
            named = (b"x-request-id", exchange.request_id.encode("ascii"))
            message["headers"] = [*message.get("headers", ()), named]
        elif message["type"] == "http.response.body":
            exchange.size += len(message.get("body", b"")) * has_body
            exchange.is_whole = not message.get("more_body", False)
        await send(message)

    return send_observed


async def say_that_nobody_listens(_: Request, __: Exception) -> Response:
    """Return what is counted where the client left in the middle of its request."""
    return Response(status_code=GONE)
