"""The lists as they are declared in `api/lists/*.toml`.

things    the pattern that ?node of the list fulfils
sort      the column by which the list is sorted where nobody chose
columns   name → type, a pattern about ?node that binds the name, and `sort`, a pattern that binds ?key
filters   name → kind (choice, flag or text) and a pattern about ?node; a choice or text binds the name
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from api.pages.entity.columns import ColumnType

FOLDER = Path(__file__).resolve().parent.parent.parent / "lists"


@dataclass(frozen=True)
class Column:
    """A column: what it holds, how it is found, and what it is sorted by."""

    name: str
    type: ColumnType
    where: str = ""
    sort: str = ""

    @property
    def key(self) -> str:
        """The pattern that binds ?key, by which the column is sorted."""
        value = f"STR(?{self.name})" if self.type == "thing" else f"?{self.name}"
        return self.sort or f"{self.where} BIND({value} AS ?key)"


@dataclass(frozen=True)
class Filter:
    """A filter: things of a kind to choose from, whether a pattern holds, or words in a text."""

    name: str
    kind: Literal["choice", "flag", "text"]
    where: str


@dataclass(frozen=True)
class Listing:
    """A list: which things it shows, and how."""

    name: str
    things: str
    sort: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()

    def column(self, name: str) -> Column | None:
        """Return the column of a name."""
        return next((column for column in self.columns if column.name == name), None)


@cache
def listings() -> Mapping[str, Listing]:
    """Return all lists by their names."""
    return {
        path.stem: _listing(path.stem, tomllib.loads(path.read_text("utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    }


def _listing(name: str, entry: Mapping[str, Any]) -> Listing:
    columns = [
        Column(column, each["type"], each.get("where", ""), each.get("sort", ""))
        for column, each in entry["columns"].items()
    ]
    filters = [Filter(each, one["kind"], one["where"]) for each, one in entry.get("filters", {}).items()]
    return Listing(name, entry["things"], entry["sort"], tuple(columns), tuple(filters))
