"""The outline of a document: its headings and directions, each at the line where it is printed first."""

from __future__ import annotations

from dataclasses import dataclass

from sparql.asking import Row, Term, prologue, select
from sparql.backends import Backend

HEADINGS = f"""{prologue("kf", "skos", "dcterms")}
SELECT ?document ?node ?label ?notation ?level (MIN(?line) AS ?first) WHERE {{
  {{ ?node a kf:Section ; kf:level ?level }} UNION {{ ?node a kf:Direction }}
  ?node skos:prefLabel ?label ; kf:evidence ?passage .
  ?passage dcterms:isPartOf ?document ; kf:startLine ?line .
  OPTIONAL {{ ?node skos:notation ?notation }}
}}
GROUP BY ?document ?node ?label ?notation ?level
"""

HIGH = 2
"""Headings down to this level begin a page where one is due."""


@dataclass(frozen=True)
class Heading:
    """A heading: its line, its label, its notation, and its level; a direction of a list has no level."""

    line: int
    label: Term
    notation: str
    level: int | None

    @property
    def is_high(self) -> bool:
        """Whether a page may begin with it."""
        return self.level is None or self.level <= HIGH


async def outline(backend: Backend, document: str) -> tuple[Heading, ...]:
    """Return the headings of a document by line; a direction that is a heading too is one heading."""
    rows = await select(backend, HEADINGS, document=document)
    found: dict[int, Heading] = {}
    for heading in sorted(map(_heading, rows), key=_order):
        found.setdefault(heading.line, heading)
    return tuple(found.values())


def _heading(row: Row) -> Heading:
    return Heading(
        int(row["first"].value),
        row["label"],
        row["notation"].text if "notation" in row else "",
        int(row["level"].value) if "level" in row else None,
    )


def _order(heading: Heading) -> tuple[int, bool, int, str]:
    return heading.line, heading.level is None, heading.level or 0, heading.label.value
