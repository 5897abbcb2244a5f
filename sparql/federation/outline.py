"""The groups of a query and what stands in them, each with its place in the text: a parse tree has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparql.tokens import Token

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

SERVICE = "Service"
"""What a SERVICE is called in a tree that the policy has made."""
NAMES_IN_THE_TREE = {
    "TriplesBlock": "TRIPLES",
    "GroupOrUnionGraphPattern": "GROUP",
    "OptionalGraphPattern": "OPTIONAL",
    "MinusGraphPattern": "MINUS",
    "GraphGraphPattern": "GRAPH",
    SERVICE: "SERVICE",
    "Filter": "FILTER",
    "Bind": "BIND",
    "InlineData": "VALUES",
}


@dataclass(frozen=True)
class Element:
    """An element of a group: TRIPLES, GROUP (one group, or several joined by UNION), OPTIONAL and so on.

    `tokens` are all its tokens, `groups` the groups in it, those of EXISTS too.
    """

    kind: str
    tokens: tuple[Token, ...]
    groups: tuple[Group, ...] = ()

    @property
    def start(self) -> int:
        """Where the element starts in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the element ends in the text."""
        return self.tokens[-1].end


@dataclass(frozen=True)
class Group:
    """A group in braces: elements, or, where it is a sub-SELECT, its head and the groups of its query."""

    tokens: tuple[Token, ...]
    elements: tuple[Element, ...] = ()
    select: Head | None = None


@dataclass(frozen=True)
class Head:
    """A query or sub-query: the tokens before its WHERE group, that group, and groups in its expressions.

    `data` are the tokens of VALUES behind it.
    """

    tokens: tuple[Token, ...]
    where: Group | None
    others: tuple[Group, ...] = ()
    data: tuple[Token, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A query: the tokens before its form, and the rest."""

    prologue: tuple[Token, ...]
    query: Head

    def groups(self) -> Iterator[Group]:
        """Yield every group in document order."""
        waiting = [*reversed(self.query.others), *([self.query.where] if self.query.where else [])]
        while waiting:
            group = waiting.pop()
            yield group
            waiting.extend(reversed(_inside(group)))


def _inside(group: Group) -> list[Group]:
    if group.select is not None:
        where = [group.select.where] if group.select.where else []
        return [*where, *group.select.others]
    return [inner for element in group.elements for inner in element.groups]


def agrees(outline: Outline, nodes: list[CompValue]) -> bool:
    """Whether a tree has the very groups of the outline: the same kinds of elements in the same order."""
    read = Counter(
        "SELECT" if group.select else " ".join(element.kind for element in group.elements)
        for group in outline.groups()
    )
    seen = Counter("SELECT" for node in nodes if node.name == "SubSelect")
    seen.update(
        " ".join(NAMES_IN_THE_TREE[part.name] for part in node.part or ())
        for node in nodes
        if node.name == "GroupGraphPatternSub"
    )
    return read == seen
