"""What documents said of one thing, side by side: each column is compared with the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from api.pages.entity.columns import Cell, Record
from api.pages.links import Link
from sparql.asking import Term

WORD = re.compile(r"[一-龥々]+|[ぁ-ん]+|[ァ-ヴーｱ-ﾝﾞﾟ]+|[A-Za-z]+|[0-9０-９]+|\s+|.", re.DOTALL)
"""A run of one script: a change is marked by runs, not by letters."""
ALIKE = 0.4
"""Texts less alike than this share nothing that marks would help to see."""
LONGEST = 4000
"""Characters; longer texts are not compared run by run."""

Mark = Literal["same", "added", "dropped"]


@dataclass(frozen=True)
class Piece:
    """A part of a text or a linked thing, and whether it is new or gone since the column before."""

    mark: Mark
    cell: Cell


@dataclass(frozen=True)
class Version:
    """One cell: its pieces, and whether it says something else than the cell before it."""

    pieces: tuple[Piece, ...]
    is_changed: bool = False


@dataclass(frozen=True)
class Comparison:
    """A table with a column for each record and a row for each property that any of them has."""

    columns: tuple[Record, ...]
    rows: tuple[tuple[str, tuple[Version, ...]], ...]


def compared(found: Sequence[Record], names: Sequence[str]) -> Comparison:
    """Return the records side by side, with the rows in the order of `names`."""
    rows = []
    for name in names:
        cells = [record[name] for record in found]
        if any(cells):
            before: list[tuple[Cell, ...]] = [(), *cells[:-1]]
            rows.append((name, tuple(_version(old, new) for old, new in zip(before, cells, strict=True))))
    return Comparison(tuple(found), tuple(rows))


def _version(old: tuple[Cell, ...], new: tuple[Cell, ...]) -> Version:
    if not old or _same(old, new):
        return Version(tuple(Piece("same", cell) for cell in new))
    if len(old) == len(new) == 1 and isinstance(old[0], Term) and isinstance(new[0], Term):
        return Version(tuple(_pieces(old[0], new[0])), is_changed=True)
    known = {_identity(cell) for cell in old}
    kept = {_identity(cell) for cell in new}
    pieces = [Piece("same" if _identity(cell) in known else "added", cell) for cell in new]
    pieces += [Piece("dropped", cell) for cell in old if _identity(cell) not in kept]
    return Version(tuple(pieces), is_changed=True)


def _pieces(old: Term, new: Term) -> list[Piece]:
    """Return the new text in pieces, and what is gone where it stood."""
    if len(old.text) + len(new.text) > LONGEST:
        return [Piece("added", new)]
    before, after = WORD.findall(old.text), WORD.findall(new.text)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Piece("added", new), Piece("dropped", old)]
    pieces: list[Piece] = []
    for operation, first, last, start, end in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", _part(new, after[start:end])))
            continue
        pieces += [Piece("dropped", _part(old, before[first:last]))] * (last > first)
        pieces += [Piece("added", _part(new, after[start:end]))] * (end > start)
    return pieces


def _part(whole: Term, runs: Sequence[str]) -> Term:
    return Term("".join(runs), is_address=False, language=whole.language)


def _same(old: tuple[Cell, ...], new: tuple[Cell, ...]) -> bool:
    return {_identity(cell) for cell in old} == {_identity(cell) for cell in new}


def _identity(cell: Cell) -> str:
    if isinstance(cell, Term):
        return "".join(cell.text.split())
    return cell.address if isinstance(cell, Link) else cell.href
