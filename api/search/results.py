"""What is shown of a thing that was found: its label and a stretch of text, both marked, and its facets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.search.marking import Marked, marked, snippet
from api.search.words import Word
from graph_builder.search.kinds import Kind, findable

THINGS = """
SELECT row, address, kind, label, label_en, year FROM thing WHERE row IN (SELECT value FROM json_each(?))
"""
TEXTS = """
SELECT row, value FROM text WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row, position
"""
NAMES = """
SELECT row, name FROM name WHERE row IN (SELECT value FROM json_each(?)) AND NOT is_label ORDER BY rowid
"""
CHOICES = """
SELECT chosen.row, choice.facet, choice.value, coalesce(thing.label, choice.value),
  coalesce(thing.label_en, '')
FROM chosen JOIN choice USING (number) LEFT JOIN thing ON thing.address = choice.value
WHERE chosen.row IN (SELECT value FROM json_each(?)) ORDER BY chosen.row, choice.number
"""


@dataclass(frozen=True)
class Value:
    """A value of a facet: an address or a number, and what it is called."""

    value: str
    label: str
    label_en: str = ""


@dataclass(frozen=True)
class Result:
    """One thing that was found; `values` are its values of each facet."""

    address: str
    kind: Kind
    label: Marked
    label_en: Marked
    snippet: Marked
    year: int | None
    score: float
    values: Mapping[str, tuple[Value, ...]]


def results(
    connection: sqlite3.Connection, scores: Mapping[int, float], words: Sequence[Word]
) -> tuple[Result, ...]:
    """Return the results of some rows, in their order."""
    rows = json.dumps(list(scores))
    things = {row: rest for row, *rest in connection.execute(THINGS, [rows])}
    texts: dict[int, list[str]] = {row: [] for row in scores}
    for query in (TEXTS, NAMES):
        for row, text in connection.execute(query, [rows]):
            texts[row].append(text)
    values: dict[int, dict[str, list[Value]]] = {row: {} for row in scores}
    for row, facet, *value in connection.execute(CHOICES, [rows]):
        values[row].setdefault(facet, []).append(Value(*value))
    found = []
    for row, score in scores.items():
        address, kind, label, label_en, year = things[row]
        found.append(
            Result(
                address,
                findable().kinds[kind],
                marked(label, words),
                marked(label_en, words),
                snippet(texts[row], words),
                year,
                round(score, 4),
                {facet: tuple(each) for facet, each in values[row].items()},
            )
        )
    return tuple(found)
