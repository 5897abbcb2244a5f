"""Conditional requests: a strong ETag for each representation (RFC 9110, sections 8.8.3 and 13.1.2).

A representation in gzip is another one than the same text without a coding, so it has another tag. Nothing
here has a date of modification: If-Modified-Since is ignored, as section 13.1.3 says for that case.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from api.codings import GZIP, IDENTITY, MAKER, GzippedResponse, is_text, preferred_coding
from api.negotiation import combined
from sparql.refusals import Reason, RefusalError

ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
KEPT = ("ETag", "Cache-Control", "Content-Location", "Content-Security-Policy", "Vary")
"""Headers of a 304 (section 15.4.5), and the policy: what it says replaces what the client kept."""
REVALIDATED = "no-cache"
"""Caches may keep an answer and ask each time whether it still holds: what is published shows at once."""


def conditional(request: Request, response: Response, *, negotiated: bool = True) -> Response:
    """Return `response` with its ETag, in the coding the client likes; 304 where the client has just this.

    `negotiated` says whether the header Accept had a part in it; then caches are told so. Raises
    `RefusalError` where the client takes no coding that there is.
    """
    content_type = response.headers.get("content-type", "")
    coding = _coding(request, response) if is_text(content_type) else IDENTITY
    response.headers["ETag"] = tag = _tag(content_type, coding, bytes(response.body))
    response.headers.setdefault("Cache-Control", REVALIDATED)
    for name in ("Accept",) * negotiated + ("Accept-Encoding",) * is_text(content_type):
        if name.lower() not in response.headers.get("vary", "").lower().replace(" ", "").split(","):
            response.headers.add_vary_header(name)
    if request.method in {"GET", "HEAD"} and is_known(tag, request.headers.getlist("if-none-match")):
        kept = {name: response.headers[name] for name in KEPT if name in response.headers}
        return Response(status_code=304, headers=kept)
    return GzippedResponse(response) if coding == GZIP else response


def is_known(tag: str, lines: Sequence[str]) -> bool:
    """Whether the lines of If-None-Match name a tag, compared weakly, or are `*`."""
    known = ", ".join(lines)
    return known.strip() == "*" or tag in ENTITY_TAG.findall(known)


def _coding(request: Request, response: Response) -> str:
    coding = preferred_coding(combined(request.headers, "accept-encoding"), len(response.body))
    if coding is None:
        what = "the client accepts neither gzip nor the plain text"
        raise RefusalError(Reason.NOT_ACCEPTABLE, what, "Accept the coding gzip or identity")
    return coding


def _tag(content_type: str, coding: str, body: bytes) -> str:
    maker = MAKER if coding == GZIP else coding
    digest = hashlib.sha256(f"{content_type}\n{maker}\n".encode() + body).hexdigest()
    return f'"{digest[:32]}"'
