"""Alignments: the SSSOM tables as rows, each in the graph that its origin asks for."""

from __future__ import annotations

from pathlib import Path

from graph_builder.alignments.reading import Alignment, MappingSet, read_alignments
from graph_builder.identifiers import alignment_key
from graph_builder.rows.alignments import AlignmentRow, MappingSetRow, MappingSetSourceRow
from graph_builder.tables.collection import Tables

NATION = "jp"


def add_alignments(folder: Path, tables: Tables) -> None:
    """Add every table of `folder` (mappings/alignments), with its rows."""
    for each in read_alignments(folder):
        graph = graph_of(each)
        tables.add(
            MappingSetRow(graph, NATION, each.key, each.title, each.description, each.license, each.comment),
            *(MappingSetSourceRow(graph, NATION, each.key, source) for source in each.sources),
            *(_row(alignment, each, graph) for alignment in each.alignments),
        )


def graph_of(mapping_set: MappingSet) -> str:
    """What was derived from the work of others keeps its terms, and so stands in a graph of its own."""
    return f"alignments-{mapping_set.key}" if mapping_set.sources else "alignments"


def _row(alignment: Alignment, mapping_set: MappingSet, graph: str) -> AlignmentRow:
    return AlignmentRow(
        document=graph,
        authority=alignment.subject.split("/")[1],
        alignment=alignment_key(alignment.subject, alignment.object),
        mapping_set=mapping_set.key,
        subject=alignment.subject,
        subject_label=alignment.subject_label,
        predicate=alignment.predicate,
        object=alignment.object,
        object_label=alignment.object_label,
        justification=alignment.justification,
        confidence=alignment.confidence,
        reason=alignment.reason,
    )
