"""Answers of partners, kept in memory and bounded in number and size; the one unused longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
        self._entries = entries
        self._bytes = mebibytes * 1024 * 1024
        self._kept: OrderedDict[tuple[str, str], Fetched] = OrderedDict()
        self._size = 0

    def get(self, partner: Partner, query: str) -> Fetched | None:
        """Return what a partner answered to a query, unless that is too long ago."""
        key = (partner.key, query)
        found = self._kept.get(key)
        if found is None:
            return None
        if datetime.now(UTC) - found.moment > timedelta(seconds=partner.keep):
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return Fetched(found.rows, found.moment, found.size, cached=True)

    def put(self, partner: Partner, query: str, fetched: Fetched) -> None:
        """Keep an answer."""
        key = (partner.key, query)
        if key in self._kept:
            self._drop(key)
        self._kept[key] = fetched
        self._size += fetched.size
        while self._kept and (len(self._kept) > self._entries or self._size > self._bytes):
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[str, str]) -> None:
        self._size -= self._kept.pop(key).size
