"""Instruments (laws, strategies, plans), the bodies that issue them, and what happened to them.

Things are named by their IRIs relative to the base, because they are of many kinds and authorities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class InstrumentRow(Row):
    """A law, strategy or plan of the curated table; `kind` is a concept of the scheme instrument-kind."""

    thing: str
    class_name: str
    kind: str
    label: str
    label_en: str | None
    law_number: str | None
    law_id: str | None
    part_of: str | None
    note: str


@dataclass(frozen=True)
class InstrumentIssuerRow(Row):
    """A body or government that made an instrument."""

    thing: str
    issuer: str


@dataclass(frozen=True)
class BodyRow(Row):
    """An organisation that is no unit of a government; `kind` is a concept of the scheme body-kind."""

    thing: str
    kind: str
    label: str
    label_en: str | None
    part_of: str | None
    homepage: str | None
    note: str


@dataclass(frozen=True)
class ThingNameRow(Row):
    """Another name by which texts call a thing."""

    thing: str
    name: str


@dataclass(frozen=True)
class ThingEvidenceRow(Row):
    """A passage that speaks of a thing."""

    thing: str
    passage: str


@dataclass(frozen=True)
class EventRow(Row):
    """What happened to a thing, its date as precise as it is printed; the other three are absent."""

    event: str
    thing: str
    event_type: str
    date: str | None
    month: str | None
    year: str | None
    fiscal_year: str | None
    label: str | None = None


@dataclass(frozen=True)
class EventEvidenceRow(Row):
    """A passage that tells an event, and how it prints the date."""

    event: str
    passage: str
    date_text: str | None


TABLES: Mapping[str, type[Row]] = {
    "instruments": InstrumentRow,
    "instrument_issuers": InstrumentIssuerRow,
    "bodies": BodyRow,
    "thing_names": ThingNameRow,
    "thing_evidence": ThingEvidenceRow,
    "events": EventRow,
    "event_evidence": EventEvidenceRow,
}
