"""What may be done with a resource that is only read: GET and HEAD; OPTIONS says so (RFC 9110, section 9)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import answer_refusal
from sparql.refusals import Reason, RefusalError

READING = frozenset({"GET", "HEAD"})
ALLOWED = "GET, HEAD, OPTIONS"


class ReadOnly:
    """ASGI application that passes on what reads, and answers every other method itself, with Allow."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] in READING:
            await self._app(scope, receive, send)
            return
        response = await _say_what_is_allowed(Request(scope, receive))
        response.headers["Allow"] = ALLOWED
        await response(scope, receive, send)


async def _say_what_is_allowed(request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204)
    what = f"{request.method} is not allowed here"
    refusal = RefusalError(Reason.WRONG_METHOD, what, f"Use one of {ALLOWED}")
    return await answer_refusal(request, refusal)
