"""What the data of a thing holds, in parts of bounded size.

A description is what the graph says of the thing, what it says of the passages that prove it, and what points
to the thing; with the names of what the thing points to. The parts of a long one fit together, and a part is
the same set of triples in every format.
"""

from __future__ import annotations

from dataclasses import dataclass

from sparql.asking import prologue
from sparql.backends import Backend
from sparql.protocol import GRAPH_FORMATS, Query

STATEMENTS_AT_MOST = 1000
"""Statements in one part: some 200 kB of N-Triples."""
NAMES_AT_MOST = 1000
"""Linked things that are named; their names come with the first part."""

N_TRIPLES = next(form for form in GRAPH_FORMATS if form.syntax == "ntriples")

PART = f"""{prologue("kf")}
CONSTRUCT {{ ?subject ?property ?value }} WHERE {{
  SELECT DISTINCT ?thing ?subject ?property ?value WHERE {{
    {{ ?thing ?property ?value BIND(?thing AS ?subject) }} UNION
    {{ ?thing kf:evidence ?subject . ?subject ?property ?value }} UNION
    {{ ?subject ?property ?thing BIND(?thing AS ?value) }}
  }} LIMIT {STATEMENTS_AT_MOST + 1} OFFSET %d
}}
"""
"""In the order of the index, which stays while a store is published: to sort 50,000 statements takes the
engine many seconds, because it looks up every text that it compares."""

NAMES = f"""{prologue("skos", "rdfs", "dcterms")}
CONSTRUCT {{ ?node skos:prefLabel ?name ; rdfs:label ?label ; dcterms:title ?title }} WHERE {{
  ?thing ?property ?node . FILTER(ISIRI(?node))
  OPTIONAL {{ ?node skos:prefLabel ?name }}
  OPTIONAL {{ ?node rdfs:label ?label }}
  OPTIONAL {{ ?node dcterms:title ?title }}
}} LIMIT {NAMES_AT_MOST}
"""


@dataclass(frozen=True)
class Description:
    """Lines of N-Triples, and whether there is a further part."""

    lines: tuple[bytes, ...]
    has_more: bool


async def describe(backend: Backend, address: str, part: int) -> Description | None:
    """Return one part (1-based) of the description of a thing; None where it has no such part."""
    lines = await _lines(backend, PART % ((part - 1) * STATEMENTS_AT_MOST), address)
    if not lines:
        return None
    shown = _in_order(lines[:STATEMENTS_AT_MOST], address)
    names = sorted({*await _lines(backend, NAMES, address)} - {*shown}) if part == 1 else []
    return Description((*shown, *names), len(lines) > STATEMENTS_AT_MOST)


async def _lines(backend: Backend, text: str, address: str) -> list[bytes]:
    """Return the lines of N-Triples that a query constructs, each once, in its order."""
    query = Query(text, graph=N_TRIPLES, bindings=(("thing", address),), trusted=True)
    body = (await backend.answer(query)).body
    return list(dict.fromkeys(body.splitlines(keepends=True)))


def _in_order(lines: list[bytes], address: str) -> list[bytes]:
    """Return the lines sorted: those of the thing itself first, those that point to it last."""
    own, pointing = f"<{address}> ".encode(), f" <{address}> .\n".encode()
    return sorted(lines, key=lambda line: (not line.startswith(own), line.endswith(pointing), line))
