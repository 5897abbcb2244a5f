"""Answers of partners, kept in memory and bounded in number and size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sparql.bounded import Bounded
from sparql.execution.limits import MEBIBYTE
from sparql.federation.partners import Partner
from sparql.federation.rows import Row


@dataclass(frozen=True)
class Fetched:
    """The rows of one answer, when it was fetched, and its size in bytes; whether it was kept from before."""

    rows: tuple[Row, ...]
    moment: datetime
    size: int
    cached: bool = False


class Cache:
    """Answers by partner and exact query."""

    def __init__(self, entries: int, mebibytes: int) -> None:
        self._kept = Bounded[tuple[str, str], Fetched](
            mebibytes * MEBIBYTE, lambda _, fetched: fetched.size, entries=entries
        )

    def get(self, partner: Partner, query: str) -> Fetched | None:
        """Return what a partner answered to a query, unless that is too long ago."""
        key = (partner.key, query)
        found = self._kept.get(key)
        if found is None:
            return None
        if datetime.now(UTC) - found.moment > timedelta(seconds=partner.keep):
            self._kept.drop(key)
            return None
        return Fetched(found.rows, found.moment, found.size, cached=True)

    def put(self, partner: Partner, query: str, fetched: Fetched) -> None:
        """Keep an answer."""
        self._kept.keep((partner.key, query), fetched)
