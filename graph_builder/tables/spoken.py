"""Of the curated laws, strategies, plans and bodies only those that the documents of this build speak of.

A build of one document, or of another government's documents, must not hold what nothing in it proves.
"""

from __future__ import annotations

from dataclasses import replace

from graph_builder.identifiers import relative_iri
from graph_builder.rows.alignments import AlignmentRow
from graph_builder.rows.instruments import (
    BodyRow,
    EventEvidenceRow,
    EventRow,
    InstrumentIssuerRow,
    InstrumentRow,
    ThingEvidenceRow,
    ThingNameRow,
)
from graph_builder.rows.mentions import MentionRow
from graph_builder.tables.collection import Tables


def keep_what_is_spoken_of(tables: Tables) -> None:
    """Let every passage that names a thing be its evidence, and leave out the things that none names."""
    curated = {row.thing for row in tables.of(InstrumentRow)} | {row.thing for row in tables.of(BodyRow)}
    for row in tables.of(MentionRow):
        if row.thing in curated:
            passage = relative_iri(row.authority, "passage", row.passage)
            tables.add(ThingEvidenceRow(row.document, row.authority, row.thing, passage))
    silent = curated - {row.thing for row in tables.of(ThingEvidenceRow)}
    _drop(silent, tables)


def _drop(silent: set[str], tables: Tables) -> None:
    tables.keep(InstrumentRow, lambda row: row.thing not in silent)
    issuers = {row.issuer for row in tables.of(InstrumentIssuerRow) if row.thing not in silent}
    needed = issuers | {row.part_of for row in tables.of(BodyRow) if row.thing not in silent | issuers}
    gone = silent - needed
    tables.keep(BodyRow, lambda row: row.thing not in gone)
    tables.change(InstrumentRow, lambda row: replace(row, part_of=None) if row.part_of in gone else row)
    tables.keep(InstrumentIssuerRow, lambda row: row.thing not in silent)
    tables.keep(ThingNameRow, lambda row: row.thing not in gone)
    tables.keep(AlignmentRow, lambda row: row.subject not in gone)
    events = {row.event for row in tables.of(EventRow) if row.thing not in gone}
    tables.keep(EventRow, lambda row: row.event in events)
    tables.keep(EventEvidenceRow, lambda row: row.event in events)
