"""What a name means at its place: itself, what the text has named before, or one of several things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_builder.mentions.finding import Occurrence
from graph_builder.mentions.names import Name
from graph_builder.mentions.words import Anaphor
from graph_builder.values.text import compared


@dataclass(frozen=True)
class Antecedent:
    """Something that the text has named: where, what it may be, and the names by which it is known."""

    scope: str
    things: tuple[str, ...]
    names: tuple[str, ...]


class Resolver:
    """Goes through one document in its order and remembers what it has named."""

    def __init__(self, names: Sequence[Name], described: Sequence[str] = ()) -> None:
        """`described`: the plans that the document describes."""
        self._described = tuple(described)
        self._names: dict[str, tuple[str, ...]] = {}
        for name in names:
            self._names[name.thing] = (*self._names.get(name.thing, ()), compared(name.name))
        self._history: list[Antecedent] = []
        self._named_at: dict[str, int] = {}

    def resolve(self, occurrence: Occurrence, word: str, scope: str) -> tuple[str, ...]:
        """The one thing that is meant; several or none where that is open. `scope` is the section."""
        if occurrence.anaphor:
            things = self._goes_back_to(occurrence.anaphor, scope)
        else:
            things = self._nearest(occurrence.things)
            self._remember(things, word, scope, is_plain=len(occurrence.things) == 1)
        return things

    def _nearest(self, things: tuple[str, ...]) -> tuple[str, ...]:
        """Of several things the one that was named last by a name of its own, if any was."""
        named = [thing for thing in things if thing in self._named_at]
        if len(things) < 2 or not named:
            return things
        return (max(named, key=lambda thing: self._named_at[thing]),)

    def _remember(self, things: tuple[str, ...], word: str, scope: str, *, is_plain: bool) -> None:
        if is_plain:
            self._named_at[things[0]] = len(self._history)
        names = (word, *(name for thing in things for name in self._names.get(thing, ())))
        self._history.append(Antecedent(scope, things, names))

    def _goes_back_to(self, anaphor: Anaphor, scope: str) -> tuple[str, ...]:
        if anaphor.is_own:
            return self._own(anaphor)
        for antecedent in reversed(self._history):
            if anaphor.within == "section" and antecedent.scope != scope:
                break
            if any(name.endswith(anaphor.endings) for name in antecedent.names):
                return antecedent.things
        return ()

    def _own(self, anaphor: Anaphor) -> tuple[str, ...]:
        fitting = [
            plan
            for plan in self._described
            if any(name.endswith(anaphor.endings) for name in self._names.get(plan, ()))
        ]
        return tuple(fitting) if len(fitting) == 1 else self._described
