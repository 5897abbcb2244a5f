"""The page of one thing: what it is, what is said of it, what points to it, and the lines that prove it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from api.pages.titles import titled
from graph_builder.namespaces import KF, RDF
from sparql.asking import Row, Term, prologue, select
from sparql.backends import Backend

VALUES_AT_MOST = 2000
INCOMING_AT_MOST = 200
LABEL = "skos:prefLabel|rdfs:label|dcterms:title"
PREFIXES = prologue("kf", "skos", "rdfs", "dcterms")

STATEMENTS = f"""{PREFIXES}
SELECT ?thing ?property ?value WHERE {{ ?thing ?property ?value }} LIMIT {VALUES_AT_MOST + 1}
"""

INCOMING = f"""{PREFIXES}
SELECT ?thing ?source ?property WHERE {{ ?source ?property ?thing }} LIMIT {INCOMING_AT_MOST + 1}
"""

NAMES = f"""{PREFIXES}
SELECT ?thing ?node ?label WHERE {{
  {{ SELECT DISTINCT ?thing ?node WHERE {{
    {{ SELECT ?thing ?node WHERE {{ ?thing ?property ?node FILTER(ISIRI(?node)) }}
       LIMIT {VALUES_AT_MOST} }} UNION
    {{ ?thing ?node ?value }} UNION {{ ?source ?node ?thing }} UNION
    {{ SELECT ?thing ?node WHERE {{ ?node ?property ?thing }} LIMIT {INCOMING_AT_MOST} }}
  }} }}
  OPTIONAL {{ ?node {LABEL} ?label }}
}}
"""

OWN_NAMES = f"""{PREFIXES}
SELECT ?thing ?label WHERE {{ ?thing {LABEL} ?label }}
"""

EVIDENCE = f"""{PREFIXES}
SELECT ?thing ?passage ?text ?first ?last ?document ?label WHERE {{
  ?thing kf:evidence ?passage .
  ?passage kf:exact ?text ; kf:startLine ?first ; kf:endLine ?last ; dcterms:isPartOf ?document .
  OPTIONAL {{ ?document {LABEL} ?label }}
}}
ORDER BY ?document ?first ?passage LIMIT {VALUES_AT_MOST}
"""


@dataclass(frozen=True)
class Property:
    """A property with its values: links, and terms that are texts."""

    link: Link
    values: tuple[Link | Term, ...]


@dataclass(frozen=True)
class Evidence:
    """A quoted passage: the text, and where it stands (1-based lines, inclusive)."""

    passage: Link
    document: Link
    first: str
    last: str
    text: Term


@dataclass(frozen=True)
class ThingPage:
    """All that the page of a thing shows."""

    link: Link
    types: tuple[Link, ...] = ()
    properties: tuple[Property, ...] = ()
    incoming: tuple[Property, ...] = ()
    has_more_values: bool = False
    has_more_incoming: bool = False
    evidence: tuple[Evidence, ...] = ()
    has_lineage: bool = False


async def thing_page(backend: Backend, addresses: Addresses, address: str) -> ThingPage | None:
    """Return the page of the thing at a canonical address; None where the graph does not know it."""
    statements = await select(backend, STATEMENTS, thing=address)
    incoming = await select(backend, INCOMING, thing=address)
    if not statements and not incoming:
        return None
    names = Names(await select(backend, NAMES, thing=address))
    own = await select(backend, OWN_NAMES, thing=address)
    evidence = await select(backend, EVIDENCE, thing=address) if _has_evidence(statements) else []
    return ThingPage(
        link=titled(
            Names({"node": row["thing"], "label": row["label"]} for row in own).link(address, addresses),
            statements,
            names,
            addresses,
        ),
        types=tuple(
            names.link(row["value"].value, addresses)
            for row in sorted(statements, key=lambda row: _place(row, "value"))
            if row["property"].value == RDF.type
        ),
        properties=_properties(
            statements[:VALUES_AT_MOST],
            "value",
            names,
            addresses,
            hidden=(RDF.type, KF.evidence) if evidence else (RDF.type,),
        ),
        incoming=_properties(incoming[:INCOMING_AT_MOST], "source", names, addresses),
        has_more_values=len(statements) > VALUES_AT_MOST,
        has_more_incoming=len(incoming) > INCOMING_AT_MOST,
        evidence=_evidence(evidence, addresses),
        has_lineage=_has_lineage(statements, incoming),
    )


def _has_evidence(statements: list[Row]) -> bool:
    return any(row["property"].value == KF.evidence for row in statements)


def _has_lineage(statements: list[Row], incoming: list[Row]) -> bool:
    """Whether a thing has ancestors or descendants; those of a project are its entries'."""
    return bool({KF.derivesFrom, KF.entryOf} & {row["property"].value for row in incoming}) or any(
        row["property"].value == KF.derivesFrom for row in statements
    )


def _properties(
    rows: list[Row], variable: str, names: Names, addresses: Addresses, hidden: tuple[str, ...] = ()
) -> tuple[Property, ...]:
    """Return the properties in order: the engine would look up every text to compare two of them."""
    values: defaultdict[str, list[Link | Term]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: _place(row, variable)):
        value = row[variable]
        if row["property"].value not in hidden:
            shown = names.link(value.value, addresses) if value.is_address else value
            values[row["property"].value].append(shown)
    return tuple(Property(names.link(name, addresses), tuple(found)) for name, found in values.items())


def _place(row: Row, variable: str) -> tuple[str, bool, str, str]:
    value = row[variable]
    return row["property"].value, not value.is_address, value.value, value.language


def _evidence(rows: list[Row], addresses: Addresses) -> tuple[Evidence, ...]:
    """Return each passage once: a document with titles in two languages makes two rows of it."""
    titles = Names({"node": row["document"], "label": row["label"]} for row in rows if "label" in row)
    passages = {row["passage"].value: row for row in rows}
    return tuple(
        Evidence(
            passage=Link(address, addresses.link(address)),
            document=titles.link(row["document"].value, addresses),
            first=row["first"].text,
            last=row["last"].text,
            text=row["text"],
        )
        for address, row in passages.items()
    )
