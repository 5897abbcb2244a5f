"""Entries of one continuing undertaking share a project: the projects that review found the same are one.

A judgement of the types `same` and `renamed` says that it is one undertaking; the other types say that
something was handed on. The project keeps the key of its earliest name and is labelled by its latest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph_builder.identifiers import relative_iri
from graph_builder.lineage.decisions import Decision
from graph_builder.lineage.links import LINEAGE
from graph_builder.rows.instruments import ThingNameRow
from graph_builder.rows.lineage import MovedRow
from graph_builder.rows.projects import EntryRow, ProjectRow
from graph_builder.tables.collection import Tables

ONE_UNDERTAKING = ("same", "renamed")


def join_projects(decisions: Sequence[Decision], tables: Tables) -> Mapping[str, str]:
    """Let entries share the project of their undertaking; key of each project → key that it has now."""
    now = _joined(decisions)
    entries = tables.of(EntryRow)
    tables.change(EntryRow, lambda row: replace(row, project=now.get(row.project, row.project)))
    labels = _latest_names(entries, now)
    for row in tables.of(ProjectRow):
        _keep_traces(row, now.get(row.project, row.project), labels, tables)
    tables.change(ProjectRow, lambda row: _under(row, now, labels))
    return now


def _keep_traces(row: ProjectRow, key: str, labels: Mapping[str, str], tables: Tables) -> None:
    """Keep the earlier name as another label, and say where a project went whose address has ended."""
    thing = relative_iri(row.authority, "project", key)
    if row.label != labels.get(key, row.label):
        tables.add(ThingNameRow(row.document, row.authority, thing, row.label))
    if key != row.project:
        before = relative_iri(row.authority, "project", row.project)
        tables.add(MovedRow(LINEAGE, row.authority, before, thing))


def _joined(decisions: Sequence[Decision]) -> dict[str, str]:
    """Each project that goes up in another → the earliest of its undertaking."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while key in above:
            key = above[key]
        return key

    accepted = [each for each in decisions if each.is_accepted and each.link_type in ONE_UNDERTAKING]
    for decision in sorted(accepted, key=lambda each: (each.earlier.first_year or "", each.earlier.entry)):
        earlier, later = top(decision.earlier.project), top(decision.later.project)
        if earlier != later:
            above[later] = earlier
    return {key: top(key) for key in above}


def _latest_names(entries: Sequence[EntryRow], now: Mapping[str, str]) -> dict[str, str]:
    """The project's key now → the name of its latest entry, for undertakings that had several names."""
    changed = set(now.values())
    latest = sorted(
        entries, key=lambda entry: (entry.first_year or "", entry.document, -int(entry.start_line))
    )
    named = ((now.get(entry.project, entry.project), entry.name) for entry in latest)
    return {key: name for key, name in named if key in changed}


def _under(row: ProjectRow, now: Mapping[str, str], labels: Mapping[str, str]) -> ProjectRow:
    key = now.get(row.project, row.project)
    part_of = now.get(row.part_of, row.part_of) if row.part_of else None
    outer = None if part_of == key else part_of
    return replace(row, project=key, label=labels.get(key, row.label), part_of=outer)
