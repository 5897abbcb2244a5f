"""One SERVICE of a query: what is asked of its partner, block by block, and the rows that come of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sparql.backends import Backend
from sparql.federation.cache import Cache, Fetched
from sparql.federation.contributions import Contribution
from sparql.federation.partners import Partner, PartnerFailedError, Partners
from sparql.federation.plan import Plan, Visit
from sparql.federation.rows import (
    UNBOUND,
    Row,
    RowsError,
    TooManyRowsError,
    blocks,
    read_rows,
    sendable,
    table,
)
from sparql.protocol import RESULT_FORMATS, Query
from sparql.refusals import Reason, RefusalError


class Asking(Protocol):
    """Whoever can ask a partner; `sparql.federation.client.Client` is one."""

    async def ask(self, partner: Partner, query: str) -> bytes:
        """Return SPARQL Results JSON, or raise `PartnerFailedError` or `RefusalError`."""

    async def close(self) -> None:
        """Close every connection."""


@dataclass(frozen=True)
class Stay:
    """One visit as it is carried out: by which query, under which plan, and after which tables."""

    query: Query
    plan: Plan
    visit: Visit
    partner: Partner
    tables: Sequence[str]


class Visitor:
    """Carries out visits: asks our own graph for bindings, and the partner for what fits them."""

    def __init__(self, local: Backend, client: Asking, partners: Partners, base: str) -> None:
        self._local = local
        self._client = client
        self._bindings_at_most = partners.bindings
        self._genid = f"{base}.well-known/genid/"
        self._cache = Cache(partners.cache_entries, partners.cache_mb)

    async def rows_of(self, stay: Stay) -> tuple[str, Contribution]:
        """Return the VALUES that stand for a SERVICE, and what to say of the partner.

        Raises `RefusalError`; with SERVICE SILENT a failed partner counts as one empty solution (SPARQL 1.1
        Federated Query, section 2.2).
        """
        names, partner = stay.visit.variables, stay.partner
        try:
            answers = await self._answers(stay)
        except PartnerFailedError as failed:
            if not stay.visit.silent:
                raise failed.refusal() from failed
            said = Contribution(partner.key, datetime.now(UTC), 0, failed=True)
            return table(names, [(UNBOUND,) * len(names)]), said
        rows = [row for answer in answers for row in answer.rows]
        moment = min((answer.moment for answer in answers), default=datetime.now(UTC))
        cached = any(answer.cached for answer in answers)
        return table(names, rows), Contribution(partner.key, moment, len(rows), cached)

    async def _answers(self, stay: Stay) -> list[Fetched]:
        requests = await self._requests(stay)
        at_once = stay.partner.connections
        answers: list[Fetched] = []
        for start in range(0, len(requests), at_once):
            answers += await _together(
                [self._fetch(stay, text) for text in requests[start : start + at_once]]
            )
            rows, size = (sum(each) for each in zip(*((len(a.rows), a.size) for a in answers), strict=True))
            if rows > stay.partner.rows or size > stay.partner.mb * 1024 * 1024:
                raise _too_much(stay.partner)
        return answers

    async def _requests(self, stay: Stay) -> list[str]:
        """Return the queries for the partner: none where nothing of ours could join."""
        visit, limit = stay.visit, stay.partner.rows + 1
        names: Sequence[str] = ()
        if visit.keys:
            bindings = await self._bindings(stay)
            if not bindings:
                return []
            names, bindings = sendable(visit.keys, bindings, self._genid)
        if not names:
            return [stay.plan.request(visit, "", limit)]
        parts = blocks(bindings, stay.partner.block, stay.partner.length)
        return [stay.plan.request(visit, table(names, part), limit) for part in parts]

    async def _bindings(self, stay: Stay) -> Sequence[Row]:
        limit = self._bindings_at_most
        # A query of its own: how the client wants the answer (packed, in a file) is not how we read this one.
        own = Query(
            stay.plan.question(stay.visit, stay.tables, limit + 1),
            table=RESULT_FORMATS[0],
            graph=None,
            default_graphs=stay.query.default_graphs,
            named_graphs=stay.query.named_graphs,
            trusted=True,
        )
        body = (await self._local.answer(own)).body
        try:
            return await asyncio.to_thread(read_rows, body, stay.visit.keys, self._genid, limit)
        except TooManyRowsError as fault:
            remedy = "Put more conditions on our own data into the group of SERVICE"
            what = f"the partner {stay.partner.key} would be asked about more than {limit} bindings"
            raise RefusalError(Reason.TOO_MUCH, what, remedy) from fault

    async def _fetch(self, stay: Stay, text: str) -> Fetched:
        partner = stay.partner
        if found := self._cache.get(partner, text):
            return found
        body = await self._client.ask(partner, text)
        genid = f"{self._genid}{hashlib.sha256(f'{partner.key} {text}'.encode()).hexdigest()[:16]}-"
        try:
            rows = await asyncio.to_thread(read_rows, body, stay.visit.variables, genid, partner.rows)
        except TooManyRowsError as fault:
            raise _too_much(partner) from fault
        except RowsError as fault:
            raise PartnerFailedError(partner, f"answered what cannot be read: {fault}") from fault
        fetched = Fetched(rows, datetime.now(UTC), len(body))
        self._cache.put(partner, text, fetched)
        return fetched


async def _together(fetches: Sequence[Coroutine[object, object, Fetched]]) -> list[Fetched]:
    """Return what all give; one that fails takes the others along."""
    tasks = [asyncio.ensure_future(fetch) for fetch in fetches]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def _too_much(partner: Partner) -> RefusalError:
    remedy = "Ask for less: bind more variables of the pattern, or put LIMIT into a sub-query in SERVICE"
    what = f"the partner {partner.key} has more than {partner.rows} rows or {partner.mb} MiB for it"
    return RefusalError(Reason.TOO_MUCH, what, remedy)
