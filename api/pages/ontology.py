"""The page of the ontology: every term with its names and definitions, at the anchor its address names."""

from __future__ import annotations

from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from graph_builder.namespaces import KF
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


async def ontology_page(backend: Backend, addresses: Addresses) -> tuple[Word, ...]:
    """Return the terms of the ontology in the order of their addresses."""
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
