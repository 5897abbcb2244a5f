"""Answers that were given already, kept for as long as the published store is the same."""

from __future__ import annotations

import re
from collections import OrderedDict

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
        self._limit = limit_mb * MEBIBYTE
        self._size = 0
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def published(self) -> str:
        """Return the directory of the published store."""
        return self._pool.published()

    async def answer(self, query: Query) -> Answer:
        """Return the answer of the published store, kept or new; raises `RefusalError` as the pool does."""
        key = (self._pool.published(), query)
        known = self._answers.get(key)
        if known is not None:
            self._answers.move_to_end(key)
            self.hits += 1
            return known
        self.misses += 1
        answer = await self._pool.answer(query)
        self._keep((answer.store, query), answer)
        return answer

    def _keep(self, key: Key, answer: Answer) -> None:
        size = _size(key, answer)
        if answer.file is not None or key in self._answers or size > min(self._limit, 2 * IN_MEMORY):
            return
        if _is_fleeting(key[1].text):
            return
        self._answers[key] = answer
        self._size += size
        while self._size > self._limit:
            self._size -= _size(*self._answers.popitem(last=False))


def _is_fleeting(text: str) -> bool:
    """Whether another answer may come of the same query a moment later."""
    folded = text.casefold()
    return any(trace in folded for trace in TRACES) and FLEETING.search(text) is not None


def _size(key: Key, answer: Answer) -> int:
    return 2 * len(key[1].text) + len(answer.body) + 1024
