"""From which named graphs the statements of a thing come, and on what terms each graph may be used."""

from __future__ import annotations

from api.pages.entity.columns import Columns, Record, gathered
from api.pages.entity.naming import Naming
from sparql.asking import select
from sparql.backends import Backend

GRAPHS = Columns(
    """{ SELECT DISTINCT ?thing ?graph WHERE { GRAPH ?graph { ?thing ?property ?value } } }
    OPTIONAL { ?graph dcterms:license ?license } OPTIONAL { ?graph dcterms:rights ?rights }""",
    {"graph": "thing", "license": "thing", "rights": "text"},
    "?graph ?license",
)


ITSELF = Columns(
    """?thing dcterms:title ?title BIND(?thing AS ?graph)
    OPTIONAL { ?graph dcterms:license ?license } OPTIONAL { ?graph dcterms:rights ?rights }""",
    GRAPHS.types,
)


async def graphs_of(
    backend: Backend, naming: Naming, address: str, *, is_graph: bool = False
) -> tuple[Record, ...]:
    """Return the graphs that say something of a thing, each with its licence and rights as far as stated.

    Of a graph, its own: what says something of it is the catalogue.
    """
    columns = ITSELF if is_graph else GRAPHS
    rows = await select(backend, columns.query(("thing",)), thing=address)
    await naming.learn(rows)
    return tuple(gathered(rows, columns, naming))
