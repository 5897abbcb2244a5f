"""Graph → what the picture shows: dated laws, strategies and plans, steps of descent, lists of projects."""

from __future__ import annotations

from dataclasses import dataclass, field

from api.addresses import Addresses
from api.pages.links import Link, Names
from graph_builder.namespaces import KF
from sparql.asking import Row, prologue, select
from sparql.backends import Backend

PREFIXES = prologue("kf", "skos", "rdfs", "dcterms")

THINGS = f"""{PREFIXES}
SELECT ?node ?class ?label ?date ?from ?to WHERE {{
  VALUES ?class {{ kf:Law kf:Strategy kf:Plan }} ?node a ?class . OPTIONAL {{ ?node skos:prefLabel ?label }}
  OPTIONAL {{ ?node kf:startYear/kf:year ?from ; kf:endYear/kf:year ?to }}
  OPTIONAL {{
    SELECT ?node (MIN(STR(?day)) AS ?date) WHERE {{ ?node kf:event/dcterms:date ?day }} GROUP BY ?node
  }}
}} ORDER BY ?node ?class ?label
"""

STEPS = f"""{PREFIXES}
SELECT DISTINCT ?node ?label ?later ?earlier ?via ?viaLabel WHERE {{
  VALUES ?class {{ kf:Law kf:Strategy kf:Plan }} ?later a ?class .
  {{ ?later ?node ?earlier . VALUES ?sort {{ kf:Law kf:Strategy kf:Plan }} ?earlier a ?sort }} UNION
  {{ ?later kf:adopts ?via . ?via kf:introducedBy ?earlier ; skos:prefLabel ?viaLabel
     BIND(kf:adopts AS ?node) }}
  ?node rdfs:subPropertyOf kf:derivesFrom ; rdfs:label ?label .
}} ORDER BY ?later ?earlier ?node ?via ?label ?viaLabel
"""

LISTS = f"""{PREFIXES}
SELECT ?node ?label ?from ?to ?plan (COUNT(DISTINCT ?entry) AS ?count) WHERE {{
  ?entry a kf:ProjectEntry ; kf:document ?node . ?node dcterms:title ?label .
  OPTIONAL {{ ?entry kf:fiscalYear/kf:year ?year }}
  OPTIONAL {{ ?entry kf:startYear/kf:year ?first ; kf:endYear/kf:year ?last }}
  BIND(COALESCE(?first, ?year) AS ?from) BIND(COALESCE(?last, ?year) AS ?to)
  OPTIONAL {{ ?entry kf:plan ?plan }}
}} GROUP BY ?node ?label ?from ?to ?plan ORDER BY ?from ?node DESC(?count) ?plan
"""

FLOWS = f"""{PREFIXES}
SELECT ?earlier ?later (COUNT(DISTINCT ?old) AS ?left) (COUNT(DISTINCT ?new) AS ?arrived) WHERE {{
  ?new kf:continues ?old ; kf:document ?later . ?old kf:document ?earlier
}} GROUP BY ?earlier ?later ORDER BY ?earlier ?later
"""

LANES = {KF.Law: "laws", KF.Strategy: "strategies", KF.Plan: "plans"}
"""Class of a thing → the name of its lane, from the top."""
A_QUARTER = 0.25
"""A fiscal year begins on 1 April."""


@dataclass(frozen=True)
class Thing:
    """A law, strategy or plan: when it began (calendar years with fractions), and when its period ended."""

    link: Link
    kind: str
    start: float | None
    end: float | None = None
    when: str = ""

    @property
    def lane(self) -> str:
        """The name of the lane in which the thing stands."""
        return LANES[self.kind]


@dataclass(frozen=True)
class Step:
    """A step of descent: what kind (the property), and the idea that it led through, if one."""

    later: str
    earlier: str
    kind: Link
    via: Link | None = None


@dataclass(frozen=True)
class ProjectList:
    """A list of projects: its document, its period, its plan and its number of entries."""

    link: Link
    start: float
    end: float
    when: str
    count: int
    plan: str | None


@dataclass(frozen=True)
class Flow:
    """How many entries of a list go on (`left`), and how many entries of the next list they become."""

    earlier: str
    later: str
    left: int
    arrived: int


@dataclass(frozen=True)
class Genealogy:
    """All that the picture shows, in a stable order."""

    things: tuple[Thing, ...] = ()
    steps: tuple[Step, ...] = ()
    lists: tuple[ProjectList, ...] = ()
    flows: tuple[Flow, ...] = field(default=())


async def read_genealogy(backend: Backend, addresses: Addresses) -> Genealogy:
    """Return what the published graph says."""
    return Genealogy(
        _things(await select(backend, THINGS), addresses),
        _steps(await select(backend, STEPS), addresses),
        _lists(await select(backend, LISTS), addresses),
        tuple(
            Flow(
                row["earlier"].value,
                row["later"].value,
                int(row["left"].value),
                int(row["arrived"].value),
            )
            for row in await select(backend, FLOWS)
        ),
    )


def _things(rows: list[Row], addresses: Addresses) -> tuple[Thing, ...]:
    names = Names(rows)
    first = {row["node"].value: row for row in reversed(rows)}
    found = [_thing(names.link(address, addresses), row) for address, row in first.items()]
    return tuple(sorted(found, key=lambda thing: (thing.start or 0, thing.link.address)))


def _thing(link: Link, row: Row) -> Thing:
    kind = row["class"].value
    start, end = _year(row, "from"), _year(row, "to")
    if start is not None and end is not None and start <= end:
        return Thing(link, kind, start + A_QUARTER, end + 1 + A_QUARTER, _years(start, end))
    date = row["date"].value if "date" in row else ""
    return Thing(link, kind, _moment(date), when=date if _moment(date) is not None else "")


def _steps(rows: list[Row], addresses: Addresses) -> tuple[Step, ...]:
    kinds = Names(rows)
    ideas = Names(
        {"node": row["via"], "label": row["viaLabel"]} for row in rows if "via" in row and "viaLabel" in row
    )
    steps = {
        (row["later"].value, row["earlier"].value, row["node"].value): Step(
            row["later"].value,
            row["earlier"].value,
            kinds.link(row["node"].value, addresses),
            ideas.link(row["via"].value, addresses) if "via" in row else None,
        )
        for row in rows
    }
    return tuple(steps.values())


def _lists(rows: list[Row], addresses: Addresses) -> tuple[ProjectList, ...]:
    names = Names(rows)
    largest: dict[str, Row] = {}
    for row in rows:
        known = largest.setdefault(row["node"].value, row)
        if int(row["count"].value) > int(known["count"].value):
            largest[row["node"].value] = row
    lists: list[ProjectList] = []
    for address, row in largest.items():
        start, end = _year(row, "from"), _year(row, "to")
        if start is not None and end is not None and start <= end:
            plan = row["plan"].value if "plan" in row else None
            years = (start + A_QUARTER, end + 1 + A_QUARTER, _years(start, end))
            lists.append(ProjectList(names.link(address, addresses), *years, int(row["count"].value), plan))
    return tuple(sorted(lists, key=lambda each: (each.start, each.link.address)))


def _year(row: Row, name: str) -> int | None:
    text = row[name].value[:4] if name in row else ""
    return int(text) if text.isascii() and text.isdigit() else None


def _years(start: int, end: int) -> str:
    return f"{start}" if start == end else f"{start}–{end}"


def _moment(date: str) -> float | None:
    """Return a date (xsd:date, gYearMonth or gYear) as a number of years; a bare year is its beginning."""
    parts = date.split("-")
    if not (len(parts) <= 3 and all(part.isascii() and part.isdigit() for part in parts)):
        return None
    numbers = [int(part) for part in parts]
    month, day = [*numbers[1:], 1, 1][:2]
    return numbers[0] + (month - 1) / 12 + (day - 1) / 372
