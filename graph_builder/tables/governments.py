"""Governments: the curated ones with their official codes, and those that only a document names."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.identifiers import identifier_key
from graph_builder.rows import GovernmentRow
from graph_builder.rows.organizations import IdentifierRow
from graph_builder.tables.collection import Tables

NATION = "jp"
FILES = ("governments.csv", "municipalities.csv")


@dataclass(frozen=True)
class Government:
    """A row of a curated table; the reading in kana is known of municipalities."""

    name: str
    name_en: str | None
    kana: str | None


def read_governments(reference: Path) -> dict[str, Government]:
    """The curated governments by their six-digit codes; raises DeclarationError."""
    rows = [row for name in FILES for row in _rows(reference / name)]
    _refuse([problem for place, row in rows for problem in _problems(place, row)])
    codes = Counter(row["authority"] for _, row in rows)
    _refuse(
        [
            Problem(place, f"the government {row['authority']} stands twice", "keep one row")
            for place, row in rows
            if codes[row["authority"]] > 1
        ]
    )
    return {
        row["authority"]: Government(row["name"], row["name_en"] or None, row.get("kana") or None)
        for _, row in rows
    }


def add_curated_governments(reference: Path, tables: Tables) -> None:
    """Add every curated government and its codes, whether or not a document speaks of it."""
    governments = read_governments(reference)
    tables.add(*(government_row(authority, each) for authority, each in governments.items()))
    tables.add(*_identifiers(reference, governments))


def government_row(authority: str, government: Government) -> GovernmentRow:
    """The row of a government."""
    code = None if authority == NATION else authority
    return GovernmentRow("reference", authority, government.name, government.name_en, government.kana, code)


def _identifiers(reference: Path, governments: Mapping[str, Government]) -> Iterator[IdentifierRow]:
    for place, row in _rows(reference / "identifiers.csv"):
        if row["authority"] not in governments or not all(row.values()):
            remedy = "name a curated government, and give kind, notation, agency and reason"
            raise DeclarationError(Problem(place, f"the code {row} is not complete", remedy))
        key = identifier_key(row["notation"])
        yield IdentifierRow("reference", row["authority"], key, row["kind"], row["notation"], row["agency"])


def _problems(place: Place, row: Mapping[str, str]) -> Iterator[Problem]:
    if not is_government_code(row["authority"]):
        yield Problem(place, f"{row['authority']!r} is no local government code", "mend its six digits")
    if not (row["name"] and row["reason"]):
        yield Problem(place, "the row has no name or no reason", "give both")


def is_government_code(code: str) -> bool:
    """Whether the sixth digit follows from the first five: 11 less their weighted sum modulo 11.

    The nation has no such code; its authority is `jp`.
    """
    if code == NATION:
        return True
    if len(code) != 6 or not code.isdigit():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(range(6, 1, -1), code, strict=False))
    return (11 - total % 11) % 10 == int(code[5])


def _rows(path: Path) -> Iterator[tuple[Place, dict[str, str]]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield Place(str(path), reader.line_num), row


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise DeclarationError(*problems)
