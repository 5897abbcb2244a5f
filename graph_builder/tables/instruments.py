"""Laws, strategies, plans and bodies of the curated tables; the texts' own plans are added elsewhere."""

from __future__ import annotations

from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.errors import Problem
from graph_builder.identifiers import relative_iri
from graph_builder.rows.instruments import BodyRow, InstrumentIssuerRow, InstrumentRow
from graph_builder.tables.collection import Tables

CLASSES = {"law": "Law", "strategy": "Strategy", "plan": "Plan"}
INSTRUMENT_COLUMNS = (
    "authority",
    "kind",
    "key",
    "instrument_kind",
    "label",
    "label_en",
    "law_number",
    "law_id",
    "issuers",
    "part_of",
    "reason",
)
BODY_COLUMNS = ("authority", "key", "kind", "label", "label_en", "part_of", "homepage", "reason")


def add_instruments(reference: Path, tables: Tables) -> None:
    """Add the instruments of `instruments.csv`; raises DeclarationError for a kind that is none."""
    needed = ("authority", "kind", "key", "instrument_kind", "label", "reason")
    rows = read_curated(reference / "instruments.csv", INSTRUMENT_COLUMNS, needed)
    kinds = ", ".join(CLASSES)
    unknown = [row for row in rows if row["kind"] not in CLASSES]
    refuse([row.fault("kind", "the kind is none", f"use {kinds}") for row in unknown])
    refuse(_twice(rows, "kind"))
    for row in rows:
        thing = relative_iri(row["authority"], row["kind"], row["key"])
        tables.add(_instrument(row, thing))
        for issuer in row.all("issuers"):
            tables.add(InstrumentIssuerRow("reference", row["authority"], thing, issuer))


def _instrument(row: CuratedRow, thing: str) -> InstrumentRow:
    return InstrumentRow(
        document="reference",
        authority=row["authority"],
        thing=thing,
        class_name=CLASSES[row["kind"]],
        kind=row["instrument_kind"],
        label=row["label"],
        label_en=row.get("label_en"),
        law_number=row.get("law_number"),
        law_id=row.get("law_id"),
        part_of=row.get("part_of"),
        note=row["reason"],
    )


def add_bodies(reference: Path, tables: Tables) -> None:
    """Add the bodies of `bodies.csv`; raises DeclarationError for a malformed table."""
    needed = ("authority", "key", "kind", "label", "reason")
    rows = read_curated(reference / "bodies.csv", BODY_COLUMNS, needed)
    refuse(_twice(rows))
    for row in rows:
        tables.add(
            BodyRow(
                document="reference",
                authority=row["authority"],
                thing=relative_iri(row["authority"], "body", row["key"]),
                kind=row["kind"],
                label=row["label"],
                label_en=row.get("label_en"),
                part_of=row.get("part_of"),
                homepage=row.get("homepage"),
                note=row["reason"],
            )
        )


def _twice(rows: list[CuratedRow], *more: str) -> list[Problem]:
    keys = [tuple(row[column] for column in ("authority", *more, "key")) for row in rows]
    return [
        row.fault("key", f"the key {row['key']} stands twice", "give each thing one row")
        for row, key in zip(rows, keys, strict=True)
        if keys.count(key) > 1
    ]
