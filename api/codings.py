"""In which content coding to send: gzip or none, by the header Accept-Encoding (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from functools import partial

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.negotiation import entries, weight

GZIP, IDENTITY = "gzip", "identity"
LEVEL = 6
WORTHWHILE = 1024
"""Bytes from which on gzip saves a packet; shorter bodies fit into one as they are."""
LONG = 65536
"""Bytes from which on compression runs in a thread: it takes milliseconds, in which others wait."""
TEXTS = ("text/", "application/json", "application/xml", "application/n-triples", "application/n-quads")
MAKER = f"{GZIP} {zlib.ZLIB_RUNTIME_VERSION} {LEVEL}"
"""What the bytes of a gzip representation depend on beside its text."""


def is_text(content_type: str) -> bool:
    """Whether a media type is worth compressing."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.startswith(TEXTS) or media_type.endswith(("+json", "+xml"))


def preferred_coding(accept_encoding: str | None, length: int) -> str | None:
    """Return `gzip` or `identity` for a text of `length` bytes; None where the client takes neither.

    Without the header, any coding may be sent: then none is. Identity is acceptable unless its quality is 0,
    by its own name or by `*`; where nothing is said of it, gzip goes before it.
    """
    if accept_encoding is None:
        return IDENTITY
    qualities = _qualities(accept_encoding)
    rest = qualities.get("*")
    plain = qualities.get(IDENTITY, rest)
    packed = qualities.get(GZIP, qualities.get("x-gzip", 0.0 if rest is None else rest))
    is_welcome = packed > 0 and packed >= (plain or 0.0) and length >= WORTHWHILE
    if is_welcome or (packed > 0 and plain == 0):
        return GZIP
    return None if plain == 0 else IDENTITY


class GzippedResponse(Response):
    """A response in gzip, compressed when it is sent: the same text gives the same bytes, without a time."""

    def __init__(self, plain: Response) -> None:
        super().__init__(status_code=plain.status_code, background=plain.background)
        self._text = bytes(plain.body)
        self.raw_headers = [entry for entry in plain.raw_headers if entry[0] != b"content-length"]
        self.headers["Content-Encoding"] = GZIP

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress and send."""
        compress = partial(gzip.compress, self._text, LEVEL, mtime=0)
        self.body = await asyncio.to_thread(compress) if len(self._text) >= LONG else compress()
        self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def _qualities(accept_encoding: str) -> dict[str, float]:
    parts = [entry.partition(";") for entry in entries(accept_encoding)]
    return {name.strip().lower(): weight(parameters) for name, _, parameters in parts if name.strip()}
