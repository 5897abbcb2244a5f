"""Pages that were made already, kept for as long as the published store is the same.

A page depends on the store, on its address and on the language alone; making a long one takes a tenth of a
second, most of it for its template.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from api.language import language_of
from sparql.bounded import Bounded
from sparql.execution.limits import MEBIBYTE

Key = tuple[str, str, str]
Kept = tuple[bytes, list[tuple[bytes, bytes]]]


class RememberedPages:
    """Bodies and headers of pages, the ones used last; together no more than `limit_mb` MiB."""

    def __init__(self, limit_mb: int) -> None:
        self.pages = Bounded[Key, Kept](limit_mb * MEBIBYTE, lambda _, page: len(page[0]))

    async def page(self, request: Request, store: str, make: Callable[[], Awaitable[Response]]) -> Response:
        """Return a page, kept or made: each time a response of its own, to which headers may be added.

        What a query string asks for is made anew: it may set a cookie, and there is no end of them.
        """
        if request.url.query:
            return await make()
        key = (store, request.url.path, language_of(request))
        if known := self.pages.get(key):
            return _response(*known)
        made = await make()
        if made.status_code == 200:
            self.pages.keep(key, (bytes(made.body), list(made.raw_headers)))
        return made


def _response(body: bytes, headers: list[tuple[bytes, bytes]]) -> Response:
    response = Response(body)
    response.raw_headers = list(headers)
    return response
