"""The fiscal years that anything in the tables speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from graph_builder.rows import TABLES, FiscalYearRow
from graph_builder.tables.collection import Tables
from graph_builder.values.years import label_en, label_ja

YEAR_COLUMNS = ("fiscal_year", "start_year", "end_year", "after_year", "before_year")


def add_fiscal_years(tables: Tables) -> None:
    """Add each fiscal year once, with its labels in both calendars."""
    for year in sorted(set(_years(tables))):
        tables.add(FiscalYearRow("reference", "jp", str(year), str(year + 1), label_ja(year), label_en(year)))


def _years(tables: Tables) -> Iterator[int]:
    for kind in TABLES.values():
        for row in tables.of(kind):
            yield from (int(year) for column in YEAR_COLUMNS if (year := getattr(row, column, None)))
