"""The plans that have a list of projects, and which of them a reader means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph_builder.errors import CallError, Place, Problem
from sparql.asking import Row, prologue, select
from sparql.backends import Backend
from sparql.lineage.family import Label
from sparql.parameters import kinds
from sparql.resolution import candidates, matching

YEAR = re.compile(r"[0-9]{4}")
LISTS = f"""{prologue("kf")}
SELECT ?plan ?year (COUNT(DISTINCT ?entry) AS ?count) WHERE {{
  ?entry a kf:ProjectEntry ; kf:plan ?plan .
  OPTIONAL {{ ?entry (kf:fiscalYear|kf:startYear|kf:endYear)/kf:year ?own }}
  OPTIONAL {{ ?plan (kf:startYear|kf:endYear)/kf:year ?years }}
  BIND(COALESCE(?own, ?years) AS ?year)
}} GROUP BY ?plan ?year ORDER BY ?plan ?year
"""
LABELS = f"""{prologue("kf", "skos")}
SELECT ?plan ?label WHERE {{ ?plan a kf:Plan ; skos:prefLabel ?label }} ORDER BY ?plan ?label
"""
CARRIED_OUT = f"""{prologue("kf")}
SELECT ?plan ?list WHERE {{ ?list kf:implements ?plan . ?plan a kf:Plan }} ORDER BY ?plan ?list
"""


@dataclass(frozen=True)
class PlanList:
    """The list of projects of a plan: for which years it was made, and how many entries it has."""

    plan: str
    label: Label
    first: int
    last: int
    count: int

    @property
    def key(self) -> str:
        """The last part of the plan's address, which names it in links."""
        return self.plan.rpartition("/")[2]

    @property
    def years(self) -> str:
        """The years: 2015–2018, or 2022."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


async def read_lists(backend: Backend) -> tuple[PlanList, ...]:
    """Return the plans with a list, the oldest first."""
    labels = labels_of(await select(backend, LABELS), "plan")
    found: dict[str, PlanList] = {}
    for row in await select(backend, LISTS):
        plan, count = row["plan"].value, int(row["count"].value)
        year = int(row["year"].value) if "year" in row else 0
        known = found.get(plan, PlanList(plan, labels.get(plan, Label()), year, year, count))
        found[plan] = replace(known, last=max(known.last, year), count=max(known.count, count))
    return tuple(sorted(found.values(), key=lambda each: (each.first, each.count, each.plan)))


def labels_of(rows: Iterable[Row], variable: str) -> dict[str, Label]:
    """Return the names of things; one without a language serves as Japanese, which the documents are in."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if "label" in row:
            found[row[variable].value].setdefault(row["label"].language or "ja", row["label"].text)
    return {name: Label(known.get("ja", ""), known.get("en", "")) for name, known in found.items()}


async def find_list(backend: Backend, lists: Iterable[PlanList], text: str, field: str) -> PlanList:
    """Return the list that a name, an address or a year means; raises `CallError`.

    Of the lists of one year the longest is meant; a plan without a list is known by the one that carries it
    out, as an action plan does.
    """
    known = {each.plan: each for each in lists}
    if YEAR.fullmatch(text):
        found = [each for each in known.values() if each.first <= int(text) <= each.last]
        if found:
            return max(found, key=lambda each: each.count)
    plans = matching(text, await candidates(backend, kinds()["plan"]))
    meant = [plan.address for plan in plans if plan.address in known]
    if not meant:
        wanted = {plan.address for plan in plans}
        rows = await select(backend, CARRIED_OUT)
        meant = [row["list"].value for row in rows if row["plan"].value in wanted]
        meant = [plan for plan in meant if plan in known]
    if len(meant) == 1:
        return known[meant[0]]
    listed = ", ".join(f"{each.key} ({each.years})" for each in known.values())
    what = f"{text!r} names no plan with a list of projects"
    raise CallError(Problem(Place(field), what, f"Give one of: {listed}" if listed else "There is none yet"))
