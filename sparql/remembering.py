"""Answers that were given already, kept for as long as the published store is the same."""

from __future__ import annotations

import re

from sparql.bounded import Bounded
from sparql.execution.limits import MEBIBYTE
from sparql.execution.output import IN_MEMORY
from sparql.execution.pool import Pool
from sparql.protocol import Answer, Query

FLEETING = re.compile(r"\\u|\b(?:now|rand|uuid|struuid|service)\b", re.IGNORECASE)
"""What makes two answers to one query differ, or may hide such a word: SPARQL 1.1, sections 17.4 and 19.2."""
TRACES = ("\\u", "now", "rand", "uuid", "serv")
"""Without one of these in a case-folded text there is nothing that `FLEETING` finds; to look is cheap."""

Key = tuple[str, Query]


class Remembering:
    """A pool whose small answers are kept, the ones used last; a new store makes the kept ones worthless."""

    def __init__(self, pool: Pool, limit_mb: int) -> None:
        self._pool = pool
        self.answers = Bounded[Key, Answer](limit_mb * MEBIBYTE, _size)

    def published(self) -> str:
        """Return the directory of the published store."""
        return self._pool.published()

    async def answer(self, query: Query) -> Answer:
        """Return the answer of the published store, kept or new; raises `RefusalError` as the pool does."""
        key = (self._pool.published(), query)
        known = self.answers.get(key)
        if known is not None:
            return known
        answer = await self._pool.answer(query)
        if answer.file is None and len(answer.body) <= 2 * IN_MEMORY and not _is_fleeting(query.text):
            self.answers.keep((answer.store, query), answer)
        return answer


def _is_fleeting(text: str) -> bool:
    """Whether another answer may come of the same query a moment later."""
    folded = text.casefold()
    return any(trace in folded for trace in TRACES) and FLEETING.search(text) is not None


def _size(key: Key, answer: Answer) -> int:
    return 2 * len(key[1].text) + len(answer.body) + 1024
