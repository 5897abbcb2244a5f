"""What is asked of the graph for one family; each query is about all that can be reached from `?thing`.

A project is reached through its entries. Upwards every kind of descent is followed; downwards `kf:underPlan`
is not, because the hundred entries of a plan are its list, not its descendants. What is said of the things on
the way stands in OPTIONAL: the engine then looks it up thing by thing and scans nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sparql.asking import prologue

ROWS_AT_MOST = 5000
PREFIXES = prologue("kf", "skos", "rdfs", "dcterms", "status")
FOLLOWED_DOWN = (
    "continues",
    "replaces",
    "implements",
    "basedOn",
    "mandatedBy",
    "refersTo",
    "revises",
    "adopts",
    "introducedBy",
)
_UP = "kf:derivesFrom*"
_DOWN = f"({'|'.join(f'^kf:{name}' for name in FOLLOWED_DOWN)})*"

_PLACE = """  BIND(COALESCE(?found, kf:Passage) AS ?passage)
  OPTIONAL { ?passage dcterms:isPartOf ?document }
  OPTIONAL { ?passage kf:startLine ?first }
  OPTIONAL { ?passage kf:endLine ?last }"""
"""The lines of a passage. Never unbound: the engine would look through every passage for it."""

_STEPS = """
SELECT DISTINCT ?thing ?later ?earlier ?property ?label WHERE {{
  ?thing (^kf:entryOf)?/{path} ?{near} .
  OPTIONAL {{
    ?later ?property ?earlier . ?property rdfs:subPropertyOf kf:derivesFrom ; rdfs:label ?label {allowed}
  }}
}} ORDER BY ?later ?earlier ?property LIMIT {limit}
"""
_LINKS = """
SELECT DISTINCT ?thing ?link ?later ?earlier ?type ?label ?confidence ?article ?reason WHERE {{
  ?thing (^kf:entryOf)?/{path} ?{near} .
  OPTIONAL {{
    ?link kf:{end} ?{near} ; kf:from ?earlier ; kf:to ?later ; kf:status status:accepted ;
          kf:linkType ?concept ; kf:confidence ?confidence .
    ?concept skos:notation ?type ; skos:prefLabel ?label .
    OPTIONAL {{ ?link kf:article ?article }}
    OPTIONAL {{ ?link kf:reason ?reason }}
  }}
}} ORDER BY ?link LIMIT {limit}
"""
_BASES = """
SELECT DISTINCT ?thing ?link ?basis ?label WHERE {{
  ?thing (^kf:entryOf)?/{path} ?{near} .
  OPTIONAL {{
    ?link kf:{end} ?{near} ; kf:basis ?concept . ?concept skos:notation ?basis ; skos:prefLabel ?label
  }}
}} ORDER BY ?link ?basis LIMIT {limit}
"""
_LINK_PLACES = """
SELECT DISTINCT ?thing ?node ?passage ?document ?first ?last WHERE {{
  ?thing (^kf:entryOf)?/{path} ?{near} .
  OPTIONAL {{ ?node kf:{end} ?{near} ; kf:evidence ?found }}
{place}
}} ORDER BY ?node ?document ?first LIMIT {limit}
"""
_THING_PLACES = """
SELECT DISTINCT ?thing ?node ?passage ?document ?first ?last WHERE {{
  ?thing (^kf:entryOf)?/{path} ?node . OPTIONAL {{ ?node kf:evidence ?found }}
{place}
}} ORDER BY ?node ?document ?first LIMIT {limit}
"""
_NAMES = """
SELECT DISTINCT ?thing ?node ?label WHERE {{
  ?thing (^kf:entryOf)?/{path} ?node . OPTIONAL {{ ?node skos:prefLabel ?label }}
}} ORDER BY ?node ?label LIMIT {limit}
"""
_YEARS = """
SELECT DISTINCT ?thing ?node ?year WHERE {{
  ?thing (^kf:entryOf)?/{path} ?node .
  OPTIONAL {{ ?node kf:fiscalYear|kf:startYear|kf:endYear ?fiscalYear . ?fiscalYear kf:year ?year }}
}} ORDER BY ?node ?year LIMIT {limit}
"""
_CLASSES = """
SELECT DISTINCT ?thing ?node ?class ?label WHERE {{
  ?thing (^kf:entryOf)?/{path} ?node . OPTIONAL {{ ?node a ?class . OPTIONAL {{ ?class rdfs:label ?label }} }}
}} ORDER BY ?node ?class LIMIT {limit}
"""

ENTRIES = f"""{PREFIXES}
SELECT DISTINCT ?thing ?entry ?year WHERE {{
  ?entry kf:entryOf ?thing . OPTIONAL {{ ?entry (kf:fiscalYear|kf:startYear)/kf:year ?year }}
}} ORDER BY DESC(?year) ?entry LIMIT {ROWS_AT_MOST}
"""
IS_KNOWN = "ASK { { ?thing ?property ?value } UNION { ?source ?link ?thing } }"


@dataclass(frozen=True)
class Closure:
    """The queries of one direction; each has the variable `?thing` to bind."""

    steps: str
    links: str
    bases: str
    link_places: str
    thing_places: str
    names: str
    years: str
    classes: str


def _closure(path: str, near: str, end: str, allowed: str) -> Closure:
    texts = (_STEPS, _LINKS, _BASES, _LINK_PLACES, _THING_PLACES, _NAMES, _YEARS, _CLASSES)
    parts = {"path": path, "near": near, "end": end, "allowed": allowed, "limit": ROWS_AT_MOST}
    parts["place"] = _PLACE
    return Closure(*(PREFIXES + text.format(**parts) for text in texts))


UP = _closure(_UP, "later", "to", "")
DOWN = _closure(_DOWN, "earlier", "from", "FILTER(?property != kf:underPlan)")
