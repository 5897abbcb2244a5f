"""What can be found: the kinds of things, their parts and facets, read from `sparql/search.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.folders import Folders


@dataclass(frozen=True)
class Kind:
    """A kind of things: its slug, what it is called, how it is found and how much it weighs (0 to 1)."""

    slug: str
    label_ja: str
    label_en: str
    weight: float
    things: str
    names: bool = False
    is_word: bool = False


@dataclass(frozen=True)
class Facet:
    """Something that results can be narrowed down by; `values` are the patterns of its values."""

    slug: str
    label_ja: str
    label_en: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Findable:
    """All that is declared: the kinds in their order, the patterns of each part, the facets."""

    kinds: dict[str, Kind]
    parts: dict[str, tuple[str, ...]]
    facets: dict[str, Facet]


PARTS = ("label", "name", "text", "near", "within", "heir")


@cache
def findable(path: Path = Folders.checks.parent / "search.toml") -> Findable:
    """Return what the file declares; raises `DeclarationError` where it cannot be read."""
    try:
        record = tomllib.loads(path.read_text("utf-8"))
        return _read(record)
    except (OSError, KeyError, TypeError, ValueError) as fault:
        problem = Problem(Place(str(path)), f"the kinds of things cannot be read: {fault}", "mend the file")
        raise DeclarationError(problem) from fault


def _read(record: dict[str, Any]) -> Findable:
    kinds = {slug: Kind(slug=slug, **entry) for slug, entry in record["kind"].items()}
    facets = {
        slug: Facet(slug, entry["label_ja"], entry["label_en"], tuple(entry["values"]))
        for slug, entry in record["facet"].items()
    }
    if set(record["part"]) != set(PARTS):
        raise ValueError(f"the parts are {', '.join(record['part'])}, not {', '.join(PARTS)}")
    return Findable(kinds, {name: tuple(record["part"][name]) for name in PARTS}, facets)
