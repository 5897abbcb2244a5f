"""What a path asks for: a thing itself, its page, or its data; and the one address each of them has.

Whoever writes a path in another way (percent-encoded, in full width or capitals, with doubled slashes, dots
or a query) is led to that one address, and finds no second page (RFC 3986, section 6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import unquote

from starlette.requests import Request

from api.addresses import LONGEST_PATH, Addresses
from api.representations import ENDINGS

PART = re.compile(r"page=([1-9]\d{0,5})", re.ASCII)
CHOICES = frozenset({"lang=ja", "lang=en"})
"""Queries by which a reader chooses the language of a page; a page keeps them, and no other."""


class View(Enum):
    """The kind of a path; the value is what it starts with, for a thing nothing but its own path."""

    THING = ""
    PAGE = "/doc"
    DATA = "/data"


@dataclass(frozen=True)
class Target:
    """What is asked for: a canonical address, the view; of data the format and part, of a page the choice."""

    address: str
    view: View
    ending: str = ""
    part: int = 1
    choice: str = ""

    def path(self, addresses: Addresses) -> str:
        """Return the one path of this target here, with the query of a later part or of a choice."""
        local = addresses.local(self.address) or "/"
        if self.view is View.THING:
            return local
        stem = f"{self.view.value}/{addresses.document(local)}"
        if self.view is View.PAGE:
            return stem + (f"?{self.choice}" if self.choice else "")
        return f"{stem}.{self.ending}" + (f"?page={self.part}" if self.part > 1 else "")

    def page(self) -> Target:
        """Return the page of the same thing."""
        return Target(self.address, View.PAGE)

    def data(self, ending: str, part: int | None = None) -> Target:
        """Return the data of the same thing in a format; the same part unless another is named."""
        return replace(self, view=View.DATA, ending=ending, part=part or self.part, choice="")


def requested(request: Request) -> str:
    """Return the path and query as they were sent: percent-encoding is a part of an address."""
    raw, query = request.scope.get("raw_path"), request.scope["query_string"]
    path = raw.decode("latin-1") if isinstance(raw, bytes) else request.url.path
    return f"{path}?{query.decode('latin-1')}" if query else path


def read_target(addresses: Addresses, path: str, query: str = "") -> Target | None:
    """Return what a path asks for, spelled as it is; None where it cannot be an address of ours."""
    for view in (View.PAGE, View.DATA):
        if path.startswith(f"{view.value}/"):
            return _below(addresses, view, path.removeprefix(f"{view.value}/"), query)
    address = addresses.thing(addresses.document(path))
    if address is None or not path.startswith(tuple(f"/{first}" for first in addresses.places)):
        return None
    return Target(address, View.THING)


def spellings(path: str) -> Iterator[str]:
    """Yield what a path may mean, each once: the path as it is, in plain characters, and in small letters."""
    if len(path) > LONGEST_PATH:
        return
    try:
        plain = unquote(path, errors="strict")
    except UnicodeDecodeError:
        plain = path
    plain = _without_detours(unicodedata.normalize("NFKC", plain))
    yield from dict.fromkeys((path, plain, plain.lower()))


def _below(addresses: Addresses, view: View, path: str, query: str) -> Target | None:
    stem, _, ending = path.rpartition(".")
    if view is View.DATA and ending not in ENDINGS:
        return None
    address = addresses.thing(stem if view is View.DATA else path)
    if address is None:
        return None
    if view is View.PAGE:
        return Target(address, view, choice=query if query in CHOICES else "")
    part = PART.fullmatch(query)
    return Target(address, view, ending, int(part[1]) if part else 1)


def _without_detours(path: str) -> str:
    """Return a path without empty segments and dot segments (RFC 3986, section 5.2.4)."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."}:
            segments.append(segment)
    return "/" + "/".join(segments)
