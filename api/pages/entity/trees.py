"""A table of things with their parents as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.entity.columns import Record

DEEPEST = 12


@dataclass(frozen=True)
class Branch:
    """A thing and what lies below it."""

    record: Record
    branches: tuple[Branch, ...] = ()


def grown(found: Sequence[Record]) -> tuple[Branch, ...]:
    """Return the tree of records with the columns `node` and `parent`; an unknown parent makes a root."""
    known = {record.address("node") for record in found}
    below: defaultdict[str, list[Record]] = defaultdict(list)
    for record in found:
        parent = record.address("parent")
        below[parent if parent in known else ""].append(record)
    return _branches("", below, DEEPEST)


def _branches(parent: str, below: dict[str, list[Record]], depth: int) -> tuple[Branch, ...]:
    """Return the branches below a parent; a circle ends at the greatest depth."""
    if not depth:
        return ()
    return tuple(
        Branch(record, _branches(record.address("node"), below, depth - 1))
        for record in below.get(parent, ())
        if record.address("node") != parent
    )
