"""The names of everything in the tables, beside those that names.csv adds."""

from __future__ import annotations

import csv
from pathlib import Path

from graph_builder.identifiers import relative_iri
from graph_builder.mentions.names import Name, read_names
from graph_builder.rows import PlanRow, SeriesRow
from graph_builder.tables.collection import Tables


def known_names(tables: Tables, reference: Path) -> list[Name]:
    """Every name by which a text may call a thing of the tables; one line for each kind of thing."""
    return [
        *_plans(tables),
        *_series(tables),
        *_concepts(reference / "concepts.csv"),
        *read_names(reference / "names.csv"),
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


def _concepts(path: Path) -> list[Name]:
    """The label of each concept, and the term under which the glossary explains it."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Name(label, relative_iri(row["authority"], "concept", row["key"]), "concept")
            for row in csv.DictReader(file)
            for label in dict.fromkeys((row["label"], row["term"]))
            if label
        ]
