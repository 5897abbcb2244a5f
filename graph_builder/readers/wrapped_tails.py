"""The departments and divisions that end the rows, found by the names that lookups.toml declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph_builder.readers.wrapped_chain import Tail
from graph_builder.readers.wrapped_pieces import Piece

MOST_LINES_OF_A_NAME = 6
WITHOUT_DIVISION = 2.0


def tails_of(
    pieces: Sequence[Piece], departments: Mapping[str, frozenset[str]], aside: frozenset[int]
) -> list[Tail]:
    """Every place where a declared department stands on lines of its own, with the divisions after it."""
    tails = []
    for at in range(len(pieces)):
        if at not in aside and (found := _longest(pieces, at, departments, aside)):
            end, department = found
            end, divisions = _divisions(pieces, end, departments[department], aside)
            strain = 0.0 if divisions or not departments[department] else WITHOUT_DIVISION
            tails.append(Tail(at, end, department, divisions, strain))
    return tails


def _longest(
    pieces: Sequence[Piece], at: int, names: Mapping[str, object] | frozenset[str], aside: frozenset[int]
) -> tuple[int, str] | None:
    """The longest of `names` that the lines from `at` on spell, and where it ends."""
    text, best, lines = "", None, 0
    while at < len(pieces) and lines < MOST_LINES_OF_A_NAME:
        if at not in aside:
            text += pieces[at].bare
            lines += 1
            if text in names:
                best = (at + 1, text)
            elif not any(name.startswith(text) for name in names):
                break
        at += 1
    return best


def _divisions(
    pieces: Sequence[Piece], at: int, names: frozenset[str], aside: frozenset[int]
) -> tuple[int, tuple[str, ...]]:
    found: list[str] = []
    end = at
    while True:
        while at < len(pieces) and at in aside:
            at += 1
        match = _longest(pieces, at, names, aside)
        if match is None:
            return end, tuple(found)
        at = end = match[0]
        found.append(match[1])
