"""What the data of a thing holds, in parts of bounded size.

A description is what the graph says of the thing, what it says of the passages that prove it, and what points
to the thing; with the names of what the thing points to. The order is fixed, so the parts of a long one fit
together. Whatever the format, it is the same set of triples.
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

PATTERN = """{
    { ?thing ?property ?value BIND(?thing AS ?subject) } UNION
    { ?thing kf:evidence ?subject . ?subject ?property ?value } UNION
    { ?subject ?property ?thing BIND(?thing AS ?value) }
  }"""

WHOLE = f"""{prologue("kf")}
CONSTRUCT {{ ?subject ?property ?value }} WHERE {{
  SELECT DISTINCT ?thing ?subject ?property ?value WHERE {PATTERN} LIMIT {STATEMENTS_AT_MOST + 1}
}}
"""

PART = f"""{prologue("kf")}
CONSTRUCT {{ ?subject ?property ?value }} WHERE {{
  SELECT DISTINCT ?thing ?subject ?property ?value WHERE {PATTERN}
  ORDER BY DESC(?subject = ?thing) (?value = ?thing) ?subject ?property ?value
  LIMIT {STATEMENTS_AT_MOST + 1} OFFSET %d
}}
"""

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
    lines = await _lines(backend, WHOLE, address) if part == 1 else []
    if part > 1 or len(lines) > STATEMENTS_AT_MOST:
        lines = await _lines(backend, PART % ((part - 1) * STATEMENTS_AT_MOST), address)
    else:
        lines = _in_order(lines, address)
    if not lines:
        return None
    shown = lines[:STATEMENTS_AT_MOST]
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
