"""The departments and divisions that end the rows, found by the names that lookups.toml declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph_builder.readers.wrapped.chain import Tail
from graph_builder.readers.wrapped.pieces import Piece

MOST_LINES_OF_A_NAME = 6
WITHOUT_DIVISION = 2.0


def tails_of(
    pieces: Sequence[Piece],
    departments: Mapping[str, frozenset[str]],
    aside: frozenset[int],
    numbers: frozenset[int] = frozenset(),
) -> list[Tail]:
    """Every place where a declared department stands on lines of its own, with the divisions after it.

    What stands `aside` is passed over; `numbers`, which may be page numbers, only amid a name.
    """
    names = _Names(pieces, aside, numbers)
    tails = []
    for at in range(len(pieces)):
        if at not in aside and (found := names.longest(at, departments.keys())):
            end, department = found
            end, divisions = names.all_from(end, departments[department])
            strain = 0.0 if divisions or not departments[department] else WITHOUT_DIVISION
            tails.append(Tail(at, end, department, divisions, strain))
    return tails


@dataclass(frozen=True)
class _Names:
    """Names that consecutive lines spell."""

    pieces: Sequence[Piece]
    aside: frozenset[int]
    numbers: frozenset[int]

    def longest(self, at: int, names: Collection[str]) -> tuple[int, str] | None:
        """The longest of `names` that the lines from `at` on spell, and where it ends."""
        text, best, lines = "", None, 0
        while at < len(self.pieces) and lines < MOST_LINES_OF_A_NAME:
            if at not in self.aside and not (text and at in self.numbers):
                text += self.pieces[at].bare
                lines += 1
                if text in names:
                    best = (at + 1, text)
                elif not any(name.startswith(text) for name in names):
                    break
            at += 1
        return best

    def all_from(self, at: int, names: Collection[str]) -> tuple[int, tuple[str, ...]]:
        """Where the names end that the lines from `at` on spell one after the other, and the names."""
        found: list[str] = []
        end = at
        while True:
            while at < len(self.pieces) and at in self.aside:
                at += 1
            match = self.longest(at, names)
            if match is None:
                return end, tuple(found)
            at = end = match[0]
            found.append(match[1])
