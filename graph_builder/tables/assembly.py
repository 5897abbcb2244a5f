"""All readings become one collection of tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_builder.documents import Document
from graph_builder.readers.reading import Reading
from graph_builder.tables.collection import Tables
from graph_builder.tables.entries import add_entries
from graph_builder.tables.fiscal_years import add_fiscal_years
from graph_builder.tables.indicators import add_visions
from graph_builder.tables.mentions import add_mentions
from graph_builder.tables.organizations import Organizations
from graph_builder.tables.passages import Passages
from graph_builder.tables.plans import add_document, add_observations, add_plans
from graph_builder.tables.prose import add_corrections, add_prose


def tidy(extracts: Sequence[tuple[Document, Reading]], reference: Path) -> Tables:
    """The tidy tables of all documents; `reference` is the folder of the curated tables."""
    tables = Tables()
    organizations = Organizations(reference, tables)
    for document, reading in extracts:
        passages = Passages(document, tables)
        organizations.government(document.authority, document.publisher)
        add_document(document, tables)
        add_plans(reading, passages)
        add_prose(reading, passages)
        add_entries(reading.entries, passages, organizations)
        add_observations(reading, passages)
        add_visions(reading, passages)
        add_corrections(reading, passages)
    add_mentions(extracts, tables, reference)
    add_fiscal_years(tables)
    return tables
