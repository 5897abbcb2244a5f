"""The names of everything in the tables; names.csv adds others."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from graph_builder.curated import read_curated
from graph_builder.identifiers import relative_iri
from graph_builder.mentions.names import Name, kind_of
from graph_builder.rows import PlanRow, SeriesRow
from graph_builder.rows.instruments import BodyRow, InstrumentRow
from graph_builder.rows.references import TermNameRow, TermRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.concepts import CONCEPT_COLUMNS, CONCEPTS
from graph_builder.values.text import compared


def labels(tables: Tables, reference: Path) -> list[Name]:
    """The labels of the things of the tables; one line for each kind of thing.

    A term of a glossary that explains one of the others, such as a council, is no other thing.
    """
    others = _labels(tables, reference)
    taken = {compared(each.name) for each in others}
    return [*others, *(each for each in _terms(tables) if compared(each.name) not in taken)]


def _labels(tables: Tables, reference: Path) -> list[Name]:
    return [
        *_plans(tables),
        *_series(tables),
        *_concepts(reference / CONCEPTS),
        *(Name(row.label, row.thing, kind_of(row.thing)) for row in tables.of(InstrumentRow)),
        *(Name(row.label, row.thing, "body") for row in tables.of(BodyRow)),
    ]


def _plans(tables: Tables) -> list[Name]:
    return [
        Name(label, relative_iri(row.authority, "plan", row.plan), "plan")
        for row in tables.of(PlanRow)
        for label in (row.label, row.alt_label)
        if label
    ]


def _series(tables: Tables) -> list[Name]:
    return [
        Name(row.label, relative_iri(row.authority, "plan-series", row.series), "plan-series")
        for row in tables.of(SeriesRow)
    ]


def _terms(tables: Tables) -> list[Name]:
    """The terms of glossaries that no curated concept names."""
    others: dict[str, list[str | None]] = defaultdict(list)
    for each in tables.of(TermNameRow):
        others[each.term].append(each.name)
    return [
        Name(name, row.term, "term")
        for row in tables.of(TermRow)
        if row.label
        for name in (row.label, *others.get(row.term, ()))
        if name
    ]


def _concepts(path: Path) -> list[Name]:
    """The label of each concept, and the term under which the glossary explains it."""
    return [
        Name(label, relative_iri(row["authority"], "concept", row["key"]), "concept")
        for row in read_curated(path, CONCEPT_COLUMNS, ())
        for label in dict.fromkeys((row["label"], row["term"]))
        if label
    ]
