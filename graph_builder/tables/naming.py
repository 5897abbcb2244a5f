"""What has no name is labelled by what it joins: a judgement by its ends, an event by its thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from graph_builder.identifiers import relative_iri
from graph_builder.rows.instruments import EventRow
from graph_builder.rows.lineage import LinkRow
from graph_builder.rows.projects import EntryRow, ProjectRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.known_names import labels

ARROW = " → "


def label_by_ends(tables: Tables, reference: Path) -> None:
    """Label judgements and events for those who read them in a list."""
    names = _names(tables, reference)
    tables.change(LinkRow, lambda row: replace(row, label=_between(row, names)))
    tables.change(EventRow, lambda row: replace(row, label=_of(row, names)))


def _names(tables: Tables, reference: Path) -> Mapping[str, str]:
    known = {each.thing: each.name for each in reversed(labels(tables, reference))}
    entries = {relative_iri(row.authority, "entry", row.entry): row.name for row in tables.of(EntryRow)}
    projects = {
        relative_iri(row.authority, "project", row.project): row.label for row in tables.of(ProjectRow)
    }
    return known | entries | projects


def _between(row: LinkRow, names: Mapping[str, str]) -> str | None:
    ends = (names.get(row.earlier), names.get(row.later))
    return ARROW.join(end for end in ends if end) if all(ends) else None


def _of(row: EventRow, names: Mapping[str, str]) -> str | None:
    name = names.get(row.thing)
    moment = row.date or row.month or row.year or row.fiscal_year
    return f"{name} {moment}" if name and moment else name
