"""A question as one text that anyone can run: its values stand in a VALUES clause.

This text is shown, never executed here: our own engine gets the values as terms, beside the query.
"""

from __future__ import annotations

import re

from sparql.protocol import Bindings
from sparql.terms import term

START = re.compile(r"\bWHERE\s*\{\n?")


def spelled_out(query: str, bindings: Bindings) -> str:
    """Return a query of ours with its values at the start of its outermost pattern."""
    if not bindings:
        return query
    names = " ".join(f"?{name}" for name, _ in bindings)
    values = " ".join(str(term(value)) for _, value in bindings)
    clause = f"WHERE {{\n  VALUES ({names}) {{ ({values}) }}\n"
    return START.sub(lambda _: clause, query, count=1)
