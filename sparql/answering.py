"""A question and the values that someone gave → the bytes of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sparql.backends import Backend
from sparql.library import Question
from sparql.protocol import RESULT_FORMATS, Bindings, Query, Syntax
from sparql.resolution import bind


@dataclass(frozen=True)
class Asked:
    """A question with the values of its parameters as written; a query of someone's own is not trusted."""

    question: Question
    values: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = True


async def answer(backend: Backend, asked: Asked, syntax: Syntax) -> bytes:
    """Return the answer as a table in a syntax; raises `CallError` for a value that cannot be used."""
    return await answer_bound(backend, asked, await bind(backend, asked.question, asked.values), syntax)


async def answer_bound(backend: Backend, asked: Asked, bindings: Bindings, syntax: Syntax) -> bytes:
    """Return the answer for terms that are already known."""
    table = next(form for form in RESULT_FORMATS if form.syntax == syntax)
    query = Query(asked.question.query, table=table, graph=None, bindings=bindings, trusted=asked.trusted)
    return (await backend.answer(query)).body
