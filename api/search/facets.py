"""What results can be narrowed down by: their kind, and the facets that `sparql/search.toml` declares."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.search.words import understand
from graph_builder.search.folding import compact
from graph_builder.search.kinds import findable

KIND = "kind"
CHOICES_AT_MOST = 200

COUNTS = """
SELECT choice.value, count(*), coalesce(thing.label, choice.value), coalesce(thing.label_en, '')
FROM json_each(?) AS hit JOIN chosen ON chosen.row = hit.value JOIN choice USING (number)
LEFT JOIN thing ON thing.address = choice.value
WHERE choice.facet = ? GROUP BY choice.number
"""
LEFT = """
SELECT DISTINCT chosen.row
FROM choice JOIN chosen USING (number) LEFT JOIN thing ON thing.address = choice.value
WHERE choice.facet = ?1
  AND (choice.value = ?2 OR choice.value LIKE '%/' || ?3 ESCAPE '\\' OR thing.folded = ?4)
"""

Filters = Mapping[str, tuple[str, ...]]
"""Facet → the values asked for: any of them will do."""


@dataclass(frozen=True)
class Choice:
    """A value that results can be narrowed down by, and how many there are then."""

    value: str
    label: str
    label_en: str
    count: int
    is_chosen: bool = False


def facet_names() -> tuple[str, ...]:
    """Return the names of all facets, which are the names of the parameters too."""
    return (KIND, *findable().facets)


def facet_labels(facet: str) -> tuple[str, str]:
    """Return what a facet is called in Japanese and in English."""
    if facet == KIND:
        return "種類", "Kind"
    declared = findable().facets[facet]
    return declared.label_ja, declared.label_en


def narrow(
    connection: sqlite3.Connection, rows: Sequence[int], filters: Filters
) -> tuple[list[int], dict[str, tuple[Choice, ...]]]:
    """Return the rows that all filters leave, and the choices of each facet.

    A choice counts what is left when it is the only one of its facet and the other filters stay.
    """
    left = {facet: _rows_of(connection, facet, values) for facet, values in filters.items()}
    choices = {
        facet: _choices(
            connection,
            facet,
            _within(rows, (found for name, found in left.items() if name != facet)),
            filters.get(facet, ()),
        )
        for facet in facet_names()
    }
    return _within(rows, left.values()), choices


def _within(rows: Sequence[int], sets: Iterable[Collection[int]]) -> list[int]:
    kept = list(rows)
    for allowed in sets:
        kept = [row for row in kept if row in allowed]
    return kept


def _rows_of(connection: sqlite3.Connection, facet: str, values: Sequence[str]) -> set[int]:
    """Return the rows that have one of the values: an address, the last part of one, or a label."""
    rows: set[int] = set()
    for value in values:
        end = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        asked = [facet, _plain(facet, value), end, compact(value) or None]
        rows |= {row for (row,) in connection.execute(LEFT, asked)}
    return rows


def _plain(facet: str, value: str) -> str:
    """Return a year as its number, however it is written; any other value as it is."""
    if facet != "year":
        return value
    words = understand(value).words
    return (words[0].bare_year if words else "") or value


def _choices(
    connection: sqlite3.Connection, facet: str, rows: Sequence[int], chosen: Sequence[str]
) -> tuple[Choice, ...]:
    asked = {_plain(facet, value) for value in chosen}
    found = [
        Choice(value, *_labels(facet, value, label, label_en), count, value in asked)
        for value, count, label, label_en in connection.execute(COUNTS, [json.dumps(rows), facet])
    ]
    if facet == "year":
        found.sort(key=lambda choice: choice.value, reverse=True)
    else:
        found.sort(key=lambda choice: (-choice.count, choice.label, choice.value))
    return tuple(found[:CHOICES_AT_MOST])


def _labels(facet: str, value: str, label: str, label_en: str) -> tuple[str, str]:
    if facet == KIND:
        kind = findable().kinds[value]
        return kind.label_ja, kind.label_en
    return label, label_en
