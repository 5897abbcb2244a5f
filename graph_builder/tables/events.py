"""Events of laws, strategies, plans and bodies: curated by reading, each dated by the print it quotes."""

from __future__ import annotations

from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Problem
from graph_builder.identifiers import event_key
from graph_builder.rows.instruments import EventEvidenceRow, EventRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.quotes import QUOTE_COLUMNS, Quotes
from graph_builder.values.text import compared
from graph_builder.values.years import Moment, Precision, parse_year

COLUMNS = ("thing", "type", "date_printed", *QUOTE_COLUMNS, "note")


def add_events(reference: Path, quotes: Quotes, tables: Tables) -> None:
    """Add the events that `events.csv` finds in the documents of this build.

    One event told in several places is one event with several passages. Raises DeclarationError for a
    quote that is not printed at its lines, or a date that its quote does not hold.
    """
    needed = ("thing", "type", *QUOTE_COLUMNS)
    rows = read_curated(reference / "events.csv", COLUMNS, needed)
    rows = [row for row in rows if quotes.knows(row["document"])]
    refuse([problem for row in rows if (problem := quotes.problem(row) or _undated(row))])
    dated = {(row["thing"], row["type"]): _moment(row) for row in reversed(rows) if row["date_printed"]}
    for row in rows:
        _add_event(row, _moment(row) or dated.get((row["thing"], row["type"])), quotes, tables)


def _undated(row: CuratedRow) -> Problem | None:
    printed = row["date_printed"]
    if not printed or (compared(printed) in compared(row["quote"]) and _moment(row)):
        return None
    return row.fault("date_printed", f"the quote prints no date 「{printed}」", "copy it from the quote")


def _moment(row: CuratedRow) -> Moment | None:
    found = parse_year(row["date_printed"])
    return found.first if found else None


def _add_event(row: CuratedRow, moment: Moment | None, quotes: Quotes, tables: Tables) -> None:
    authority = row["thing"].split("/")[1]
    key = event_key(row["thing"], row["type"], moment.iso if moment else None)
    at = {moment.precision: moment.iso} if moment else {}
    tables.add(
        EventRow(
            document="reference",
            authority=authority,
            event=key,
            thing=row["thing"],
            event_type=row["type"],
            date=at.get(Precision.DAY),
            month=at.get(Precision.MONTH),
            year=at.get(Precision.YEAR),
            fiscal_year=at.get(Precision.FISCAL_YEAR),
        ),
        EventEvidenceRow("reference", authority, key, quotes.passage(row), row.get("date_printed")),
    )
