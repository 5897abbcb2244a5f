"""Curated tables: CSV files that people write and review, read strictly and with their line numbers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.errors import DeclarationError, Place, Problem


@dataclass(frozen=True)
class CuratedRow:
    """One row of a curated table: its file and line, and its values by column."""

    path: Path
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def get(self, column: str) -> str | None:
        """The value of a column; None where the cell is empty."""
        return self.values[column] or None

    def all(self, column: str) -> tuple[str, ...]:
        """The values of a column that holds several, with `|` between them."""
        return tuple(part for part in self.values[column].split("|") if part)

    def fault(self, column: str, what: str, remedy: str) -> Problem:
        """A problem with one cell of this row."""
        return Problem(Place(str(self.path), self.line, column), what, remedy)


def read_curated(path: Path, columns: Sequence[str], needed: Sequence[str]) -> list[CuratedRow]:
    """The rows of a curated table; none where there is no file.

    Raises DeclarationError for other columns than `columns`, and for an empty cell in a `needed` one.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if list(reader.fieldnames or []) != list(columns):
            what = f"the columns are {', '.join(reader.fieldnames or []) or 'missing'}"
            remedy = f"write exactly {', '.join(columns)}"
            raise DeclarationError(Problem(Place(str(path), 1), what, remedy))
        rows = [CuratedRow(path, reader.line_num, _whole(path, reader.line_num, row)) for row in reader]
    empty = [
        row.fault(column, f"the {column} is missing", "fill the cell in")
        for row in rows
        for column in needed
        if not row[column].strip()
    ]
    if empty:
        raise DeclarationError(*empty)
    return rows


def _whole(path: Path, line: int, row: dict[str, str]) -> dict[str, str]:
    if None in row or None in row.values():
        what = "the row has more or fewer cells than the table has columns"
        raise DeclarationError(Problem(Place(str(path), line), what, "quote a cell that holds a comma"))
    return row


def refuse(problems: Sequence[Problem]) -> None:
    """Raise DeclarationError with all problems, if there are any."""
    if problems:
        raise DeclarationError(*problems)
