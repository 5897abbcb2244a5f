"""Values for the variables of a query of ours, written into its text: an endpoint takes nothing else.

Our own engine gets values beside the query, and they reach every part of it. A VALUES clause at the start
does not: what is inside a sub-SELECT, an OPTIONAL or a UNION is evaluated without it. So the term itself
stands wherever the grammar allows a term. Where it wants a variable (projection, GROUP BY, ORDER BY), the
variable stays, and BIND at the end of the pattern gives it its one value; a sub-SELECT need not project it
then. One that never did has another variable of the same name (SPARQL 1.1, section 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph_builder.namespaces import XSD
from sparql.protocol import Bindings
from sparql.terms import term
from sparql.tokens import Kind, Token, tokens

OPEN, CLOSE = "({[", ")}]"


def bound_text(query: str, bindings: Bindings) -> str:
    """Return a query with its values written in; raises ValueError where a value cannot be a term."""
    for name, value in bindings:
        query = _bound(tuple(tokens(query)), name, term(value))
    return query


@dataclass(frozen=True)
class _Select:
    """A SELECT: where it begins, where its pattern opens and closes, and where its modifiers end."""

    start: int
    opens: int
    closes: int
    end: int

    def holds(self, index: int) -> bool:
        return self.start <= index < self.end

    def is_pattern(self, index: int) -> bool:
        return self.opens < index < self.closes


def _bound(query: Sequence[Token], name: str, value: NamedNode | Literal) -> str:
    depths = _depths(query)
    selects = [
        _select(query, depths, index) for index, token in enumerate(query) if token.keyword == "SELECT"
    ]
    foreign = [select for select in selects[1:] if not _projects(query, depths, select, name)]
    found = [token.text for token in query]
    for index, token in enumerate(query):
        around = [select for select in selects if select.holds(index)]
        if token.variable != name or any(select in foreign for select in around):
            continue
        if not around or not _must_stay(query, depths, around[-1], index):
            found[index] = str(value)
        elif around[-1] is not selects[0]:
            found[index] = ""
    if selects:
        found[selects[0].closes] = f" BIND({_expression(value)} AS ?{name}) }}"
    return "".join(found)


def _expression(value: NamedNode | Literal) -> str:
    """Return an expression for a term: a constant decimal in a sorted answer is too much for some engines."""
    if isinstance(value, NamedNode) or value.datatype.value == XSD.string:
        return str(value)
    return f"STRDT({Literal(value.value)}, {value.datatype})"


def _must_stay(query: Sequence[Token], depths: Sequence[int], select: _Select, index: int) -> bool:
    """Whether the grammar wants a variable here: outside the pattern, bare or after AS."""
    if select.is_pattern(index):
        return False
    return depths[index] == depths[select.start] or _before(query, index).keyword == "AS"


def _projects(query: Sequence[Token], depths: Sequence[int], select: _Select, name: str) -> bool:
    projection = range(select.start, select.opens)
    return _has_star(query, select) or any(
        query[index].variable == name and _must_stay(query, depths, select, index) for index in projection
    )


def _has_star(query: Sequence[Token], select: _Select) -> bool:
    following = (token for token in query[select.start + 1 : select.opens] if not token.is_gap)
    return any(token.text == "*" for token, _ in zip(following, range(2), strict=False))


def _select(query: Sequence[Token], depths: Sequence[int], start: int) -> _Select:
    depth = depths[start]
    after = range(start, len(query))
    opens = next(index for index in after if query[index].text == "{" and depths[index] == depth + 1)
    closes = next(index for index in after if index > opens and depths[index] == depth)
    end = next((index for index in after if depths[index] < depth), len(query))
    return _Select(start, opens, closes, end)


def _before(query: Sequence[Token], index: int) -> Token:
    earlier = (token for token in reversed(query[:index]) if not token.is_gap)
    return next(earlier, query[index])


def _depths(query: Sequence[Token]) -> list[int]:
    """Return how many brackets are open at each token; an opening one counts itself, a closing one not."""
    depths, depth = [], 0
    for token in query:
        if token.kind is Kind.MARK:
            depth += (token.text in OPEN) - (token.text in CLOSE)
        depths.append(depth)
    return depths
