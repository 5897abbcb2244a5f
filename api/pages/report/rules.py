"""The rules that the report is about: the checks of the service's folder and the shapes of the graph."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.pages.report.results import Text
from api.site import Site
from graph_builder.namespaces import CHECK, SHAPE
from graph_builder.reports.checks import Check, read_checks
from graph_builder.reports.results import RANK, Severity
from sparql.asking import Row, prologue, select

SHAPES = f"""{prologue("sh", "kf")}
SELECT ?node ?severity ?message ?remedy WHERE {{
  ?node a sh:PropertyShape ; sh:severity ?severity ; sh:message ?message ; kf:remedy ?remedy .
  FILTER (LANG(?message) = LANG(?remedy))
}}
"""


@dataclass(frozen=True)
class RuleText:
    """What a rule says: its severity, its sentences with places in braces; a check has title and query."""

    iri: str
    severity: Severity
    message: Text
    remedy: Text
    title: Text | None = None
    query: str | None = None

    @property
    def name(self) -> str:
        """What follows /report/rules/: `check/era-year` or `shape/measure.value`."""
        if self.iri.startswith(CHECK.address):
            return "check/" + self.iri.removeprefix(CHECK.address)
        return "shape/" + self.iri.removeprefix(SHAPE.address)


async def rules(site: Site) -> dict[str, RuleText]:
    """Return IRI → rule: what weighs most first, then by name."""
    shapes: defaultdict[str, list[Row]] = defaultdict(list)
    for row in await select(site.pages, SHAPES):
        shapes[row["node"].value].append(row)
    found = [_shape(iri, rows) for iri, rows in shapes.items() if iri.startswith(SHAPE.address)]
    found += [_check(check) for check in _checks(site.folders.checks)]
    found.sort(key=lambda rule: (RANK[rule.severity], rule.name))
    return {rule.iri: rule for rule in found}


def titles(site: Site) -> dict[str, Text]:
    """Return IRI → title, of the checks; shapes have none."""
    return {check.rule.iri: Text(check.title.ja, check.title.en) for check in _checks(site.folders.checks)}


@cache
def _checks(folder: Path) -> tuple[Check, ...]:
    return tuple(read_checks(folder))


def _check(check: Check) -> RuleText:
    rule = check.rule
    message, remedy = Text(rule.message.ja, rule.message.en), Text(rule.remedy.ja, rule.remedy.en)
    return RuleText(
        rule.iri, rule.severity, message, remedy, Text(check.title.ja, check.title.en), check.query
    )


def _shape(iri: str, rows: list[Row]) -> RuleText:
    def said(name: str) -> Text:
        texts = {row[name].language: row[name].text for row in rows}
        return Text(texts.get("ja", ""), texts.get("en", ""))

    severity = Severity(rows[0]["severity"].value.rpartition("#")[2])
    return RuleText(iri, severity, said("message"), said("remedy"))
