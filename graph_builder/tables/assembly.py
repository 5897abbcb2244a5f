"""All readings become one collection of tidy tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from graph_builder.documents import Document
from graph_builder.lineage.descent import add_project_lineage
from graph_builder.lineage.indicators import join_indicators
from graph_builder.lineage.instruments import add_instrument_links
from graph_builder.readers.reading import Reading
from graph_builder.tables.alignments import add_alignments
from graph_builder.tables.citations import add_citations
from graph_builder.tables.collection import Tables
from graph_builder.tables.concepts import Concepts
from graph_builder.tables.discrepancies import add_discrepancies
from graph_builder.tables.entries import add_entries
from graph_builder.tables.events import add_events
from graph_builder.tables.fiscal_years import add_fiscal_years
from graph_builder.tables.governments import add_curated_governments
from graph_builder.tables.indicators import add_visions
from graph_builder.tables.instruments import add_bodies, add_instruments
from graph_builder.tables.mentions import add_mentions
from graph_builder.tables.moves import add_moves
from graph_builder.tables.naming import label_by_ends
from graph_builder.tables.organizations import Organizations
from graph_builder.tables.passages import Passages
from graph_builder.tables.plans import add_document, add_observations, add_plans
from graph_builder.tables.prose import add_corrections, add_prose
from graph_builder.tables.quotes import Quotes
from graph_builder.tables.spoken import keep_what_is_spoken_of
from graph_builder.tables.terms import add_terms
from graph_builder.tables.topics import add_stated_visions, add_topics

Extracts = Sequence[tuple[Document, Reading]]


def tidy(extracts: Extracts, mappings: Path) -> Tables:
    """The tidy tables of all documents; below `mappings` stand the curated tables."""
    tables = Tables()
    passages = {document.key: Passages(document, tables) for document, _ in extracts}
    _add_documents(extracts, passages, mappings / "reference", tables)
    _add_curated(mappings, Quotes(passages), tables)
    add_discrepancies(mappings / "reference", passages)
    add_mentions(extracts, tables, mappings / "reference")
    keep_what_is_spoken_of(tables)
    label_by_ends(tables, mappings / "reference")
    add_fiscal_years(tables)
    return tables


def _add_documents(
    extracts: Extracts, passages_of: Mapping[str, Passages], reference: Path, tables: Tables
) -> None:
    """Add what each document says."""
    organizations = Organizations(reference, tables)
    add_curated_governments(reference, tables)
    concepts = Concepts(reference, tables)
    for document, reading in extracts:
        passages = passages_of[document.key]
        organizations.government(document.authority, document.publisher)
        add_document(document, tables)
        add_moves(document.folder, document.key, document.authority, tables)
        add_plans(reading, passages)
        add_prose(reading, passages)
        add_entries(reading.entries, passages, organizations)
        add_observations(reading, passages)
        add_visions(reading, passages)
        add_topics(reading, passages)
        add_terms(reading, passages, concepts)
        add_citations(reading, passages)
        add_corrections(reading, passages)
    concepts.require_terms({document.key for document, _ in extracts})


def _add_curated(mappings: Path, quotes: Quotes, tables: Tables) -> None:
    """Add what people found by reading the documents, and what follows from all of them together."""
    reference, lineage = mappings / "reference", mappings / "lineage"
    add_instruments(reference, tables)
    add_bodies(reference, tables)
    add_stated_visions(reference, quotes, tables)
    add_events(reference, quotes, tables)
    add_instrument_links(lineage, quotes, tables)
    add_project_lineage(mappings, quotes, tables)
    join_indicators(lineage, quotes, tables)
    add_alignments(mappings / "alignments", tables)
