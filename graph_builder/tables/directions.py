"""Directions of a plan's scheme, each with what it stands under."""

from __future__ import annotations

from graph_builder.identifiers import direction_key
from graph_builder.readers.reading import DirectionRecord
from graph_builder.rows import DirectionRow
from graph_builder.tables.passages import Passages


def add_direction(record: DirectionRecord, passages: Passages) -> str:
    """Add a direction and all it stands under; its key."""
    broader = add_direction(record.broader, passages) if record.broader else None
    key = direction_key(record)
    passages.tables.add(
        DirectionRow(
            document=passages.document.key,
            authority=passages.document.authority,
            direction=key,
            scheme=record.scheme,
            notation=record.notation,
            label=record.label,
            note=record.note,
            broader=broader,
            passage=passages.of(record.span) if record.span else None,
        )
    )
    return key


def full_label(record: DirectionRecord) -> str:
    """Notation and label as a reader would write them: 「1(1) 職員の意識改革と行動変容」."""
    if not record.notation or record.notation == record.label:
        return record.label
    return f"{record.notation} {record.label}"
