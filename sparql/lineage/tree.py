"""Family → trees that can be read: each thing is unfolded once, and what is left out is marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sparql.lineage.family import Family, Step, Thing


class Mark(Enum):
    """Why a branch ends here although more is known."""

    NONE = ""
    SHOWN = "shown above"
    CYCLE = "a cycle"
    FAR = "more beyond"


@dataclass(frozen=True)
class Branch:
    """A thing, the step that led to it, and what lies beyond it."""

    thing: Thing
    step: Step
    mark: Mark
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Root:
    """A thing to start from, with its ancestors and its descendants."""

    thing: Thing
    ancestors: tuple[Branch, ...]
    descendants: tuple[Branch, ...]


def roots(family: Family) -> tuple[Root, ...]:
    """Return the trees of a family: the thing itself first, then entries of it that are not yet shown.

    An entry that an earlier tree has shown is shown again only where it has branches of its own left.
    """
    shown: set[Step] = set()
    up, down = _Side(family, family.up, shown, is_up=True), _Side(family, family.down, shown, is_up=False)
    found: list[Root] = []
    for start in family.starts:
        is_new = start not in up.shown | down.shown
        if found and not is_new and not up.has_more(start) and not down.has_more(start):
            continue
        found.append(Root(family.things[start], up.unfold(start), down.unfold(start)))
    return tuple(found)


class _Side:
    """One direction of a family, and what of it has been shown."""

    def __init__(self, family: Family, steps: Iterable[Step], shown: set[Step], *, is_up: bool) -> None:
        self._family = family
        self._is_up = is_up
        self._steps: defaultdict[str, list[Step]] = defaultdict(list)
        self.shown: set[str] = set()
        self._shown_steps = shown
        self._unfolded: set[str] = set()
        for step in steps:
            self._steps[step.later if is_up else step.earlier].append(step)

    def has_more(self, name: str) -> bool:
        """Whether a thing has steps that no tree has shown, from whichever end."""
        return any(step not in self._shown_steps for step in self._steps[name])

    def unfold(self, name: str, path: tuple[str, ...] = ()) -> tuple[Branch, ...]:
        """Return the branches of a thing; a thing that was unfolded before gets none again."""
        self.shown.add(name)
        self._unfolded.add(name)
        return tuple(self._branch(step, (*path, name)) for step in self._steps[name])

    def _branch(self, step: Step, path: tuple[str, ...]) -> Branch:
        name = step.earlier if self._is_up else step.later
        self._shown_steps.add(step)
        self.shown.add(name)
        thing = self._family.things[name]
        if name in path:
            return Branch(thing, step, Mark.CYCLE, ())
        if name in self._unfolded:
            return Branch(thing, step, Mark.SHOWN if self._steps[name] else Mark.NONE, ())
        if len(path) >= self._family.limits.depth:
            return Branch(thing, step, Mark.FAR if self._steps[name] else Mark.NONE, ())
        return Branch(thing, step, Mark.NONE, self.unfold(name, path))
