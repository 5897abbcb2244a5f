"""A page as an answer: rendered in the reader's language, with the headers that say so."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.caching import conditional
from api.language import COOKIE, LANGUAGES, Language, language_of
from api.pages.frame import frame_of
from api.pages.rendering import render

NEGOTIATED = ("Accept", "Accept-Language", "Cookie")
"""What a page depends on; who prefers data, or a problem as JSON, gets that."""
A_YEAR = 365 * 24 * 3600
LONGEST = 2000
"""Characters of a query that a page repeats for search engines; none keeps a longer address."""
WORD = re.compile(r"/[a-z]+", re.ASCII)


def show(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Return a page in the language of the reader; only a page that is there has an ETag."""
    response = shown(request, template, status, **values)
    return conditional(request, response) if status == 200 else response


def shown(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """Return a page in the language of the reader, to which more headers may be added."""
    language = language_of(request)
    other = next(each for each in LANGUAGES if each != language)
    alternates: dict[Language, str] = {each: _same_page(request, each) for each in LANGUAGES}
    body = render(
        template,
        language=language,
        in_other_language=alternates[other],
        alternates=alternates if len(request.url.query) <= LONGEST else {},
        frame=frame_of(request, language),
        **values,
    )
    headers = {"Content-Language": language, "Vary": ", ".join(NEGOTIATED)}
    response = Response(body, status, headers, media_type="text/html")
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=A_YEAR, samesite="lax")
    return response


def _same_page(request: Request, language: Language) -> str:
    """Return the page in another language as a relative reference: no path can turn it into a stranger's.

    A path of one word is safe, and needed: the page of queries is that of the endpoint too.
    """
    place = request.url.path if WORD.fullmatch(request.url.path) else ""
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{place}?" + urlencode([*others, ("lang", language)])
