"""Responsible units of one cell: department, bureau, divisions, as often as they stand there.

The words of the cell are departments and bureaux that lookups.toml declares, and divisions that it declares
or that end as divisions do. A wrapped cell has spaces inside a name, a narrow one lacks them between names:
of all readings, the one that respects most of the printed spaces is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph_builder.readers.reading import ResponsibleRecord
from graph_builder.values.text import compared

LONGEST_NAME = 30
"""Characters of the longest name of a unit that is looked for."""

DEPARTMENT, BUREAU, DIVISION = "department", "bureau", "division"
_SEPARATOR = re.compile(r"[\s、，,／/]+")
_BRACKET_AT_END = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True)
class _Unit:
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Offices:
    """The units of a government as lookups.toml declares them; names in compared form."""

    departments: frozenset[str]
    bureaux: frozenset[str]
    divisions: frozenset[str]
    division_endings: tuple[str, ...]

    @classmethod
    def declared(cls, lookups: Mapping[str, Iterable[str]]) -> Offices:
        """The units of `departments`, `bureaux`, `divisions` and `division_endings`."""
        names = {
            key: [compared(name) for name in lookups.get(key, ())]
            for key in ("departments", "bureaux", "divisions", "division_endings")
        }
        return cls(
            frozenset(names["departments"]),
            frozenset(names["bureaux"]),
            frozenset(names["divisions"]),
            tuple(names["division_endings"]),
        )

    def read(self, text: str) -> tuple[ResponsibleRecord, ...] | None:
        """The units of a cell in printed order; None where the cell is anything else."""
        words = words_of(text)
        joined = "".join(words)
        ends: set[int] = set()
        for word in words:
            ends.add(max(ends, default=0) + len(word))
        best = _Readings(self, joined, frozenset(ends | {0})).best(0, None)
        return tuple(_records(joined, best[1])) if best else None

    def is_department(self, name: str) -> bool:
        """Whether a name is a declared department."""
        return compared(name) in self.departments

    def is_division(self, name: str) -> bool:
        """Whether a name is a declared division, or ends as one does and is no department (会計課)."""
        key = compared(name)
        bare = _BRACKET_AT_END.sub("", key)
        ends_so = len(bare) > 1 and bare.endswith(self.division_endings)
        return key in self.divisions or (ends_so and key not in self.departments)

    def begins_with_unit(self, name: str) -> bool:
        """Whether a name that is not declared itself begins with a declared department or bureau."""
        key = compared(name)
        return key not in self.divisions and any(
            key.startswith(unit) and key != unit for unit in self.departments | self.bureaux
        )


def words_of(text: str) -> list[str]:
    """The words of a cell of responsible units: white space, commas and strokes separate them."""
    return [word for word in _SEPARATOR.split(text.strip()) if word]


class _Readings:
    """All readings of one cell; `best` finds the cheapest one from a place on."""

    def __init__(self, offices: Offices, text: str, breaks: frozenset[int]) -> None:
        self._offices = offices
        self._text = text
        self._breaks = breaks
        self._found: dict[tuple[int, str | None], tuple[int, tuple[_Unit, ...]] | None] = {}

    def best(self, start: int, before: str | None) -> tuple[int, tuple[_Unit, ...]] | None:
        """Cost and units of the best reading of the text from `start`, behind a unit of kind `before`."""
        if start == len(self._text):
            return (0, ()) if before else None
        key = (start, before)
        if key not in self._found:
            self._found[key] = min(self._from(start, before), key=lambda reading: reading[0], default=None)
        return self._found[key]

    def _from(self, start: int, before: str | None) -> Iterator[tuple[int, tuple[_Unit, ...]]]:
        for end in range(start + 1, min(len(self._text), start + LONGEST_NAME) + 1):
            torn = 2 * sum(start < place < end for place in self._breaks)
            for kind, cost in self._kinds(self._text[start:end], before):
                # A declared name may touch the next one; where any other ends, a space is expected.
                grown = 0 if end in self._breaks else (3 if kind == DIVISION else 1)
                rest = self.best(end, kind)
                if rest is not None:
                    yield cost + torn + grown + rest[0], (_Unit(kind, start, end), *rest[1])

    def _kinds(self, name: str, before: str | None) -> Iterator[tuple[str, int]]:
        """What a name can be behind a unit of a kind, and at what cost."""
        is_department = self._offices.is_department(name)
        if is_department:
            # Right behind a department, a name that is both is rather its division.
            yield DEPARTMENT, int(before in (DEPARTMENT, BUREAU))
        if before is None:
            return
        if compared(name) in self._offices.bureaux and before != BUREAU:
            yield BUREAU, 0
        if self._offices.is_division(name):
            swallows = self._offices.begins_with_unit(name)
            yield DIVISION, int(is_department and before == DIVISION) + 3 * swallows


def _records(text: str, units: Iterable[_Unit]) -> Iterator[ResponsibleRecord]:
    department, bureau, waiting = "", None, False
    for unit in units:
        name = text[unit.start : unit.end]
        if unit.kind != DIVISION and waiting and not (unit.kind == BUREAU and bureau is None):
            yield ResponsibleRecord(department, bureau)
        if unit.kind == DEPARTMENT:
            department, bureau, waiting = name, None, True
        elif unit.kind == BUREAU:
            bureau, waiting = name, True
        else:
            yield ResponsibleRecord(department, bureau, name)
            waiting = False
    if waiting:
        yield ResponsibleRecord(department, bureau)
