"""Whether the service is ready: its pages' workers answer on a published store."""

from __future__ import annotations

import asyncio

from sparql.asking import ask
from sparql.backends import Backend
from sparql.refusals import Reason, RefusalError

PATIENCE = 2.0
"""Seconds that a check waits for a worker: whoever checks has a time limit of its own."""


class Health:
    """Asks one tiny question at a time, whoever waits for the answer.

    A question that takes too long is left to the limits of the pool: to give it up would end its worker,
    and checks that come every second would end one worker after the other while it is still starting.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._question: asyncio.Task[bool] | None = None

    async def check(self) -> None:
        """Raise `RefusalError` where the published store does not answer, or not in time."""
        if self._question is None or self._question.done():
            self._question = asyncio.create_task(ask(self._backend, "ASK { ?subject ?property ?value }"))
            self._question.add_done_callback(_read)
        done, _ = await asyncio.wait({self._question}, timeout=PATIENCE)
        if not done:
            what = f"no worker answered within {PATIENCE:g} seconds"
            raise RefusalError(Reason.NOT_READY, what, "Try again in a moment")
        if not self._question.result():
            raise RefusalError(Reason.NO_STORE, "the published store is empty", "Run keifu build")


def _read(question: asyncio.Task[bool]) -> None:
    """Take note of the outcome also where nobody waits for it any more."""
    if not question.cancelled():
        question.exception()
