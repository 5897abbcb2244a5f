"""What the page of a lineage shows: the picture, the steps as a table, and the queries that found them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.addresses import Addresses
from api.pages.genealogy.fitting import fit
from api.pages.lineage.choosing import Choice, Type, View, types_of, view_of
from api.pages.lineage.placing import Picture, draw
from sparql.asking import Row, prologue, select
from sparql.backends import Backend
from sparql.lineage.closures import DOWN, UP
from sparql.lineage.family import Direction, Family, Label, Step, Thing
from sparql.spelling import spelled_out

LETTERS, ROOM = 13, 170
"""Pixels: the size of the letters in a box, and the length of its two lines."""
PREFIXES = prologue("kf", "skos", "dcterms", "status")
DATES = f"""{PREFIXES}
SELECT ?node (MIN(SUBSTR(STR(?date), 1, 4)) AS ?year) WHERE {{
  ?node a kf:Instrument ; kf:event ?event .
  {{ ?event dcterms:date ?date }} UNION {{ ?event kf:fiscalYear/kf:year ?date }}
}} GROUP BY ?node ORDER BY ?node
"""
PROPOSALS = f"""{PREFIXES}
SELECT ?link ?earlier ?earlierLabel ?later ?laterLabel ?type ?label ?confidence WHERE {{
  ?link kf:status status:proposed ; kf:from ?earlier ; kf:to ?later ; kf:confidence ?confidence ;
        kf:linkType ?concept .
  ?concept skos:notation ?type ; skos:prefLabel ?label FILTER(LANG(?label) = "ja")
  OPTIONAL {{ ?earlier skos:prefLabel ?earlierLabel FILTER(LANG(?earlierLabel) = "ja") }}
  OPTIONAL {{ ?later skos:prefLabel ?laterLabel FILTER(LANG(?laterLabel) = "ja") }}
}} ORDER BY ?link LIMIT 1000
"""


@dataclass(frozen=True)
class LineagePage:
    """All that the page of a lineage shows."""

    family: Family
    choice: Choice
    view: View
    types: tuple[Type, ...]
    picture: Picture
    queries: tuple[tuple[str, str], ...]
    link: Callable[[str], str | None]

    @property
    def thing(self) -> Thing:
        """The thing whose lineage this is."""
        return self.family.things[self.family.address]

    def lines(self, name: str) -> tuple[str, ...]:
        """A name in the two lines that a box has room for."""
        return fit(name, LETTERS, ROOM, 2)


async def lineage_page(backend: Backend, addresses: Addresses, family: Family, choice: Choice) -> LineagePage:
    """Return the page of a family as a reader chose to see it."""
    years = {row["node"].value: int(row["year"].value) for row in await select(backend, DATES)}
    rows = await select(backend, PROPOSALS)
    ends = [Thing(row[end].value, _label(row, f"{end}Label")) for row in rows for end in ("earlier", "later")]
    view = view_of(family, choice, [_proposal(row) for row in rows], ends)
    return LineagePage(
        family,
        choice,
        view,
        types_of(family),
        draw(view, years, family.starts),
        _queries(family),
        addresses.link,
    )


def _queries(family: Family) -> tuple[tuple[str, str], ...]:
    """Return the queries of the steps, by the direction in which they look."""
    asked = {Direction.UP: UP.steps, Direction.DOWN: DOWN.steps}
    bound = (("thing", family.address),)
    return tuple(
        (direction.value, spelled_out(text, bound))
        for direction, text in asked.items()
        if family.direction in {direction, Direction.BOTH}
    )


def _proposal(row: Row) -> Step:
    return Step(
        later=row["later"].value,
        earlier=row["earlier"].value,
        property="",
        label=Label(row["label"].text),
        type=row["type"].value,
        link=row["link"].value,
        confidence=float(row["confidence"].value),
    )


def _label(row: Row, variable: str) -> Label:
    return Label(row[variable].text) if variable in row else Label()
