"""Series of figures: what several documents measure in other words is one indicator.

`indicators.csv` says which words mean the same, each found again at a figure. Figures that cannot be
compared are left apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.identifiers import indicator_key
from graph_builder.rows.documents import PassageRow
from graph_builder.rows.plans import VisionRow
from graph_builder.rows.projects import IndicatorRow, MeasureRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.quotes import QUOTE_COLUMNS, Quotes

COLUMNS = ("indicator", "label", "label_en", "indicator_text", *QUOTE_COLUMNS, "reason")


def join_indicators(lineage: Path, quotes: Quotes, tables: Tables) -> None:
    """Let the figures of a series share an indicator; raises DeclarationError for a row without a figure."""
    rows = read_curated(lineage / "indicators.csv", COLUMNS, [name for name in COLUMNS if name != "label_en"])
    rows = [row for row in rows if quotes.knows(row["document"])]
    refuse([problem for row in rows if (problem := quotes.problem(row))])
    read = _read(tables)
    what, remedy = "no figure with this indicator is read there", "copy text and lines of a figure"
    refuse([row.fault("indicator_text", what, remedy) for row in rows if not _is_read(row, read)])
    _share({indicator_key(row["indicator_text"]): row for row in rows}, tables)


_Read = Mapping[tuple[str, str], list[tuple[int, int]]]


def _read(tables: Tables) -> _Read:
    """Document and indicator → the lines of its figures."""
    lines = {row.passage: (int(row.start_line), int(row.end_line)) for row in tables.of(PassageRow)}
    read: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in tables.of(MeasureRow):
        read.setdefault((row.document, row.indicator or ""), []).append(lines[row.passage])
    return read


def _is_read(row: CuratedRow, read: _Read) -> bool:
    first, last = int(row["first_line"]), int(row["last_line"])
    figures = read.get((row["document"], indicator_key(row["indicator_text"])), [])
    return any(first <= start and end <= last for start, end in figures)


def _share(series: Mapping[str, CuratedRow], tables: Tables) -> None:
    now = {old: row["indicator"] for old, row in series.items()}
    tables.change(MeasureRow, lambda row: replace(row, indicator=now.get(row.indicator or "", row.indicator)))
    tables.change(VisionRow, lambda row: replace(row, indicator=now.get(row.indicator or "", row.indicator)))
    tables.change(IndicatorRow, lambda row: _renamed(row, series))


def _renamed(row: IndicatorRow, series: Mapping[str, CuratedRow]) -> IndicatorRow:
    found = series.get(row.indicator)
    if found is None:
        return row
    return replace(row, indicator=found["indicator"], label=found["label"], label_en=found.get("label_en"))
