"""Which variables a group binds: those in scope (SPARQL 1.1, section 18.2.1), and those it always binds."""

from __future__ import annotations

import re
from functools import reduce

from sparql.federation.outline import Element, Group, Head
from sparql.tokens import VARIABLE_NAME, Kind, Token

VARIABLE = re.compile(rf"[?$]({VARIABLE_NAME})")


def in_scope(group: Group) -> frozenset[str]:
    """Return the variables that a solution of the group may bind."""
    if group.select is not None:
        return _selected(group.select)
    return frozenset[str]().union(*(_of_element(element) for element in group.elements))


def certain(group: Group) -> frozenset[str]:
    """Return variables that every solution of the group binds; perhaps not all of them."""
    if group.select is not None:
        inner = certain(group.select.where) if group.select.where else frozenset[str]()
        return inner & _plainly_selected(group.select)
    return frozenset[str]().union(*(_certain_of(element) for element in group.elements))


def mentioned(text: str) -> frozenset[str]:
    """Return every name that could be a variable anywhere in a text: too many rather than too few."""
    return frozenset(VARIABLE.findall(text))


def _of_element(element: Element) -> frozenset[str]:
    if element.kind in {"FILTER", "MINUS"}:
        return frozenset()
    if element.kind == "BIND":
        return frozenset({[token.variable for token in element.tokens if token.variable][-1]})
    if element.kind in {"TRIPLES", "VALUES"}:
        return _variables(element.tokens)
    inner = frozenset[str]().union(*(in_scope(group) for group in element.groups))
    return inner | _term(element)


def _certain_of(element: Element) -> frozenset[str]:
    if element.kind == "TRIPLES":
        return _variables(element.tokens)
    if element.kind == "GROUP":
        return reduce(frozenset.intersection, [certain(group) for group in element.groups])
    if element.kind == "GRAPH":
        return certain(element.groups[0])
    return frozenset()


def _term(element: Element) -> frozenset[str]:
    """Return the variable of GRAPH ?g."""
    return _variables(element.tokens[:2]) if element.kind == "GRAPH" else frozenset()


def _selected(head: Head) -> frozenset[str]:
    return _plainly_selected(head) | _renamed(head)


def _plainly_selected(head: Head) -> frozenset[str]:
    """Return the variables that are selected as they are: with SELECT * all that are in scope."""
    projection = _projection(head)
    if head.where and any(token.text == "*" for token in projection):
        return in_scope(head.where) | _variables(head.data)
    return _variables(projection)


def _renamed(head: Head) -> frozenset[str]:
    """Return the variables behind AS in the projection."""
    before = zip(head.tokens, head.tokens[1:], strict=False)
    return frozenset(token.variable for word, token in before if word.keyword == "AS")


def _projection(head: Head) -> tuple[Token, ...]:
    """Return the tokens of the projection outside brackets."""
    kept: list[Token] = []
    depth = 0
    for token in head.tokens:
        if token.kind is Kind.MARK and token.text in {"(", ")"}:
            depth += 1 if token.text == "(" else -1
        elif depth == 0:
            kept.append(token)
    return tuple(kept)


def _variables(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.variable for token in tokens if token.variable)
