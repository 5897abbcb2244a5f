"""What a reader wants to see of a family: steps of some types only, and only those that are sure enough."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from sparql.lineage.family import Family, Label, Step, Thing
from sparql.refusals import Reason, RefusalError

TYPES_AT_MOST = 50


@dataclass(frozen=True)
class Choice:
    """The types that are shown (all where none is chosen), and the least confidence."""

    types: tuple[str, ...] = ()
    confidence: float = 0.0

    def allows(self, step: Step) -> bool:
        """Whether a step is shown; structure, of which nobody judged, is always sure."""
        sure = step.confidence is None or step.confidence >= self.confidence
        return sure and (not self.types or type_of(step) in self.types)

    def parameters(self, family: Family) -> str:
        """The query string that leads back to just this view."""
        pairs = [("direction", family.direction.value), *(("type", name) for name in self.types)]
        return urlencode([*pairs, ("confidence", f"{self.confidence:g}")] if self.confidence else pairs)


@dataclass(frozen=True)
class Drawn:
    """A step as it is shown; a proposal has not been reviewed."""

    step: Step
    is_proposal: bool = False


@dataclass(frozen=True)
class Type:
    """A type of step that a family has: how it is called, and how many there are."""

    name: str
    label: Label
    count: int


@dataclass(frozen=True)
class View:
    """What is shown of a family: its things and steps, as far as they hang together with the start."""

    things: dict[str, Thing]
    steps: tuple[Drawn, ...]


def read_choice(parameters: QueryParams) -> Choice:
    """Return the choice in a query string; raises `RefusalError` for a confidence that is none."""
    text = parameters.get("confidence") or "0"
    try:
        confidence = float(text)
    except ValueError:
        confidence = -1.0
    if not 0 <= confidence <= 1:
        raise RefusalError(
            Reason.MALFORMED, f"{text[:40]!r} is no confidence", "Write a number from 0 to 1, such as 0.8"
        )
    types = dict.fromkeys(name for name in parameters.getlist("type") if name)
    return Choice(tuple(types)[:TYPES_AT_MOST], confidence)


def type_of(step: Step) -> str:
    """Return the type of a step; where nobody judged, it is the property that says it."""
    return step.type or step.property.rpartition("#")[2]


def types_of(family: Family) -> tuple[Type, ...]:
    """Return the types of a family, the most frequent first."""
    labels = {type_of(step): step.label for step in family.steps}
    counts = Counter(type_of(step) for step in family.steps)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Type(name, labels[name], count) for name, count in ordered)


def view_of(
    family: Family, choice: Choice, proposals: Iterable[Step] = (), others: Iterable[Thing] = ()
) -> View:
    """Return what is shown of a family, with the proposals that touch it."""
    known = {thing.address: thing for thing in others} | family.things
    chosen = [Drawn(step) for step in family.steps if choice.allows(step)]
    chosen += [
        Drawn(step, is_proposal=True)
        for step in proposals
        if choice.allows(step) and {step.earlier, step.later} & family.things.keys()
    ]
    kept = _reached(family.starts, (drawn.step for drawn in chosen))
    steps = tuple(drawn for drawn in chosen if {drawn.step.earlier, drawn.step.later} <= kept)
    return View({name: known.get(name, Thing(name)) for name in sorted(kept)}, steps)


def _reached(starts: Iterable[str], steps: Iterable[Step]) -> set[str]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for step in steps:
        near[step.later].add(step.earlier)
        near[step.earlier].add(step.later)
    found = set(starts)
    edge = set(found)
    while edge:
        edge = {name for each in edge for name in near[each]} - found
        found |= edge
    return found
