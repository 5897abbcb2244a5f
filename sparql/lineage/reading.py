"""Graph → family: the closure of descent in each direction, put together and cut to its limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph_builder.namespaces import KF
from sparql.asking import Row, Term, ask, select
from sparql.backends import Backend
from sparql.lineage.closures import DOWN, ENTRIES, FOLLOWED_DOWN, IS_KNOWN, ROWS_AT_MOST, UP, Closure
from sparql.lineage.family import USUAL_LIMITS, Direction, Family, Label, Limits, PassageRef, Step, Thing

GENERAL_CLASSES = (KF.Instrument,)
"""Classes that say less than another one that the same thing has."""


@dataclass(frozen=True)
class Side:
    """What one direction found, before it is cut to the limits."""

    steps: tuple[Step, ...] = ()
    things: dict[str, Thing] = field(default_factory=dict)
    is_cut: bool = False


async def read_family(
    backend: Backend, address: str, direction: Direction = Direction.BOTH, limits: Limits = USUAL_LIMITS
) -> Family | None:
    """Return the family of the thing at an address; None where the graph does not know it."""
    if not await ask(backend, IS_KNOWN, thing=address):
        return None
    entries = [row["entry"].value for row in await select(backend, ENTRIES, thing=address)]
    starts = tuple(dict.fromkeys((address, *entries)))
    up = await _side(backend, UP, address) if direction is not Direction.DOWN else Side()
    down = await _side(backend, DOWN, address) if direction is not Direction.UP else Side()
    kept = _within(starts, up.steps, limits) | _within(starts, down.steps, limits)
    kept = set(sorted(kept, key=lambda name: (name not in starts, name))[: limits.things])
    kept_up, kept_down = (
        tuple(step for step in side.steps if {step.later, step.earlier} <= kept) for side in (up, down)
    )
    is_cut = up.is_cut or down.is_cut or (len(kept_up), len(kept_down)) != (len(up.steps), len(down.steps))
    known = {**down.things, **up.things}
    things = {name: known.get(name, Thing(name)) for name in sorted(kept)}
    starts = tuple(start for start in starts if start in kept)
    return Family(address, direction, limits, starts, things, kept_up, kept_down, is_cut)


def _within(starts: Iterable[str], steps: Iterable[Step], limits: Limits) -> set[str]:
    """Return what can be reached in as many steps as the limit allows, the nearest things first."""
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for step in steps:
        neighbours[step.later].add(step.earlier)
        neighbours[step.earlier].add(step.later)
    found = dict.fromkeys(starts)
    edge = list(found)
    for _ in range(limits.depth):
        edge = sorted({name for near in edge for name in neighbours[near]} - found.keys())
        found |= dict.fromkeys(edge[: max(0, limits.things - len(found))])
    return set(found)


async def _side(backend: Backend, closure: Closure, address: str) -> Side:
    rows = await _rows(backend, closure.steps, address)
    links = await _links(backend, closure, address)
    things = await _things(backend, closure, address)
    labels = _labels(rows, "property")
    steps: list[Step] = []
    for row in rows:
        later, earlier, name = row["later"].value, row["earlier"].value, row["property"].value
        own = things[later].evidence if later in things else ()
        plain = Step(later, earlier, name, labels[name], evidence=own)
        steps += links.get((later, earlier, name)) or [plain]
    return Side(tuple(dict.fromkeys(steps)), things, len(rows) >= ROWS_AT_MOST)


async def _rows(backend: Backend, text: str, address: str) -> list[Row]:
    """Return the rows about what was found; a thing of which nothing is said makes a row without the end."""
    rows = await select(backend, text, thing=address)
    return [row for row in rows if row.keys() & {"label", "document", "year"}]


async def _links(backend: Backend, closure: Closure, address: str) -> dict[tuple[str, str, str], list[Step]]:
    """Return the accepted judgements by what they are about: later thing, earlier thing, property."""
    rows = await _rows(backend, closure.links, address)
    labels = _labels(rows, "link")
    bases = await _rows(backend, closure.bases, address)
    names = _labels(bases, "basis")
    places = _places(await _rows(backend, closure.link_places, address))
    found: defaultdict[tuple[str, str, str], dict[str, Step]] = defaultdict(dict)
    for row in rows:
        link, kind = row["link"].value, row["type"].value
        later, earlier, name = row["later"].value, row["earlier"].value, _property(kind)
        own = dict.fromkeys(base["basis"].value for base in bases if base["link"].value == link)
        found[later, earlier, name][link] = Step(
            later,
            earlier,
            name,
            labels[link],
            type=kind,
            link=link,
            confidence=float(row["confidence"].value),
            bases=tuple((basis, names[basis]) for basis in own),
            article=_text(row, "article"),
            reason=_text(row, "reason"),
            evidence=places.get(link, ()),
        )
    return {about: list(steps.values()) for about, steps in found.items()}


async def _things(backend: Backend, closure: Closure, address: str) -> dict[str, Thing]:
    names = _labels(await _rows(backend, closure.names, address), "node")
    rows = await _rows(backend, closure.classes, address)
    classes = {
        row["node"].value: row["class"].value
        for row in sorted(rows, key=lambda row: row["class"].value not in GENERAL_CLASSES)
    }
    class_names = _labels(rows, "class")
    years = _gathered(await _rows(backend, closure.years, address), "year")
    places = _places(await _rows(backend, closure.thing_places, address))
    return {
        node: Thing(
            node,
            names.get(node, Label()),
            classes.get(node, ""),
            class_names.get(classes.get(node, ""), Label()),
            tuple(int(year.value) for year in years.get(node, ())),
            places.get(node, ()),
        )
        for node in names.keys() | classes.keys()
    }


def _property(kind: str) -> str:
    """Return the property that a type of link stands for; those of projects stand for kf:continues."""
    first, *rest = kind.split("-")
    name = first + "".join(part.capitalize() for part in rest)
    return KF[name] if name in FOLLOWED_DOWN else KF.continues


def _labels(rows: Iterable[Row], variable: str) -> dict[str, Label]:
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        texts[row[variable].value].setdefault(row["label"].language, row["label"].value)
    return {
        name: Label(found.get("ja", found.get("", "")), found.get("en", "")) for name, found in texts.items()
    }


def _places(rows: Iterable[Row]) -> dict[str, tuple[PassageRef, ...]]:
    places: defaultdict[str, dict[PassageRef, None]] = defaultdict(dict)
    for row in rows:
        document = row["document"].value
        first, last = int(row["first"].value), int(row["last"].value)
        places[row["node"].value][PassageRef(document, first, last, row["passage"].value)] = None
    return {node: tuple(sorted(found)) for node, found in places.items()}


def _gathered(rows: Iterable[Row], variable: str) -> dict[str, list[Term]]:
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for row in rows:
        found[row["node"].value].append(row[variable])
    return found


def _text(row: Row, variable: str) -> str:
    return row[variable].value if variable in row else ""
