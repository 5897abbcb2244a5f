"""Headers on every answer: those that keep a page from doing harm, and those that let any site read it."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sparql.federation import contributions

SELF = ("style-src 'self'", "script-src 'self'", "connect-src 'self'", "img-src 'self'", "form-action 'self'")
NONE = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
POLICY = "; ".join((*NONE, *SELF))
EXPOSED = [contributions.HEADER, "Content-Location", "ETag", "Link", "Retry-After", "X-Request-ID"]
"""What a script of another site may read of an answer."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class SafeHeaders:
    """ASGI middleware that adds what an answer does not set itself; it never looks at a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OpenToAll(CORSMiddleware):
    """CORS for data that anyone may read: the same headers whoever asks, so no answer varies by Origin."""

    async def send(self, message: Message, send: Send, request_headers: Headers) -> None:  # noqa: ARG002  as in Starlette
        """Add the headers to the start of an answer."""
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(self.simple_headers)
        await send(message)
