"""The names by which texts call things, and the reader of the curated ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.values.text import compared

COLUMNS = ["thing", "name", "reason"]
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
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            what, remedy = f"the columns are {reader.fieldnames}", f"name them {','.join(COLUMNS)}"
            raise DeclarationError(Problem(Place(str(path), 1), what, remedy))
        rows = [(reader.line_num, row) for row in reader]
    problems = [*_faults(rows, path), *_doublets(rows, path)]
    if problems:
        raise DeclarationError(*sorted(problems, key=lambda problem: problem.place.line or 0))
    return [Name(row["name"], row["thing"], kind_of(row["thing"])) for _, row in rows]


def _faults(rows: Sequence[tuple[int, dict[str, str]]], path: Path) -> list[Problem]:
    return [
        Problem(Place(str(path), line, column), what, remedy)
        for line, row in rows
        for column, what, remedy, wrong in (
            ("thing", f"{row['thing']!r} is no thing", "write it as id/070009/plan/key",
             not is_thing(row["thing"] or "")),
            ("name", f"the name {row['name']!r} is too short to be told from other words",
             "give a name of two characters or more", len(compared(row["name"] or "")) < 2),
            ("reason", "has no reason", "say why texts mean this thing by the name",
             not (row["reason"] or "").strip()),
        )
        if wrong
    ]  # fmt: skip


def _doublets(rows: Sequence[tuple[int, dict[str, str]]], path: Path) -> list[Problem]:
    first: dict[tuple[str, str], int] = {}
    problems = []
    for line, row in rows:
        earlier = first.setdefault((row["thing"], compared(row["name"] or "")), line)
        if earlier != line:
            what = f"the name {row['name']!r} stands twice for one thing, first on line {earlier}"
            problems.append(Problem(Place(str(path), line, "name"), what, "remove the row"))
    return problems
