"""The home page: what this is, the genealogy at a glance, and the ways in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.addresses import Addresses
from api.language import Language
from api.pages.behind import behind
from api.pages.genealogy.drawing import Picture, chosen, draw
from api.pages.genealogy.reading import (
    FLOWS,
    LISTS,
    STEPS,
    THINGS,
    Genealogy,
    Step,
    Thing,
    read_genealogy,
)
from api.pages.links import Link
from graph_builder.folders import Folders
from sparql.asking import prologue, select
from sparql.backends import Backend
from sparql.library import read_question

FIRST_QUESTION = read_question(Folders.questions / "figures-of-a-year.rq")


@dataclass(frozen=True)
class Count:
    """A class and how many things it has."""

    link: Link
    count: int


@dataclass(frozen=True)
class Row:
    """A row of the table that says what the picture shows: a thing and what it comes from."""

    thing: Thing
    steps: tuple[tuple[Step, Link], ...]


@dataclass(frozen=True)
class HomePage:
    """All that the home page shows: `counts`, and the queries behind them, by the path of a list."""

    counts: Mapping[str, int]
    queries: Mapping[str, str]
    genealogy: Genealogy
    picture: Picture | None
    rows: tuple[Row, ...]

    @property
    def behind_picture(self) -> Mapping[str, str]:
        """Where the queries behind the picture can be run."""
        queries = {"things": THINGS, "steps": STEPS, "lists": LISTS, "flows": FLOWS}
        return {name: behind(query) for name, query in queries.items()}


async def home_page(backend: Backend, addresses: Addresses, language: Language) -> HomePage:
    """Return what the published graph holds."""
    genealogy = await read_genealogy(backend, addresses)
    found = {row["list"].value: int(row["count"].value) for row in await select(backend, _counts())}
    counts = {name: found.get(name, 0) for name in _entrances()}
    return HomePage(counts, _queries(), genealogy, draw(genealogy, language), _rows(genealogy))


def _rows(genealogy: Genealogy) -> tuple[Row, ...]:
    things, steps = chosen(genealogy)
    links = {thing.link.address: thing.link for thing in things}
    return tuple(
        Row(
            thing,
            tuple((step, links[step.earlier]) for step in steps if step.later == thing.link.address),
        )
        for thing in things
    )


@cache
def _entrances() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("entrances.toml").read_text("utf-8"))


@cache
def _queries() -> Mapping[str, str]:
    """Return where the query behind each count can be run."""
    head = prologue("kf", "org", "skos")
    counting = "SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE"
    return {name: behind(f"{head}{counting} {{ {pattern} }}") for name, pattern in _entrances().items()}


@cache
def _counts() -> str:
    """Return the one query that counts what every list holds."""
    parts = " UNION ".join(
        f'{{ SELECT ("{name}" AS ?list) (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ {pattern} }} }}'
        for name, pattern in _entrances().items()
    )
    return f"{prologue('kf', 'org', 'skos')}SELECT ?list ?count WHERE {{ {parts} }}"
