"""The names by which texts call things, and the reader of the curated ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Problem
from graph_builder.values.text import compared

COLUMNS = ("thing", "name", "reason")
# A relative IRI, as graph_builder.identifiers makes them: authority, kind, key.
_THING = re.compile(r"id/(?:jp|[0-9]{6})/(?P<kind>[a-z][a-z-]*)/[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True)
class Name:
    """A name, the relative IRI of the thing it belongs to, and the kind of that thing (law, plan …)."""

    name: str
    thing: str
    label_class: str


def is_thing(text: str) -> bool:
    """Whether a text is the relative IRI of a thing."""
    return _THING.fullmatch(text) is not None


def kind_of(thing: str) -> str:
    """The kind of a thing, as its IRI says: `plan` for `id/070009/plan/dx-basic-policy`."""
    return thing.split("/")[2]


def read_names(path: Path) -> list[Name]:
    """The rows of names.csv; raises DeclarationError with every row that is not complete or stands twice."""
    rows = read_curated(path, COLUMNS, ())
    problems = [*_faults(rows), *_doublets(rows)]
    refuse(sorted(problems, key=lambda problem: problem.place.line or 0))
    return [Name(row["name"], row["thing"], kind_of(row["thing"])) for row in rows]


def _faults(rows: Sequence[CuratedRow]) -> list[Problem]:
    return [
        row.fault(column, what, remedy)
        for row in rows
        for column, what, remedy, wrong in (
            ("thing", f"{row['thing']!r} is no thing", "write it as id/070009/plan/key",
             not is_thing(row["thing"])),
            ("name", f"the name {row['name']!r} is too short to be told from other words",
             "give a name of two characters or more", len(compared(row["name"])) < 2),
            ("reason", "has no reason", "say why texts mean this thing by the name",
             not row["reason"].strip()),
        )
        if wrong
    ]  # fmt: skip


def _doublets(rows: Sequence[CuratedRow]) -> list[Problem]:
    first: dict[tuple[str, str], int] = {}
    problems = []
    for row in rows:
        earlier = first.setdefault((row["thing"], compared(row["name"])), row.line)
        if earlier != row.line:
            what = f"the name {row['name']!r} stands twice for one thing, first on line {earlier}"
            problems.append(row.fault("name", what, "remove the row"))
    return problems
