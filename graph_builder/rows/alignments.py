"""Alignments to data of others, and the tables that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class MappingSetRow(Row):
    """A SSSOM table; `comment` says whose work it is where it was derived from another."""

    mapping_set: str
    title: str
    description: str
    license: str
    comment: str | None


@dataclass(frozen=True)
class MappingSetSourceRow(Row):
    """The mapping set of somebody else that a table was derived from."""

    mapping_set: str
    source: str


@dataclass(frozen=True)
class AlignmentRow(Row):
    """One mapping; `subject` is relative to the base, the other addresses are absolute."""

    alignment: str
    mapping_set: str
    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: str
    reason: str


TABLES: Mapping[str, type[Row]] = {
    "mapping_sets": MappingSetRow,
    "mapping_set_sources": MappingSetSourceRow,
    "alignments": AlignmentRow,
}
