"""Which representation to send: proactive negotiation by the header Accept (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers

RANGE = re.compile(r"^\s*([\w!#$&^.+-]+|\*)/([\w!#$&^.+-]+|\*)\s*(?:;(.*))?$")
QUALITY = re.compile(r"^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$", re.IGNORECASE)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"?')
"""A quoted string, which may hold commas and semicolons; one that is not closed runs to the end."""
RANGES_AT_MOST = 100


@dataclass(frozen=True)
class MediaRange:
    """One entry of the header: `text/*;q=0.5`; parameters other than q are not compared."""

    main: str
    sub: str
    quality: float

    def precision(self, media_type: str) -> int:
        """How narrowly the range covers a media type: 0 (not), 1 (anything), 2 (main type) or 3 (exactly)."""
        main, _, sub = media_type.partition("/")
        if self.main == "*":
            return 1
        if self.main != main:
            return 0
        return 2 if self.sub == "*" else 3 * (self.sub == sub)


def combined(headers: Headers, name: str) -> str | None:
    """Return a list header as one value, however many lines it was sent in (section 5.3); None without it."""
    lines = headers.getlist(name)
    return ", ".join(lines) if lines else None


def preferred(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offered media type that the client likes best, the first among equals; None if none will do.

    No header, or an empty one, accepts everything. An entry that is malformed is passed over.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = read_accept(accept)
    best = max(offers, key=lambda offer: quality(ranges, offer))
    return best if quality(ranges, best) > 0 else None


def read_accept(accept: str) -> list[MediaRange]:
    """Return the well-formed entries of a header."""
    matches = [RANGE.match(entry) for entry in entries(accept)]
    return [
        MediaRange(match[1].lower(), match[2].lower(), weight(match[3] or ""))
        for match in matches
        if match and not (match[1] == "*" and match[2] != "*")
    ]


def entries(header: str) -> list[str]:
    """Return the entries of a list header, without what stands in quotes."""
    return QUOTED.sub('""', header).split(",")[:RANGES_AT_MOST]


def quality(ranges: Sequence[MediaRange], media_type: str) -> float:
    """Return the quality that the most precise range gives a media type; 0 where no range covers it."""
    covering = [
        (entry.precision(media_type), entry.quality) for entry in ranges if entry.precision(media_type)
    ]
    return max(covering, default=(0, 0.0))[1]


def weight(parameters: str) -> float:
    """Return the value of the parameter q, 1 where there is none (section 12.4.2)."""
    matches = [QUALITY.match(parameter) for parameter in parameters.split(";")]
    return next((min(float(match[1]), 1.0) for match in matches if match), 1.0)
