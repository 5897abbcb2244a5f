"""The kinds of things that have a page of their own: each a file of `api/kinds/`, in order of precedence.

order     a smaller number wins where a thing is of several kinds
class     the class by which a thing is of the kind
list      the list that shows all of the kind, where there is one
heading   the columns of its section `facts` from which a heading is composed; words: kinds.<kind>-heading
section   what the page shows: a name (words: sections.<name>), a shape, a pattern about ?thing, columns
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api.pages.entity.columns import Columns
from graph_builder.namespaces import read_prefixes

FOLDER = Path(__file__).resolve().parent.parent.parent / "kinds"


@dataclass(frozen=True)
class Section:
    """A part of a page; `more` is a list that shows all of it, with {key} for the thing's own key."""

    name: str
    shape: str
    columns: Columns
    most: int = 100
    more: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of things."""

    name: str
    order: int
    address: str
    sections: tuple[Section, ...]
    list: str = ""
    heading: tuple[str, ...] = ()
    names_first: bool = False


def kind_of(types: Collection[str]) -> Kind | None:
    """Return the kind of a thing by its classes; None where it has no page of its own kind."""
    return next((kind for kind in kinds() if kind.address in types), None)


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all kinds, the one that wins first."""
    read = [_kind(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(read, key=lambda kind: (kind.order, kind.name)))


def address_of(name: str) -> str:
    """Return the address that a prefixed name stands for."""
    prefix, _, rest = name.partition(":")
    return read_prefixes()[prefix] + rest


def _kind(name: str, entry: Mapping[str, Any]) -> Kind:
    return Kind(
        name=name,
        order=entry["order"],
        address=address_of(entry["class"]),
        sections=tuple(_section(each) for each in entry.get("section", ())),
        list=entry.get("list", ""),
        heading=tuple(entry.get("heading", ())),
        names_first=entry.get("names_first", False),
    )


def _section(entry: Mapping[str, Any]) -> Section:
    columns = Columns(entry["where"], entry["columns"], entry.get("order", ""))
    return Section(entry["name"], entry["shape"], columns, entry.get("most", 100), entry.get("more", ""))
