"""Names to go on with: what a beginning may become, and what is near a word that was not found."""

from __future__ import annotations

import difflib
import sqlite3

from api.search.matching import near_names, pairs_of
from api.search.words import LENGTH_AT_MOST, simple, understand
from graph_builder.search.folding import compact

SUGGESTIONS = 10
NEAR = 5
LIKENESS = 0.5
CANDIDATES = 200
WEIGHT_AT_LEAST = 0.5
"""Rows and paragraphs are not suggested."""

BEGUN = """
SELECT name.name, max(thing.weight) AS weight, min(
  CASE WHEN name.canonical = :key THEN 0 WHEN name.folded >= :start AND name.folded < :end THEN 1 ELSE 2 END
) AS place
FROM name JOIN thing USING (row)
WHERE thing.weight >= :weight AND :start <> '' AND (instr(name.folded, :start) OR name.canonical = :key)
GROUP BY name.canonical ORDER BY place, weight DESC, length(name.name), name.name LIMIT :limit
"""
CLOSE = """
SELECT DISTINCT name.folded, name.name FROM name JOIN thing USING (row)
WHERE thing.weight >= :weight AND row IN (
  SELECT rowid FROM gram WHERE gram MATCH :words ORDER BY bm25(gram, 8.0, 5.0, 0.0, 0.0, 0.0) LIMIT :limit
) ORDER BY thing.weight DESC, name.name
"""


def suggest(connection: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """Return names that begin with a text, and then those that have it inside."""
    asked = text[:LENGTH_AT_MOST]
    start = compact(asked)
    values = {
        "start": start,
        "end": start + "\U0010ffff",
        "key": understand(asked).key,
        "weight": WEIGHT_AT_LEAST,
        "limit": SUGGESTIONS,
    }
    return tuple(name for name, *_ in connection.execute(BEGUN, values))


def near_labels(connection: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """Return the names that look most like a text."""
    word = simple(text)
    pairs = pairs_of(word) if word else []
    if not pairs:
        return ()
    values = {"words": near_names(pairs), "weight": WEIGHT_AT_LEAST, "limit": CANDIDATES}
    names = dict(connection.execute(CLOSE, values).fetchall())
    near = difflib.get_close_matches(compact(text), names, n=NEAR, cutoff=LIKENESS)
    return tuple(names[folded] for folded in near)
