"""Accept headers and the representation that each gets."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from api.negotiation import preferred
from api.representations import liked
from sparql.refusals import Reason, RefusalError

OFFERS = ("text/html", "text/turtle", "application/ld+json")
CASES = [
    (None, "text/html"),
    ("", "text/html"),
    ("*/*", "text/html"),
    ("text/turtle", "text/turtle"),
    ("TEXT/Turtle", "text/turtle"),
    ("text/*", "text/html"),
    ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
    ("text/html;q=0.5, text/*;q=0.9", "text/turtle"),
    ("*/*;q=0.1, text/turtle;q=0", "text/html"),
    ("text/html;q=0, */*", "text/turtle"),
    ("application/ld+json;profile=x;q=0.9, text/html;q=0.8", "application/ld+json"),
    ("image/png", None),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
    ("*/html", None),
    ("nonsense", None),
    ("nonsense, text/turtle", "text/turtle"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ("," * 10_000, None),
]


@pytest.mark.parametrize(("accept", "expected"), CASES)
def test_the_client_gets_what_it_likes_best(accept: str | None, expected: str | None) -> None:
    assert preferred(accept, OFFERS) == expected


def test_nineteen_headers_are_tried() -> None:
    assert len(CASES) == 19


def request(*accept: bytes) -> Request:
    return Request({"type": "http", "headers": [(b"accept", line) for line in accept]})


def test_a_header_in_several_lines_is_one_header() -> None:
    assert liked(request(b"image/png", b"text/turtle"), OFFERS) == "text/turtle"
    assert liked(request(), OFFERS) == "text/html"


def test_who_takes_nothing_of_it_is_told_what_there_is() -> None:
    with pytest.raises(RefusalError) as refused:
        liked(request(b"image/png"), OFFERS)
    assert refused.value.reason is Reason.NOT_ACCEPTABLE
    assert refused.value.problems[0].remedy == "Accept one of text/html, text/turtle, application/ld+json"
