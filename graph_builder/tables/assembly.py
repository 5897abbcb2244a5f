"""All readings become one collection of tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_builder.documents import Document
from graph_builder.lineage.descent import add_project_lineage
from graph_builder.lineage.indicators import join_indicators
from graph_builder.lineage.instruments import add_instrument_links
from graph_builder.readers.reading import Reading
from graph_builder.tables.alignments import add_alignments
from graph_builder.tables.collection import Tables
from graph_builder.tables.entries import add_entries
from graph_builder.tables.events import add_events
from graph_builder.tables.fiscal_years import add_fiscal_years
from graph_builder.tables.governments import add_curated_governments
from graph_builder.tables.indicators import add_visions
from graph_builder.tables.instruments import add_bodies, add_instruments
from graph_builder.tables.organizations import Organizations
from graph_builder.tables.passages import Passages
from graph_builder.tables.plans import add_document, add_observations, add_plans
from graph_builder.tables.prose import add_corrections, add_prose
from graph_builder.tables.quotes import Quotes
from graph_builder.tables.topics import add_stated_visions, add_topics


def tidy(extracts: Sequence[tuple[Document, Reading]], mappings: Path) -> Tables:
    """The tidy tables of all documents; below `mappings` stand the curated tables."""
    tables = Tables()
    reference = mappings / "reference"
    organizations = Organizations(reference, tables)
    passages_of = {document.key: Passages(document, tables) for document, _ in extracts}
    add_curated_governments(reference, tables)
    for document, reading in extracts:
        passages = passages_of[document.key]
        organizations.government(document.authority, document.publisher)
        add_document(document, tables)
        add_plans(reading, passages)
        add_prose(reading, passages)
        add_entries(reading.entries, passages, organizations)
        add_observations(reading, passages)
        add_visions(reading, passages)
        add_topics(reading, passages)
        add_corrections(reading, passages)
    quotes = Quotes(passages_of)
    add_instruments(reference, tables)
    add_bodies(reference, tables)
    add_stated_visions(reference, quotes, tables)
    add_events(reference, quotes, tables)
    add_instrument_links(mappings / "lineage", quotes, tables)
    add_project_lineage(mappings / "lineage", quotes, tables)
    join_indicators(mappings / "lineage", quotes, tables)
    add_alignments(reference.parent / "alignments", tables)
    add_fiscal_years(tables)
    return tables
