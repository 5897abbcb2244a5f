"""Governments: the curated ones with their official codes, and those that only a document names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Problem
from graph_builder.identifiers import identifier_key
from graph_builder.rows import GovernmentRow
from graph_builder.rows.organizations import IdentifierRow
from graph_builder.tables.collection import Tables

NATION = "jp"
COLUMNS = {
    "governments.csv": ("authority", "name", "name_en", "code_scheme", "reason"),
    "municipalities.csv": ("authority", "name", "name_en", "kana", "reason"),
}
"""File → its columns."""
IDENTIFIERS = "identifiers.csv"
IDENTIFIER_COLUMNS = ("authority", "kind", "notation", "agency", "reason")


@dataclass(frozen=True)
class Government:
    """A row of a curated table; the reading in kana is known of municipalities."""

    name: str
    name_en: str | None
    kana: str | None


def read_governments(reference: Path) -> dict[str, Government]:
    """The curated governments by their six-digit codes; raises DeclarationError."""
    rows = [
        row
        for name, columns in COLUMNS.items()
        for row in read_curated(reference / name, columns, ("authority", "name", "reason"))
    ]
    codes = Counter(row["authority"] for row in rows)
    refuse([problem for row in rows for problem in _problems(row, codes)])
    return {row["authority"]: _government(row) for row in rows}


def add_curated_governments(reference: Path, tables: Tables) -> None:
    """Add every curated government and its codes, whether or not a document speaks of it."""
    governments = read_governments(reference)
    tables.add(*(government_row(authority, each) for authority, each in governments.items()))
    tables.add(*_identifiers(reference, governments))


def government_row(authority: str, government: Government) -> GovernmentRow:
    """The row of a government."""
    code = None if authority == NATION else authority
    return GovernmentRow("reference", authority, government.name, government.name_en, government.kana, code)


def _government(row: CuratedRow) -> Government:
    return Government(row["name"], row.get("name_en"), row.values.get("kana") or None)


def _identifiers(reference: Path, governments: Mapping[str, Government]) -> Iterator[IdentifierRow]:
    rows = read_curated(reference / IDENTIFIERS, IDENTIFIER_COLUMNS, IDENTIFIER_COLUMNS)
    what = "the code is that of no curated government"
    unknown = [row for row in rows if row["authority"] not in governments]
    refuse([row.fault("authority", what, f"name one of {' or '.join(COLUMNS)}") for row in unknown])
    for row in rows:
        key = identifier_key(row["notation"])
        yield IdentifierRow("reference", row["authority"], key, row["kind"], row["notation"], row["agency"])


def _problems(row: CuratedRow, codes: Mapping[str, int]) -> Iterator[Problem]:
    code = row["authority"]
    if not is_government_code(code):
        yield row.fault("authority", f"{code!r} is no local government code", "mend its six digits")
    if codes[code] > 1:
        yield row.fault("authority", f"the government {code} stands twice", "keep one row")


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
