"""What answers a query: one small protocol, so that the embedded store can be exchanged."""

from __future__ import annotations

from typing import Protocol

from sparql.protocol import Answer, Query


class Backend(Protocol):
    """Anything that answers queries within bounds."""

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer, or raise `RefusalError`."""


class Source(Backend, Protocol):
    """A backend that a service starts and stops: a `Pool` on a store, or a `RemoteEndpoint`."""

    def start(self) -> None:
        """Start what it needs."""

    async def stop(self) -> None:
        """End it."""

    def published(self) -> str:
        """Return the name of what is asked, or raise `RefusalError` where there is nothing."""
