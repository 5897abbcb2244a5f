"""A question as one text that anyone can run: its values stand in a VALUES clause.

This text is shown, never executed here: our own engine gets the values as terms, beside the query.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from sparql.protocol import Bindings, LiteralTerm

START = "WHERE {\n"


def spelled_out(query: str, bindings: Bindings) -> str:
    """Return a query of the library with its values at the start of its outermost pattern."""
    if not bindings:
        return query
    head, start, rest = query.partition(START)
    names = " ".join(f"?{name}" for name, _ in bindings)
    values = " ".join(str(_node(value)) for _, value in bindings)
    return f"{head}{start}  VALUES ({names}) {{ ({values}) }}\n{rest}"


def _node(value: str | LiteralTerm) -> NamedNode | Literal:
    if isinstance(value, str):
        return NamedNode(value)
    return Literal(value.text, datatype=NamedNode(value.datatype))
