"""An HTTP request to the endpoint → a query with the formats that the client can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Receive, Scope

from api.codings import GZIP, WORTHWHILE, preferred_coding
from api.negotiation import preferred
from sparql.protocol import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    SHORT_NAMES,
    Format,
    Query,
    Request,
    Syntax,
    read_request,
)
from sparql.refusals import Limit, Reason, RefusalError

ACCEPT_AT_MOST = 2000
SHORT = 4096
HOST = re.compile(r"(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?")


@dataclass(slots=True)
class Asked:
    """A request as the endpoint sees it: method, query string and header fields."""

    scope: Scope

    @property
    def method(self) -> str:
        """The HTTP method."""
        return str(self.scope["method"])

    @property
    def query_string(self) -> bytes:
        """What follows the question mark."""
        return bytes(self.scope["query_string"])

    @property
    def address(self) -> str:
        """The address that was asked, without the query; a Host that cannot be one is not repeated."""
        host = self.header(b"host") or ""
        if not HOST.fullmatch(host):
            name, port = self.scope["server"] or ("localhost", 80)
            host = f"{name}:{port}"
        return f"{self.scope['scheme']}://{host}{self.scope['path']}"

    def header(self, name: bytes) -> str | None:
        """Return a header field; None where it is absent, one list where it is repeated (RFC 9110, 5.3)."""
        values = [value for field, value in self.scope["headers"] if field == name]
        return b", ".join(values).decode("latin-1") if values else None


def read_query(asked: Asked, body: bytes) -> Query:
    """Return the query of a request; raises `RefusalError` where there is none, or in no known format."""
    accept, coding = asked.header(b"accept"), asked.header(b"accept-encoding")
    if asked.method != "POST" and len(asked.query_string) < SHORT:
        return _read_short(asked.query_string, accept, coding)
    content_type = asked.header(b"content-type") or ""
    request = read_request(asked.method, asked.query_string, content_type, body)
    return _query(request, accept, coding)


async def read_body(receive: Receive, limit_kb: int) -> bytes:
    """Return the body; refuses one that is too long as soon as it is."""
    parts: list[bytes] = []
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError("the client went away within its request")
        part = message.get("body", b"")
        length, more = length + len(part), message.get("more_body", False)
        if length > limit_kb * 1024:
            limit = Limit("KEIFU_REQUEST_KB", limit_kb, "KiB")
            what = f"the request is longer than {limit}"
            raise RefusalError(Reason.TOO_LONG, what, "Ask a shorter query", limit=limit)
        parts.append(part)
    return b"".join(parts)


@lru_cache(maxsize=2048)
def _read_short(query_string: bytes, accept: str | None, coding: str | None) -> Query:
    """Read what is asked again and again once."""
    return _query(read_request("GET", query_string, "", b""), accept, coding)


def _query(request: Request, accept: str | None, coding: str | None) -> Query:
    table, graph = _formats(request, accept)
    return Query(
        text=request.text,
        table=table,
        graph=graph,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        may_spool=True,
        gzip=_takes_gzip(coding),
    )


def _formats(request: Request, accept: str | None) -> tuple[Format | None, Format | None]:
    """Return the best format for a table and for a graph: the engine knows which of them it needs."""
    if request.format is not None and request.format not in SHORT_NAMES:
        remedy = f"Use one of {', '.join(SHORT_NAMES)}, or the header Accept"
        raise RefusalError(Reason.MALFORMED, f"there is no format {request.format}", remedy)
    if accept is not None and len(accept) > ACCEPT_AT_MOST:
        what = f"the header Accept is longer than {ACCEPT_AT_MOST} characters"
        raise RefusalError(Reason.MALFORMED, what, "Name the formats that you can read, and no more")
    return _negotiated(request.format, accept)


@lru_cache(maxsize=256)
def _negotiated(short_name: str | None, accept: str | None) -> tuple[Format | None, Format | None]:
    table, graph = SHORT_NAMES.get(short_name or "", (None, None))
    return _format(RESULT_FORMATS, table, accept), _format(GRAPH_FORMATS, graph, accept)


def _format(formats: Sequence[Format], syntax: Syntax | None, accept: str | None) -> Format | None:
    if syntax is not None:
        return next(form for form in formats if form.syntax == syntax)
    best = preferred(accept, [form.media_type for form in formats])
    return next((form for form in formats if form.media_type == best), None)


@lru_cache(maxsize=256)
def _takes_gzip(accept_encoding: str | None) -> bool:
    coding = preferred_coding(accept_encoding, WORTHWHILE)
    if coding is None:
        what = "the client accepts neither gzip nor the plain text"
        raise RefusalError(Reason.NOT_ACCEPTABLE, what, "Accept the coding gzip or identity")
    return coding == GZIP
