"""The documents of the graph, by their keys: the last part of their addresses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from sparql.asking import Row, prologue, select
from sparql.backends import Backend

DOCUMENTS = f"""{prologue("kf", "dcterms")}
SELECT ?node ?label ?sha256 ?issued ?plan WHERE {{
  ?node a kf:Document .
  OPTIONAL {{ ?node dcterms:title ?label }}
  OPTIONAL {{ ?node kf:sha256 ?sha256 }}
  OPTIONAL {{ ?node dcterms:issued ?issued }}
  OPTIONAL {{ ?node kf:describes ?plan }}
}}
"""

PLANS = f"""{prologue("kf", "skos")}
SELECT ?node ?label WHERE {{ ?document a kf:Document ; kf:describes ?node . ?node skos:prefLabel ?label }}
"""


@dataclass(frozen=True)
class Registered:
    """A document of the graph: its key, its link, the SHA-256 of the text it was built from, its plans."""

    key: str
    link: Link
    sha256: str | None
    issued: str | None
    plans: tuple[Link, ...]


async def documents(backend: Backend, addresses: Addresses) -> dict[str, Registered]:
    """Return key → document, by key."""
    rows = await select(backend, DOCUMENTS)
    names = Names(rows)
    plans = Names(await select(backend, PLANS))
    by_node: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_node[row["node"].value].append(row)
    found = [
        _registered(node, its, names.link(node, addresses), plans, addresses) for node, its in by_node.items()
    ]
    return {document.key: document for document in sorted(found, key=lambda document: document.key)}


def key_of(address: str) -> str:
    """Return the key of a document."""
    return address.rpartition("/")[2]


def _registered(node: str, rows: list[Row], link: Link, plans: Names, addresses: Addresses) -> Registered:
    def value(name: str) -> str | None:
        return min((row[name].value for row in rows if name in row), default=None)

    described = sorted({row["plan"].value for row in rows if "plan" in row})
    return Registered(
        key_of(node),
        link,
        value("sha256"),
        value("issued"),
        tuple(plans.link(plan, addresses) for plan in described),
    )
