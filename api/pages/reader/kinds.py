"""The kinds of things that come from a text, as `kinds.toml` lists them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph_builder.namespaces import read_prefixes


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its place in the order, its class, the colour of its mark, its names."""

    order: int
    address: str
    tone: str
    ja: str
    en: str


def kind_of(classes: Collection[str]) -> Kind | None:
    """Return the kind of a thing with these classes; None for what a text does not show."""
    hidden, kinds, other = _table()
    if not hidden.isdisjoint(classes):
        return None
    return next((kind for kind in kinds if kind.address in classes), other)


@cache
def _table() -> tuple[frozenset[str], tuple[Kind, ...], Kind]:
    table = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    kinds = tuple(
        Kind(order, _expanded(entry["class"]), entry["tone"], entry["ja"], entry["en"])
        for order, entry in enumerate(table["kinds"])
    )
    other = Kind(len(kinds), "", **table["other"])
    return frozenset(_expanded(name) for name in table["hidden"]), kinds, other


def _expanded(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return read_prefixes()[prefix] + rest
