"""Measures: the figures of a target text, each on the fewest lines that print it."""

from __future__ import annotations

from decimal import Decimal

from graph_builder.identifiers import indicator_key
from graph_builder.readers.reading import EntryRecord
from graph_builder.rows import IndicatorRow, MeasureRow
from graph_builder.tables.passages import Passages
from graph_builder.values.measures import MeasureContext, MeasureRecord, find_measures


def add_measures(entry: EntryRecord, key: str, passages: Passages) -> None:
    """Add every figure of an entry's target; its evidence is the part of the cell that prints it."""
    if not entry.target_text:
        return
    cell = entry.cells.get("target_text", entry.span)
    # A list whose title names one year means that year by its targets; lookups.toml says so.
    year = passages.document.lookups.get("targets", {}).get("fiscal_year")
    context = MeasureContext(fiscal_year=year, summary=entry.summary or "")
    for number, measure in enumerate(find_measures(entry.target_text, context), 1):
        passage = passages.of(passages.locate(cell, measure.quote))
        passages.tables.add(
            MeasureRow(
                document=passages.document.key,
                authority=passages.document.authority,
                measure=f"{key}.m{number}",
                entry=key,
                vision=None,
                indicator=_add_indicator(measure, passages),
                indicator_text=measure.indicator_text or None,
                value=decimal_text(measure.value),
                unit_text=measure.unit_text or None,
                unit=measure.unit,
                comparator=measure.comparator,
                measure_kind=measure.measure_kind,
                fiscal_year=str(measure.fiscal_year) if measure.fiscal_year else None,
                quote=measure.quote,
                passage=passage,
            )
        )


def _add_indicator(measure: MeasureRecord, passages: Passages) -> str | None:
    if not measure.indicator_text:
        return None
    key, document = indicator_key(measure.indicator_text), passages.document
    # Equal words in another width are the same indicator.
    row = IndicatorRow(document.key, document.authority, key, measure.indicator_text, None)
    passages.tables.add_first(key, row)
    return key


def decimal_text(value: Decimal) -> str:
    """The digits of a value without an exponent, as xsd:decimal wants them."""
    return format(value, "f")
