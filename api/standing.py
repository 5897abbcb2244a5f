"""How it stands with an address: it is described, it has moved, or it is gone; the graph itself says so.

An address that ended says `dcterms:isReplacedBy` where its thing went on under another one, or
`owl:deprecated true` where it did not, and no class: a thing of which the graph says what it is has a page,
whatever replaced it. An address with several successors, or with one elsewhere, has a page that names them.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.addresses import Addresses
from graph_builder.namespaces import DCTERMS, OWL, SKOS
from sparql.asking import Row, ask, prologue, select
from sparql.backends import Backend

TYPES_AT_MOST = 8
MOVES_AT_MOST = 10

TYPES = f"SELECT ?thing ?type WHERE {{ ?thing a ?type }} ORDER BY ?type LIMIT {TYPES_AT_MOST}"

END = f"""{prologue("dcterms", "owl", "skos")}
SELECT ?thing ?property ?value WHERE {{
  ?thing ?property ?value . FILTER(?property IN (dcterms:isReplacedBy, owl:deprecated, skos:changeNote))
}} ORDER BY ?property ?value LIMIT 100
"""

IS_KNOWN = f"""{prologue("dcterms")}
ASK {{
  {{ ?thing ?property ?value }} UNION {{ GRAPH ?thing {{ ?a ?b ?c }} }} UNION
  {{ ?source ?link ?thing . FILTER(?link != dcterms:isReplacedBy) }}
}}
"""
"""To be named as a successor is not enough: something must be said of it, or with it."""


@dataclass(frozen=True)
class Described:
    """The graph says something of the thing, or holds what is named so; its classes."""

    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moved:
    """The thing has another address now."""

    address: str


@dataclass(frozen=True)
class Gone:
    """The address ended without a successor; the reason as the graph gives it."""

    why: str


Standing = Described | Moved | Gone


async def standing(backend: Backend, addresses: Addresses, address: str) -> Standing | None:
    """Return how it stands with an address, moves followed to their end; None where nothing is known."""
    seen: list[str] = []
    here = address
    while here not in seen and len(seen) <= MOVES_AT_MOST:
        seen.append(here)
        found = await _said(backend, addresses, here)
        if isinstance(found, Moved):
            here = found.address
        elif here == address or isinstance(found, Gone):
            return found
        else:
            return Moved(here) if found else Gone(f"it moved to {here}, of which nothing is known")
    return Gone("its moves lead nowhere")


async def _said(backend: Backend, addresses: Addresses, address: str) -> Standing | None:
    """Return what the graph says of one address, moves not followed."""
    types = await select(backend, TYPES, thing=address)
    if types:
        return Described(tuple(row["type"].value for row in types if row["type"].is_address))
    end = await select(backend, END, thing=address)
    successors = [row["value"].value for row in end if row["property"].value == DCTERMS.isReplacedBy]
    if len(successors) == 1 and addresses.is_thing(successors[0]):
        return Moved(successors[0])
    if not successors and any(_is_deprecation(row) for row in end):
        return Gone(next((row["value"].value for row in end if row["property"].value == SKOS.changeNote), ""))
    return Described() if end or await ask(backend, IS_KNOWN, thing=address) else None


def _is_deprecation(row: Row) -> bool:
    return row["property"].value == OWL.deprecated and row["value"].value in {"true", "1"}
