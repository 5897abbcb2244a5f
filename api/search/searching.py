"""One search: the steps of matching, and the order of what was found.

Results are ordered by how the words match, and then by what the thing is. A label that is just what was asked
for goes first, then another name, a label that begins with it, a label that has all words, names, texts, and
last what is only said of something it belongs to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.search.facets import Choice, Filters, narrow
from api.search.matching import Step, excluded, steps
from api.search.results import Result, results
from api.search.suggesting import near_labels
from api.search.words import Asked, Word, understand, with_others
from graph_builder.search.folding import compact, fold
from graph_builder.search.grams import grams, insides, pieces
from graph_builder.search.years import canonical

LIMIT = 50
LIMIT_AT_MOST = 1000
CANDIDATES = 200
"""Things that are looked at letter by letter where only pairs of letters match."""

FOUND = """
WITH hit AS MATERIALIZED (
  SELECT rowid AS row, bm25(gram, 8.0, 5.0, 2.0, 1.0, 0.5) AS cost FROM gram WHERE gram MATCH :words
), tier AS (
  SELECT row, 5 AS level FROM name WHERE canonical = :key AND is_label
  UNION ALL SELECT row, 4 FROM name WHERE canonical = :key
  UNION ALL SELECT hit.row, 2.2 FROM hit JOIN thing USING (row)
    WHERE :start <> '' AND substr(thing.folded, 1, length(:start)) = :start
  UNION ALL SELECT rowid, 2 FROM gram WHERE gram MATCH :in_label
  UNION ALL SELECT rowid, 1 FROM gram WHERE gram MATCH :in_names
  UNION ALL SELECT rowid, 0 FROM gram WHERE gram MATCH :in_texts
), best AS (SELECT row, max(level) AS level FROM tier GROUP BY row)
SELECT hit.row,
  :by_place * coalesce(best.level, -1) + thing.weight + :by_words * (cost / (cost - 4.0))
  + CASE WHEN instr(thing.folded, :start) THEN 0.6 * length(:start) / length(thing.folded) ELSE 0 END
  + 0.001 * (coalesce(thing.year, 2000) - 2000) AS score
FROM hit JOIN thing USING (row) LEFT JOIN best USING (row)
ORDER BY score DESC, length(thing.label), thing.address
"""
ALL = "SELECT row, weight FROM thing ORDER BY weight DESC, year DESC, label, address"
ALONE = "{label names body near}"
"""Where one word alone is looked for."""
LEFT_OUT = "SELECT rowid FROM gram WHERE gram MATCH ?"
OTHERS = """
SELECT other.name FROM name JOIN name AS other USING (row) WHERE name.canonical = ?1 AND name.speaks
UNION SELECT other FROM synonym WHERE word = ?1 ORDER BY 1
"""
TEXTS = "SELECT name FROM name WHERE row = ?1 UNION ALL SELECT value FROM text WHERE row = ?1"


@dataclass(frozen=True)
class Wanted:
    """What is searched for: the text, what it is narrowed down by, and which of the results are shown."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    limit: int = LIMIT
    offset: int = 0


@dataclass(frozen=True)
class Found:
    """The answer: the query as understood, how many results there are, and those that are shown."""

    wanted: Wanted
    asked: Asked
    total: int
    is_relaxed: bool
    results: tuple[Result, ...]
    facets: Mapping[str, tuple[Choice, ...]]
    suggestions: tuple[str, ...]


def search(connection: sqlite3.Connection, wanted: Wanted) -> Found:
    """Return what an index has for a search."""
    asked = understand(wanted.text)
    asked = with_others(asked, {word.written: _others(connection, word) for word in asked.words})
    step, scores = _matches(connection, asked)
    kept, facets = narrow(connection, list(scores), wanted.filters)
    shown = {row: scores[row] for row in kept[wanted.offset : wanted.offset + wanted.limit]}
    is_relaxed = step is not None and step.is_relaxed
    return Found(
        wanted,
        asked,
        len(kept),
        is_relaxed,
        results(connection, shown, step.words if step else ()),
        facets,
        near_labels(connection, asked.written) if is_relaxed or not scores else (),
    )


def _matches(connection: sqlite3.Connection, asked: Asked) -> tuple[Step | None, dict[int, float]]:
    """Return the first step that finds something, and the rows it finds with their scores, best first."""
    left_out: set[int] = set()
    if expression := excluded(asked):
        left_out = {row for (row,) in connection.execute(LEFT_OUT, [expression])}
    if not asked.words:
        found = connection.execute(ALL) if asked.is_blank or asked.excluded else ()
        return None, {row: weight for row, weight in found if row not in left_out}
    for step in steps(asked):
        found = _ranked(connection, asked, step)
        scores = {row: score for row, score in found if row not in left_out}
        if step.pairs:
            alike = _alike(connection, list(scores)[:CANDIDATES], set(step.pairs))
            scores = {row: scores[row] for row in alike}
        if scores:
            return step, scores
    return None, {}


def _ranked(connection: sqlite3.Connection, asked: Asked, step: Step) -> sqlite3.Cursor:
    """Run one step; where not all words match, their number counts for more than their place."""
    columns = {"in_label": "label", "in_names": "label names", "in_texts": "label names body"}
    values: dict[str, str | float] = {
        name: f"{{{among}}} : ({step.expression})" for name, among in columns.items()
    }
    values |= {
        "words": step.expression if len(step.words) > 1 else f"{ALONE} : ({step.expression})",
        "key": asked.key,
        "start": compact(asked.written),
        "by_place": 0.2 if step.is_relaxed else 2.0,
        "by_words": 5.0 if step.is_relaxed else 0.2,
    }
    return connection.execute(FOUND, values)


def _alike(connection: sqlite3.Connection, rows: Sequence[int], pairs: set[str]) -> list[int]:
    """Return the rows of which one name or one text has at least half of the pairs."""
    return [
        row
        for row in rows
        if any(2 * len(pairs & _pairs(text)) >= len(pairs) for (text,) in connection.execute(TEXTS, [row]))
    ]


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {pair for piece in pieces(folded) for pair in grams(piece)} | set(insides(folded))


def _others(connection: sqlite3.Connection, word: Word) -> tuple[str, ...]:
    """Return what stands for the same as a word; what has the word in it, or is in it, adds nothing."""
    key = canonical(word.written)
    if len(key) < 2:
        return ()
    forms = {other: canonical(other) for (other,) in connection.execute(OTHERS, [key])}
    return tuple(other for other, form in forms.items() if form and form not in key and key not in form)
