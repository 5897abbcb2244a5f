"""Graph → comparison: the entries of two lists, their directions and lines, and all accepted links."""

from __future__ import annotations

from collections import defaultdict

from sparql.asking import Row, prologue, select
from sparql.backends import Backend
from sparql.comparison.comparing import Comparison, Entry, Heading, Link, compare
from sparql.comparison.lists import PlanList, labels_of
from sparql.lineage.family import Label, PassageRef

PREFIXES = prologue("kf", "skos", "dcterms", "status")
ENTRIES = f"""{PREFIXES}
SELECT ?plan ?entry ?label ?passage ?document ?first ?last WHERE {{
  ?entry kf:plan ?plan ; a kf:ProjectEntry .
  OPTIONAL {{ ?entry skos:prefLabel ?label }}
  OPTIONAL {{
    ?entry kf:evidence ?passage . ?passage dcterms:isPartOf ?document ; kf:startLine ?first ; kf:endLine ?last
  }}
}} ORDER BY ?document ?first ?entry
"""
HEADINGS = f"""{PREFIXES}
SELECT DISTINCT ?plan ?entry ?direction ?notation ?label WHERE {{
  ?entry kf:plan ?plan ; kf:direction/skos:broader* ?direction .
  FILTER NOT EXISTS {{ ?direction skos:broader ?above }}
  OPTIONAL {{ ?direction skos:notation ?notation }} OPTIONAL {{ ?direction skos:prefLabel ?label }}
}} ORDER BY ?entry ?direction
"""
TWINS = f"""{PREFIXES}
SELECT ?plan ?entry ?twin WHERE {{
  ?entry kf:plan ?plan ; kf:repeats|^kf:repeats ?twin
}} ORDER BY ?entry ?twin
"""
LINKS = f"""{PREFIXES}
SELECT ?link ?earlier ?later ?type ?confidence ?reason WHERE {{
  ?link kf:from ?earlier ; kf:to ?later ; kf:status status:accepted ; kf:linkType/skos:notation ?type ;
        kf:confidence ?confidence .
  ?earlier a kf:ProjectEntry . ?later a kf:ProjectEntry .
  OPTIONAL {{ ?link kf:reason ?reason }}
}} ORDER BY ?link
"""


async def read_comparison(backend: Backend, earlier: PlanList, later: PlanList) -> Comparison:
    """Return the comparison of two lists, of which the first is the older."""
    before, after = await _entries(backend, earlier.plan), await _entries(backend, later.plan)
    links = {row["link"].value: _link(row) for row in await select(backend, LINKS)}
    return compare((earlier, later), before, after, links.values())


async def _entries(backend: Backend, plan: str) -> tuple[Entry, ...]:
    rows = await select(backend, ENTRIES, plan=plan)
    headings, twins = await _headings(backend, plan), defaultdict(list)
    for row in await select(backend, TWINS, plan=plan):
        twins[row["entry"].value].append(row["twin"].value)
    labels = labels_of(rows, "entry")
    places: defaultdict[str, dict[PassageRef, None]] = defaultdict(dict)
    for row in rows:
        if "passage" in row:
            places[row["entry"].value][_place(row)] = None
    return tuple(
        Entry(
            address,
            labels.get(address, Label()),
            tuple(headings.get(address, ())),
            tuple(places[address]),
            tuple(twins.get(address, ())),
        )
        for address in dict.fromkeys(row["entry"].value for row in rows)
    )


async def _headings(backend: Backend, plan: str) -> dict[str, dict[Heading, None]]:
    rows = await select(backend, HEADINGS, plan=plan)
    labels = labels_of(rows, "direction")
    found: defaultdict[str, dict[Heading, None]] = defaultdict(dict)
    for row in rows:
        address = row["direction"].value
        notation = row["notation"].text if "notation" in row else ""
        found[row["entry"].value][Heading(address, labels.get(address, Label()), notation)] = None
    return found


def _place(row: Row) -> PassageRef:
    return PassageRef(
        row["document"].value, int(row["first"].value), int(row["last"].value), row["passage"].value
    )


def _link(row: Row) -> Link:
    return Link(
        row["link"].value,
        row["earlier"].value,
        row["later"].value,
        row["type"].value,
        float(row["confidence"].value),
        row["reason"].text if "reason" in row else "",
    )
