"""The line of the log for each request: what happened, and nothing that tells who asked what."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from starlette.types import Scope

from api.observation.exchange import Exchange
from api.settings import Settings

LOGGER = logging.getLogger("keifu.request")
QUERY_AT_MOST = 4000
"""Characters of a query that a line holds, where queries are written in clear."""


@dataclass(slots=True)
class RequestLine:
    """One request that has ended; its fields are made when the line is written, not while others wait."""

    scope: Scope
    route: str
    exchange: Exchange
    seconds: float
    with_queries: bool
    with_clients: bool

    def fields(self) -> dict[str, object]:
        """Return what the line tells, by name."""
        exchange = self.exchange
        fields: dict[str, object] = {
            "request_id": exchange.request_id,
            "method": self.scope["method"],
            "route": self.route,
            "status": exchange.status,
            "seconds": round(self.seconds, 6),
            "bytes": exchange.size,
        }
        if exchange.refusal:
            fields["refusal"] = exchange.refusal
        if self.with_clients and self.scope.get("client"):
            fields["client"] = self.scope["client"][0]
        return fields | self._asked()

    def _asked(self) -> dict[str, object]:
        """Return the first 16 digits of the SHA-256 of the query, so that one that comes back can be seen."""
        asked = self.exchange.query or self.scope["query_string"].decode("latin-1")
        fields: dict[str, object] = {}
        if asked:
            fields["query_sha256"] = hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:16]
        if self.with_queries:
            fields["path"] = self.scope["path"][:QUERY_AT_MOST]
            fields["query"] = asked[:QUERY_AT_MOST]
        return fields


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault of the service itself, under the name of the request that met it."""

    request_id: str

    def fields(self) -> dict[str, object]:
        """Return what the line tells beside the traceback."""
        return {"request_id": self.request_id}


class RequestLog:
    """Writes the lines; what tells of a person is left out unless a setting asks for it."""

    def __init__(self, settings: Settings) -> None:
        self._queries = settings.log_queries
        self._clients = settings.log_clients

    def write(self, scope: Scope, route: str, exchange: Exchange, seconds: float) -> None:
        """Write the line of one request that has ended."""
        level = logging.WARNING if exchange.status >= 500 else logging.INFO
        if LOGGER.isEnabledFor(level):
            line = RequestLine(scope, route, exchange, seconds, self._queries, self._clients)
            _hand_over(level, "request", line)

    def explain(self, exchange: Exchange, fault: Exception) -> None:
        """Write down a fault of the service itself, with where it happened."""
        _hand_over(logging.ERROR, "the service failed", FaultLine(exchange.request_id), fault)


def _hand_over(
    level: int, message: str, line: RequestLine | FaultLine, fault: Exception | None = None
) -> None:
    """Hand a record over without a search for the line of code that asked for it: that would cost most."""
    reason = None if fault is None else (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord(LOGGER.name, level, "", 0, message, None, reason)
    record.line = line
    LOGGER.handle(record)
