"""Pages are kept for as long as the published store is the same, each answer a response of its own."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from api.pages.remembering import RememberedPages


def asking(path: str, language: str = "ja", query: str = "") -> Request:
    headers = [(b"accept-language", language.encode())]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
    }
    return Request({**scope, "scheme": "http", "server": ("127.0.0.1", 80)})


class Maker:
    """Makes a page and counts how often."""

    def __init__(self, status: int = 200, body: bytes = b"page") -> None:
        self.made = 0
        self._status, self._body = status, body

    async def __call__(self) -> Response:
        self.made += 1
        return Response(self._body, self._status, {"Link": "<x>"})


def ask(pages: RememberedPages, maker: Maker, *asked: tuple[str, Request]) -> list[Response]:
    async def test() -> list[Response]:
        return [await pages.page(request, store, maker) for store, request in asked]

    return asyncio.run(test())


def test_a_page_is_made_once_for_a_store_an_address_and_a_language() -> None:
    pages, maker = RememberedPages(1), Maker()
    first, second, *_ = ask(pages, maker, *[("a", asking("/x"))] * 3)
    assert (maker.made, second.body, second.headers["link"]) == (1, b"page", "<x>")
    ask(pages, maker, ("b", asking("/x")), ("a", asking("/y")), ("a", asking("/x", "en")))
    assert maker.made == 4
    assert first is not second


def test_what_is_added_to_one_answer_is_not_in_the_next() -> None:
    pages, maker = RememberedPages(1), Maker()
    _, second = ask(pages, maker, *[("a", asking("/x"))] * 2)
    second.headers["ETag"] = '"1"'
    (third,) = ask(pages, maker, ("a", asking("/x")))
    assert "etag" not in third.headers


def test_a_choice_and_a_failure_are_not_kept() -> None:
    pages, maker, failing = RememberedPages(1), Maker(), Maker(404)
    ask(pages, maker, *[("a", asking("/x", query="lang=en"))] * 2)
    ask(pages, failing, *[("a", asking("/z"))] * 2)
    assert (maker.made, failing.made) == (2, 2)


def test_the_pages_used_last_are_kept_within_the_limit() -> None:
    pages, maker = RememberedPages(1), Maker(body=b"x" * 400_000)
    ask(pages, maker, *[("a", asking(f"/{name}")) for name in "123"])
    assert maker.made == 3
    ask(pages, maker, ("a", asking("/3")), ("a", asking("/2")))
    assert maker.made == 3
    ask(pages, maker, ("a", asking("/1")))
    assert maker.made == 4
