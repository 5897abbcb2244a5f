"""A backend that answers SERVICE: what partners must be asked is asked here, everything else below.

The front waits for partners; no worker does. The rows of a partner stand in the query as VALUES when a worker
runs it, so that engines, limits and formats are those of every other query.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sparql.backends import Backend
from sparql.federation.partners import Partner, Partners
from sparql.federation.plan import Plan
from sparql.federation.visiting import Asking, Stay, Visitor
from sparql.protocol import Answer, Query
from sparql.refusals import PartnersNeededError, Reason, RefusalError

ATTEMPTS = 3
"""How often a query is begun again because a build was published in the middle of it."""


class Local(Backend, Protocol):
    """What answers queries without SERVICE, and tells which store it answers from."""

    def published(self) -> str:
        """Return the store that is published now."""


class Federated:
    """Answers queries, those with SERVICE too: all within `seconds` from their arrival."""

    def __init__(
        self, local: Local, client: Asking, partners: Partners, *, base: str, seconds: float
    ) -> None:
        self._local = local
        self._client = client
        self._partners = partners
        self._seconds = seconds
        self._visitor = Visitor(local, client, partners, base)
        self._under_way = 0

    async def close(self) -> None:
        """Close the connections to partners."""
        await self._client.close()

    async def answer(self, query: Query) -> Answer:
        """Return the whole answer; raises `RefusalError` in every other case, within the time limit."""
        deadline = asyncio.get_running_loop().time() + self._seconds
        try:
            return await self._local.answer(query)
        except PartnersNeededError as needed:
            plan = Plan.from_record(needed.plan)
        partners = self._allowed(query, plan)
        with self._place():
            try:
                async with asyncio.timeout_at(deadline):
                    return await self._carry_out(query, plan, partners)
            except TimeoutError as fault:
                what = f"the query and its partners did not end within {self._seconds:g} seconds"
                raise RefusalError(Reason.OUT_OF_TIME, what, "Ask the partners for less") from fault

    def _allowed(self, query: Query, plan: Plan) -> list[Partner]:
        """Return the partner of each visit; nobody is asked before all are known to be allowed."""
        if len(plan.visits) > self._partners.services:
            what = f"the query has {len(plan.visits)} SERVICEs, and {self._partners.services} are allowed"
            raise RefusalError(Reason.FORBIDDEN, what, "Ask in several queries")
        if query.bindings:
            remedy = "Write the values into the query"
            raise RefusalError(Reason.FORBIDDEN, "a query with SERVICE takes no parameters", remedy)
        return [self._partners.of(visit.address) for visit in plan.visits]

    @contextmanager
    def _place(self) -> Iterator[None]:
        if self._under_way >= self._partners.queries:
            what = f"{self._under_way} queries with SERVICE are under way already"
            raise RefusalError(Reason.BUSY, what, "Try again in a moment")
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def _carry_out(self, query: Query, plan: Plan, partners: list[Partner]) -> Answer:
        for _ in range(ATTEMPTS):
            store = self._local.published()
            answer = await self._attempt(query, plan, partners)
            if self._local.published() == store:
                return answer
            if answer.file is not None:
                answer.file.close()
        raise RefusalError(Reason.BUSY, "builds are published too fast to answer", "Try again in a moment")

    async def _attempt(self, query: Query, plan: Plan, partners: list[Partner]) -> Answer:
        tables: list[str] = []
        contributions = []
        for visit, partner in zip(plan.visits, partners, strict=True):
            rows, contribution = await self._visitor.rows_of(Stay(query, plan, visit, partner, tables))
            tables.append(rows)
            contributions.append(contribution)
        # The policy has seen the query; what was put in since are terms that our engine has written.
        answer = await self._local.answer(query._replace(text=plan.filled(tables), trusted=True))
        return answer._replace(contributions=tuple(contributions))
