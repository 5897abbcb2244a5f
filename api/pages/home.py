"""The home page: what is here, counted, and the first steps."""

from __future__ import annotations

from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.links import Link, Names
from graph_builder.folders import Folders
from graph_builder.namespaces import KF
from sparql.asking import prologue, select
from sparql.backends import Backend
from sparql.library import Question, read_question

PREFIXES = prologue("kf", "skos", "rdfs", "dcterms")

CLASSES = f"""{PREFIXES}
SELECT ?node (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
  ?thing a ?node . FILTER(STRSTARTS(STR(?node), "{KF.address}"))
}} GROUP BY ?node ORDER BY DESC(?count) ?node
"""

CLASS_NAMES = f"""{PREFIXES}
SELECT ?node ?label WHERE {{ ?node rdfs:label ?label . FILTER(STRSTARTS(STR(?node), "{KF.address}")) }}
"""

DOCUMENTS_AND_PLANS = f"""{PREFIXES}
SELECT ?class ?node ?label WHERE {{
  VALUES ?class {{ kf:Document kf:Plan }}
  ?node a ?class . OPTIONAL {{ ?node dcterms:title|skos:prefLabel ?label }}
}} ORDER BY ?node LIMIT 1000
"""

FIRST_QUESTION = read_question(Folders.questions / "figures-of-a-year.rq")


@dataclass(frozen=True)
class Count:
    """A class and how many things it has."""

    link: Link
    count: int


@dataclass(frozen=True)
class HomePage:
    """All that the home page shows."""

    counts: tuple[Count, ...]
    documents: tuple[Link, ...]
    plans: tuple[Link, ...]
    first_question: Question = FIRST_QUESTION


async def home_page(backend: Backend, addresses: Addresses) -> HomePage:
    """Return what the published graph holds."""
    names = Names(await select(backend, CLASS_NAMES))
    counts = [
        Count(names.link(row["node"].value, addresses), int(row["count"].value))
        for row in await select(backend, CLASSES)
    ]
    rows = await select(backend, DOCUMENTS_AND_PLANS)
    titles = Names(rows)
    documents, plans = (
        {
            row["node"].value: titles.link(row["node"].value, addresses)
            for row in rows
            if row["class"].value == kind
        }
        for kind in (KF.Document, KF.Plan)
    )
    return HomePage(tuple(counts), tuple(documents.values()), tuple(plans.values()))
