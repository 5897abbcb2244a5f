"""Visions of a plan and the indicator each is measured by: baseline and target, with their years."""

from __future__ import annotations

from dataclasses import dataclass

from graph_builder.errors import Problem, TableError
from graph_builder.identifiers import indicator_key
from graph_builder.readers.reading import IndicatorRecord, Reading, Span
from graph_builder.rows import IndicatorRow, MeasureRow, VisionRow
from graph_builder.tables.measures import decimal_text
from graph_builder.tables.passages import Passages
from graph_builder.values.quantities import Quantity, parse_quantity


@dataclass(frozen=True)
class Figure:
    """One figure of an indicator: baseline or target, as printed, with its year and its cell."""

    kind: str
    text: str
    year: int
    cell: Span


def add_visions(reading: Reading, passages: Passages) -> None:
    """Add each vision with its indicator and the indicator's two measures."""
    document = passages.document
    for number, record in enumerate(reading.indicators, 1):
        vision, key = _vision(record, number, passages), indicator_key(record.label)
        note = "\n".join(record.notes) or None
        passages.tables.add_first(
            key, IndicatorRow(document.key, document.authority, key, record.label, note)
        )
        passages.tables.add(
            vision, *(_measure(record, vision.vision, figure, passages) for figure in _figures(record))
        )


def _vision(record: IndicatorRecord, number: int, passages: Passages) -> VisionRow:
    document, heading = passages.document, record.vision
    plan = document.describes[0]
    return VisionRow(
        document=document.key,
        authority=document.authority,
        vision=f"{plan}.v{number}",
        plan=plan,
        label=heading.label.strip("「」") if heading else record.label,
        indicator=indicator_key(record.label),
        passage=passages.of(heading.span if heading else record.span),
    )


def _figures(record: IndicatorRecord) -> tuple[Figure, ...]:
    return (
        Figure("baseline", record.baseline_text, record.baseline_year, record.cells["baseline_text"]),
        Figure("target", record.target_text, record.target_year, record.cells["target_text"]),
    )


def _measure(record: IndicatorRecord, vision: str, figure: Figure, passages: Passages) -> MeasureRow:
    quantity = _quantity(figure, passages)
    return MeasureRow(
        document=passages.document.key,
        authority=passages.document.authority,
        measure=f"{vision}.{figure.kind}",
        entry=None,
        vision=vision,
        indicator=indicator_key(record.label),
        indicator_text=record.label,
        value=decimal_text(quantity.value),
        unit_text=quantity.unit_text or None,
        unit=quantity.unit,
        comparator=quantity.comparator,
        measure_kind=figure.kind,
        fiscal_year=str(figure.year),
        quote=figure.text,
        passage=passages.of(passages.locate(figure.cell, figure.text)),
    )


def _quantity(figure: Figure, passages: Passages) -> Quantity:
    quantity = parse_quantity(figure.text)
    if quantity is None:
        place = passages.document.place(figure.cell.first)
        raise TableError(Problem(place, f"「{figure.text}」 is no figure", "mend the layout of the table"))
    return quantity
