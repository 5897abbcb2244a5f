"""The file that a search reads: SQLite with a full-text index, one for each published store.

    meta     name, value               version of the dataset, and what made the file
    thing    row, address, kind …      everything that can be found
    name     row, name, …              every name, folded, for exact matches and suggestions
    text     row, position, value      what is shown of a thing
    choice   number, facet, value      what results are narrowed down by, and
    chosen   number, row               which things each choice leaves
    synonym  word, other               words that stand for one another
    gram     label, names, body, near, within   the full-text index (FTS5), its words made by `grams`

Same things, same bytes. The file appears whole, in one step, and no reader ever writes to it.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import permutations
from pathlib import Path

from graph_builder.curated import read_curated
from graph_builder.errors import Place, Problem, StoreError
from graph_builder.folders import Folders
from graph_builder.search.folding import compact
from graph_builder.search.grams import index_words
from graph_builder.search.things import Thing
from graph_builder.search.years import canonical

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE thing (
  row INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, weight REAL NOT NULL,
  label TEXT NOT NULL, label_en TEXT NOT NULL, folded TEXT NOT NULL, year INTEGER
);
CREATE TABLE name (
  row INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, canonical TEXT NOT NULL,
  is_label INTEGER NOT NULL, speaks INTEGER NOT NULL
);
CREATE TABLE text (
  row INTEGER, position INTEGER, value TEXT NOT NULL, PRIMARY KEY (row, position)
) WITHOUT ROWID;
CREATE TABLE choice (
  number INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (facet, value)
);
CREATE TABLE chosen (number INTEGER, row INTEGER, PRIMARY KEY (number, row)) WITHOUT ROWID;
CREATE TABLE synonym (word TEXT, other TEXT, PRIMARY KEY (word, other)) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5(
  label, names, body, near, within, content='', tokenize="ascii tokenchars '%.~@-'"
);
"""
INDEXES = """
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_canonical ON name (canonical);
CREATE INDEX name_row ON name (row);
CREATE INDEX chosen_row ON chosen (row, number);
INSERT INTO gram (gram) VALUES ('optimize');
"""
IN_MEMORY = 64 * 2**20
"""Bytes of the full-text index that are gathered before they are written: one segment needs no merging."""
SYNONYMS = ("words", "reason")
READINGS = ("reading", "word", "reason")
BRACKETS = re.compile(r"[（(〔\[][^（()）〔〕\[\]]*[）)〕\]]")

Numbered = tuple[int, Thing]
"""A thing and the number of its row."""


def index_of(store: Path) -> Path:
    """Return where the index of a published store lies: in `search/` beside the folder of all stores."""
    return store.parent.parent / "search" / f"{store.name}.sqlite"


def published_index(folders: Folders) -> Path:
    """Return where the index of the published store lies."""
    return index_of(folders.store.resolve())


def write_index(things: Iterable[Thing], path: Path, version: str) -> None:
    """Write the index of some things to `path`, whole or not at all.

    `version` is what the things were read from: a reader may hold it against what is published. Raises
    `StoreError` where the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with unfinished.open("wb"):
            pass  # SQLite does not say what is wrong with a folder; this does
        _fill(unfinished, things, version)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except (OSError, sqlite3.Error) as fault:
        what = f"the search index cannot be written: {fault}"
        remedy = "Make room or give access, and build again; what is published stays published"
        raise StoreError(Problem(Place(str(path)), what, remedy)) from fault
    finally:
        unfinished.unlink(missing_ok=True)


@cache
def maker() -> str:
    """Return a hash of all that decides how an index is made and read: this package and what it declares."""
    here = Path(__file__).parent
    folders = Folders()
    files = [*sorted(here.glob("*.py")), *sorted((folders.mappings / "search").glob("*.csv"))]
    digest = hashlib.sha256()
    for file in (*files, folders.checks.parent / "search.toml"):
        digest.update(file.name.encode() + b"\n" + file.read_bytes())
    return digest.hexdigest()


def _fill(path: Path, things: Iterable[Thing], version: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        connection.execute("INSERT INTO gram (gram, rank) VALUES ('hashsize', ?)", [IN_MEMORY])
        connection.execute("BEGIN")
        meta = {"version": version, "maker": maker()}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        connection.executemany("INSERT INTO synonym VALUES (?, ?)", sorted(set(_synonyms())))
        numbered = list(enumerate(things, start=1))
        connection.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_thing, numbered))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", _names(numbered))
        connection.executemany("INSERT INTO text VALUES (?, ?, ?)", _texts(numbered))
        connection.executemany(
            "INSERT INTO gram (rowid, label, names, body, near, within) VALUES (?, ?, ?, ?, ?, ?)",
            map(_grams, numbered),
        )
        _add_choices(connection, numbered)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
    finally:
        connection.close()


def _thing(numbered: Numbered) -> tuple[object, ...]:
    row, thing = numbered
    year = max(map(int, thing.facets.get("year", ())), default=None)
    folded = compact(thing.label) if thing.is_named else ""
    kind = thing.kind
    return row, thing.address, kind.slug, kind.weight, thing.label, thing.label_en, folded, year


def _names(things: Iterable[Numbered]) -> Iterator[tuple[object, ...]]:
    for row, thing in things:
        labels = _labels(thing)
        for name in dict.fromkeys((*labels, *thing.names)):
            yield row, name, compact(name), canonical(name), name in labels, thing.kind.names


def _texts(things: Iterable[Numbered]) -> Iterator[tuple[int, int, str]]:
    return ((row, at, text) for row, thing in things for at, text in enumerate(thing.texts))


def _grams(numbered: Numbered) -> tuple[object, ...]:
    """Return the columns of the full-text index; the years of a thing count as its names."""
    row, thing = numbered
    labels = _labels(thing)
    years = (f"{year}年度" for year in thing.facets.get("year", ()))
    names = (*thing.names, *_without_brackets(labels), *years)
    return row, *map(index_words, (labels, names, thing.texts, thing.near, thing.within))


def _labels(thing: Thing) -> tuple[str, ...]:
    return tuple(filter(None, (thing.label, thing.label_en))) if thing.is_named else ()


def _add_choices(connection: sqlite3.Connection, things: Iterable[Numbered]) -> None:
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, thing in things:
        rows["kind", thing.kind.slug].append(row)
        for facet, values in thing.facets.items():
            for value in values:
                rows[facet, value].append(row)
    choices = sorted(rows)
    connection.executemany(
        "INSERT INTO choice VALUES (?, ?, ?)", [(number, *choice) for number, choice in enumerate(choices)]
    )
    chosen = [(number, row) for number, choice in enumerate(choices) for row in rows[choice]]
    connection.executemany("INSERT INTO chosen VALUES (?, ?)", chosen)


def _without_brackets(labels: Iterable[str]) -> Iterator[str]:
    """Yield labels without their brackets: デジタル変革（DX）推進基本方針 is asked for without DX, too."""
    for label in labels:
        plain = BRACKETS.sub("", label)
        if plain and plain != label:
            yield plain


def _synonyms() -> Iterator[tuple[str, str]]:
    """Yield what stands for what: synonyms for one another, a word for its reading but not the other way."""
    folder = Folders().mappings / "search"
    for row in read_curated(folder / "synonyms.csv", SYNONYMS, SYNONYMS):
        for word, other in permutations(row.all("words"), 2):
            yield canonical(word), other
    for row in read_curated(folder / "readings.csv", READINGS, READINGS):
        yield canonical(row["reading"]), row["word"]
