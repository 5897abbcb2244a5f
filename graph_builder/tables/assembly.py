"""All readings become one collection of tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_builder.documents import Document
from graph_builder.readers.reading import Reading
from graph_builder.tables.collection import Tables
from graph_builder.tables.entries import Workshop, add_entries
from graph_builder.tables.fiscal_years import add_fiscal_years
from graph_builder.tables.indicators import add_visions
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
        add_document(document, reading, tables)
        add_plans(document, reading, passages, tables)
        add_prose(document, reading, passages, tables)
        add_entries(Workshop(document, passages, organizations, tables), reading.entries)
        add_observations(document, reading, passages, tables)
        add_visions(document, reading, passages, tables)
        add_corrections(document, reading, passages, tables)
    add_fiscal_years(tables)
    return tables
