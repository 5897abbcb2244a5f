"""One request and its answer, as they are observed while the request is under way."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from sparql.refusals import Reason

REQUEST_ID = re.compile(
    rb"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
"""A UUID (RFC 9562), also without hyphens as some proxies write it. Nothing else is taken from a client."""
NAMES = random.Random()  # noqa: S311  a name is no secret, and asking the kernel for each one takes longer


@dataclass(slots=True)
class Exchange:
    """What is known so far; `status` is 0 until an answer has begun, `size` counts the bytes of its body."""

    request_id: str
    status: int = 0
    size: int = 0
    is_whole: bool = False
    refusal: str | None = None
    query: str | None = None


CURRENT: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


def new_exchange(headers: Iterable[tuple[bytes, bytes]]) -> Exchange:
    """Return an exchange under the identifier that a client or a proxy gave, else under a new one."""
    for name, value in headers:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return Exchange(value.decode("ascii"))
    return Exchange(_new_name())


def _new_name() -> str:
    """Return a random UUID (RFC 9562, version 4)."""
    digits = f"{NAMES.getrandbits(128):032x}"
    variant = "89ab"[NAMES.getrandbits(2)]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def note_refusal(reason: Reason) -> None:
    """Keep why the request under way is refused."""
    if exchange := CURRENT.get():
        exchange.refusal = reason.slug


def note_query(text: str) -> None:
    """Keep what the request under way asks; the log tells no more of it than a setting allows."""
    if exchange := CURRENT.get():
        exchange.query = text


def instance() -> str | None:
    """Return the `instance` of a problem (RFC 9457, section 3.1.5): the request under way, as a URN."""
    exchange = CURRENT.get()
    return UUID(exchange.request_id).urn if exchange else None
