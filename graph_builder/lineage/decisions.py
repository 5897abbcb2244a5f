"""Reviewed decisions about the descent of projects: each row names and quotes both ends, and wins.

`projects.csv` decides about rows of the lists, `umbrellas.csv` about the projects that rows are printed
under. A decision is checked against the tables: a name, division or quote that is not there stops the build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Problem
from graph_builder.lineage.links import is_confidence
from graph_builder.rows.projects import EntryRow
from graph_builder.tables.quotes import Quotes
from graph_builder.values.text import compared

ACCEPT, REJECT = "accept", "reject"
LINK_TYPES = ("same", "renamed", "successor", "split", "merged", "component")
SIDES = ("earlier_", "later_")
_END = ("document", "first_line", "last_line", "name", "division", "quote")
COLUMNS = (
    "decision",
    "link_type",
    "confidence",
    *(f"{side}{column}" for side in SIDES for column in _END),
    "reason",
)
_NEEDED = tuple(column for column in COLUMNS if not column.endswith("_division"))


@dataclass(frozen=True)
class Decision:
    """A reviewed pair of rows: whether the later one continues the earlier one, how, and why."""

    earlier: EntryRow
    later: EntryRow
    earlier_name: str
    later_name: str
    is_accepted: bool
    link_type: str
    confidence: str
    reason: str


def read_decisions(path: Path, entries: Sequence[EntryRow], quotes: Quotes) -> list[Decision]:
    """The decisions of one table on documents of this build; raises DeclarationError for a faulty row.

    In `projects.csv` a name is that of the row; in `umbrellas.csv` that of the project it is printed under.
    """
    rows = read_curated(path, COLUMNS, _NEEDED)
    rows = [row for row in rows if all(quotes.knows(row[f"{side}document"]) for side in SIDES)]
    known = _by_place(entries)
    refuse([problem for row in rows for problem in _problems(row, known, quotes)])
    refuse(_repeated(rows))
    return [_decision(row, known) for row in rows]


_Place = tuple[str, str, str]


def _by_place(entries: Sequence[EntryRow]) -> Mapping[_Place, list[EntryRow]]:
    """Entries by document, lines: several stand in one line of an outcome table."""
    known: dict[_Place, list[EntryRow]] = {}
    for entry in entries:
        known.setdefault((entry.document, entry.start_line, entry.end_line), []).append(entry)
    return known


def _found(row: CuratedRow, side: str, known: Mapping[_Place, list[EntryRow]]) -> EntryRow | None:
    at = known.get((row[f"{side}document"], row[f"{side}first_line"], row[f"{side}last_line"]), [])
    name = compared(row[f"{side}name"])
    return next((entry for entry in at if name in _names(entry)), None)


def _names(entry: EntryRow) -> set[str]:
    return {compared(name) for name in (entry.name, entry.umbrella_name) if name}


def _problems(row: CuratedRow, known: Mapping[_Place, list[EntryRow]], quotes: Quotes) -> Iterator[Problem]:
    if row["decision"] not in (ACCEPT, REJECT):
        yield row.fault("decision", "it is none", f"write {ACCEPT} or {REJECT}")
    if row["link_type"] not in LINK_TYPES:
        yield row.fault("link_type", "it is none", f"use {', '.join(LINK_TYPES)}")
    if not is_confidence(row["confidence"]):
        yield row.fault("confidence", "it is no number from 0 to 1", "mend it")
    if row["earlier_document"] == row["later_document"]:
        yield row.fault("later_document", "both rows stand in one list", "use kf:repeats: it is no descent")
    for side in SIDES:
        if problem := _misplaced(row, side, known) or quotes.problem(row, side):
            yield problem


def _misplaced(row: CuratedRow, side: str, known: Mapping[_Place, list[EntryRow]]) -> Problem | None:
    entry = _found(row, side, known)
    if entry is None:
        what = f"no row at these lines is called 「{row[f'{side}name']}」"
        return row.fault(f"{side}name", what, "mend document, lines or name")
    if (printed := row[f"{side}division"]) != division(entry):
        what = f"「{printed}」 is not responsible, but 「{division(entry)}」"
        return row.fault(f"{side}division", what, "copy the units of the row")
    return None


def division(entry: EntryRow) -> str:
    """The units that answer for a row, as a decision quotes them: department, bureau, divisions."""
    return "・".join(part for part in (entry.department, entry.bureau, entry.divisions) if part)


def _repeated(rows: Sequence[CuratedRow]) -> list[Problem]:
    ends = [tuple(row[f"{side}{column}"] for side in SIDES for column in _END[:4]) for row in rows]
    return [
        row.fault("decision", "the pair is decided twice", "keep one row of the two")
        for row, pair in zip(rows, ends, strict=True)
        if ends.count(pair) > 1
    ]


def _decision(row: CuratedRow, known: Mapping[_Place, list[EntryRow]]) -> Decision:
    earlier, later = (_found(row, side, known) for side in SIDES)
    if earlier is None or later is None:  # _problems has refused such a row
        raise AssertionError(row)
    return Decision(
        earlier=earlier,
        later=later,
        earlier_name=row["earlier_name"],
        later_name=row["later_name"],
        is_accepted=row["decision"] == ACCEPT,
        link_type=row["link_type"],
        confidence=row["confidence"],
        reason=row["reason"],
    )
