"""Addresses that ended, as `moved.csv` of a document lists them: where a thing is now, or why nowhere."""

from __future__ import annotations

import re
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Problem
from graph_builder.rows.lineage import MovedRow, RetiredRow
from graph_builder.tables.collection import Tables

COLUMNS = ("thing", "now", "reason")
THING = re.compile(r"id/[a-z0-9._-]+(?:/[a-z0-9._-]+)*")


def add_moves(folder: Path, document: str, authority: str, tables: Tables) -> None:
    """Add the rows of `moved.csv`; a row whose `now` is empty is an address without a successor.

    Both are addresses relative to the base. Raises DeclarationError for one that is no address of ours.
    """
    rows = read_curated(folder / "moved.csv", COLUMNS, ("thing", "reason"))
    refuse([problem for row in rows if (problem := _misspelled(row))])
    for row in rows:
        if now := row.get("now"):
            tables.add(MovedRow(document, authority, row["thing"], now))
        else:
            tables.add(RetiredRow(document, authority, row["thing"], row["reason"]))


def _misspelled(row: CuratedRow) -> Problem | None:
    for column in ("thing", "now"):
        if row[column] and not THING.fullmatch(row[column]):
            what = f"{row[column]!r} is no address of a thing"
            return row.fault(column, what, "write it relative to the base: id/070009/project/…")
    return (
        row.fault("now", "the thing moved to itself", "name where it is now")
        if row["thing"] == row["now"]
        else None
    )
