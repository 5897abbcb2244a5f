"""The Japanese eras, read from mappings/reference/eras.csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.folders import Folders

COLUMNS = ["name", "kanji", "letter", "first_year", "first_day", "last_day"]


@dataclass(frozen=True)
class Era:
    """One era: its year 1 is the calendar year `first_year`; `last_day` is None for the present one."""

    name: str
    kanji: str
    letter: str
    first_year: int
    first_day: date
    last_day: date | None

    def year(self, number: int) -> int:
        """The calendar year of the era's year `number` (元年 is 1), also past the era's end."""
        return self.first_year + number - 1


Eras = tuple[Era, ...]


def read_eras(path: Path) -> Eras:
    """The eras of a table, oldest first; raises DeclarationError for a missing file, column or value."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != COLUMNS:
                problem = Problem(
                    Place(str(path), 1),
                    f"the columns are {reader.fieldnames}",
                    f"name them {','.join(COLUMNS)}",
                )
                raise DeclarationError(problem)
            eras = [_era(row, Place(str(path), reader.line_num)) for row in reader]
    except FileNotFoundError as error:
        problem = Problem(Place(str(path)), "the table of eras is missing", "restore it")
        raise DeclarationError(problem) from error
    return tuple(sorted(eras, key=lambda era: era.first_day))


@cache
def japanese_eras() -> Eras:
    """The eras of the repository's own table."""
    return read_eras(Folders().mappings / "reference" / "eras.csv")


def _era(row: dict[str, str], place: Place) -> Era:
    try:
        return Era(
            name=row["name"],
            kanji=row["kanji"],
            letter=row["letter"],
            first_year=int(row["first_year"]),
            first_day=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        )
    except (TypeError, ValueError) as error:
        problem = Problem(
            place, f"the era {row} cannot be read", "give the year as a number, days as ISO dates"
        )
        raise DeclarationError(problem) from error
