"""Which representation to send: proactive negotiation by the header Accept (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

RANGE = re.compile(r"^\s*([\w!#$&^.+-]+|\*)/([\w!#$&^.+-]+|\*)\s*(?:;(.*))?$")
QUALITY = re.compile(r"^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$", re.IGNORECASE)
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
    matches = [RANGE.match(entry) for entry in accept.split(",")[:RANGES_AT_MOST]]
    return [
        MediaRange(match[1].lower(), match[2].lower(), _quality(match[3] or ""))
        for match in matches
        if match and not (match[1] == "*" and match[2] != "*")
    ]


def quality(ranges: Sequence[MediaRange], media_type: str) -> float:
    """Return the quality that the most precise range gives a media type; 0 where no range covers it."""
    covering = [
        (entry.precision(media_type), entry.quality) for entry in ranges if entry.precision(media_type)
    ]
    return max(covering, default=(0, 0.0))[1]


def _quality(parameters: str) -> float:
    matches = [QUALITY.match(parameter) for parameter in parameters.split(";")]
    return next((min(float(match[1]), 1.0) for match in matches if match), 1.0)
