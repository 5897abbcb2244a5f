"""Files that declare something, read strictly: TOML, and corrections.csv."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_builder.errors import DeclarationError, Place, Problem

CORRECTION_KINDS = frozenset({"ocr", "layout", "typo"})
CORRECTION_COLUMNS = ["line", "printed", "corrected", "kind", "reason"]


@dataclass(frozen=True)
class Correction:
    """A fault of one line and its mending, with a reason; never a change of fact."""

    line: int
    printed: str
    corrected: str
    kind: str
    reason: str


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file; raises DeclarationError that names the line."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        problem = Problem(Place(str(path)), "the file is missing", "write it; CONTRIBUTING.md shows one")
        raise DeclarationError(problem) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(Problem(Place(str(path)), str(error), "mend the TOML there")) from error


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The rows of corrections.csv; raises DeclarationError for an unknown column, kind or line."""
    path = folder / "corrections.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != CORRECTION_COLUMNS:
            problem = Problem(Place(str(path), 1), f"the columns are {reader.fieldnames}",
                              f"name them {','.join(CORRECTION_COLUMNS)}")  # fmt: skip
            raise DeclarationError(problem)
        return tuple(_correction(row, Place(str(path), reader.line_num)) for row in reader)


def _correction(row: dict[str, str], place: Place) -> Correction:
    if row["kind"] not in CORRECTION_KINDS or not row["line"].isdigit() or not row["reason"]:
        remedy = f"give a line number, a kind of {sorted(CORRECTION_KINDS)} and a reason"
        raise DeclarationError(Problem(place, f"the correction {row} is not complete", remedy))
    return Correction(int(row["line"]), row["printed"], row["corrected"], row["kind"], row["reason"])
