"""Conditional requests: a strong ETag for each representation (RFC 9110, sections 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def conditional(request: Request, response: Response) -> Response:
    """Return `response` with its ETag, or 304 where the client has just this representation."""
    content_type = response.headers.get("content-type", "")
    digest = hashlib.sha256(content_type.encode() + b"\n" + bytes(response.body)).hexdigest()
    tag = f'"{digest[:32]}"'
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers.setdefault("Vary", "Accept")
    known = [
        entry.strip().removeprefix("W/") for entry in request.headers.get("if-none-match", "").split(",")
    ]
    if tag in known or "*" in known:
        kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
        return Response(status_code=304, headers=kept)
    return response
