"""The engine's term for a value; as text it is escaped, so that nothing in it can end a query early."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from sparql.protocol import LiteralTerm


def term(value: str | LiteralTerm) -> NamedNode | Literal:
    """Return the term: a plain text is an IRI; raises ValueError where it cannot be one."""
    if isinstance(value, str):
        return NamedNode(value)
    return Literal(value.text, datatype=NamedNode(value.datatype))
