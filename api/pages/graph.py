"""What a named graph holds: its size, and how many things of each class."""

from __future__ import annotations

from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.behind import behind
from api.pages.home import Count
from api.pages.links import Names
from sparql.asking import prologue, select
from sparql.backends import Backend

SIZE = """
SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?property ?value } } GROUP BY ?graph
"""

CLASSES = """
SELECT ?graph ?node (COUNT(DISTINCT ?thing) AS ?count) WHERE { GRAPH ?graph { ?thing a ?node } }
GROUP BY ?graph ?node ORDER BY DESC(?count) ?node
"""

CLASS_NAMES = f"""{prologue("rdfs")}
SELECT DISTINCT ?graph ?node ?label WHERE {{ GRAPH ?graph {{ ?thing a ?node }} ?node rdfs:label ?label }}
"""


@dataclass(frozen=True)
class GraphContents:
    """The number of statements, and of things of each class."""

    statements: int
    counts: tuple[Count, ...]
    statements_query: str
    counts_query: str


async def graph_contents(backend: Backend, addresses: Addresses, address: str) -> GraphContents | None:
    """Return what the graph at an address holds; None where there is no such graph."""
    size = await select(backend, SIZE, graph=address)
    if not size:
        return None
    names = Names(await select(backend, CLASS_NAMES, graph=address))
    rows = await select(backend, CLASSES, graph=address)
    counts = [Count(names.link(row["node"].value, addresses), int(row["count"].value)) for row in rows]
    queries = (behind(query, {"graph": address}) for query in (SIZE, CLASSES))
    return GraphContents(int(size[0]["count"].value), tuple(counts), *queries)
