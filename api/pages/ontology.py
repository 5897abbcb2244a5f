"""The page of the ontology: every term with its names and definitions, at the anchor its address names."""

from __future__ import annotations

from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from graph_builder.namespaces import KF, OWL
from sparql.asking import Term, prologue, select
from sparql.backends import Backend

TERMS = f"""{prologue("rdfs", "skos")}
SELECT ?node ?type ?label ?definition WHERE {{
  ?node a ?type . FILTER(STRSTARTS(STR(?node), "{KF.address}"))
  OPTIONAL {{ ?node rdfs:label ?label }} OPTIONAL {{ ?node skos:definition ?definition }}
}} ORDER BY ?node ?type LIMIT 10000
"""


@dataclass(frozen=True)
class Word:
    """A term: its anchor on the page, its names, definitions and types."""

    anchor: str
    link: Link
    definitions: tuple[Term, ...]
    types: tuple[Link, ...]


@dataclass(frozen=True)
class Group:
    """The terms of one sort: its name, and the terms in the order of their addresses."""

    name: str
    words: tuple[Word, ...]


SORTS = {OWL.Class: "classes", OWL.ObjectProperty: "links", OWL.DatatypeProperty: "values"}
"""Type of a term → the group that lists it; any other type is listed under `others`."""


async def ontology_page(backend: Backend, addresses: Addresses) -> tuple[Group, ...]:
    """Return the terms of the ontology: classes, properties with things, with values, and others."""
    words = await _words(backend, addresses)
    groups = (
        Group(name, tuple(word for word in words if _sort(word) == name))
        for name in (*SORTS.values(), "others")
    )
    return tuple(group for group in groups if group.words)


def _sort(word: Word) -> str:
    return next((SORTS[kind.address] for kind in word.types if kind.address in SORTS), "others")


async def _words(backend: Backend, addresses: Addresses) -> tuple[Word, ...]:
    rows = await select(backend, TERMS)
    names = Names(rows)
    definitions = Names(
        {"node": row["node"], "label": row["definition"]} for row in rows if "definition" in row
    )
    types: dict[str, dict[str, Link]] = {}
    for row in rows:
        kind = row["type"].value
        types.setdefault(row["node"].value, {})[kind] = Link(kind, addresses.link(kind))
    return tuple(
        Word(
            anchor=address.removeprefix(KF.address),
            link=names.link(address, addresses),
            definitions=definitions.of(address),
            types=tuple(kinds.values()),
        )
        for address, kinds in types.items()
    )
