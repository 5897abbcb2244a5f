"""Compiled mappings are kept: the same mappings over the same tables give the same query again.

Compiling costs more than running on a small corpus. The key of a query is everything that it depends on: the
mappings, the columns of their tables, the base, the compiler and the libraries below it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from graph_builder.rml.engines import Engine
from graph_builder.rml.model import ParentMap, Source, TriplesMap
from graph_builder.writing import write_text

LIBRARIES = ("duckdb", "ibis-framework", "sqlglot")


def query_of(maps: Sequence[TriplesMap], engine: Engine, base: str, compiled: Callable[[], str]) -> str:
    """The query of these maps: the one that the engine keeps, else compiled now, and kept alone."""
    folder = engine.queries
    if folder is None:
        return compiled()
    kept = folder / f"{_key(maps, engine, base)}.sql"
    if not kept.exists():
        for old in folder.glob("*.sql"):
            old.unlink()
        write_text(kept, compiled())
    return kept.read_text("utf-8")


def _key(maps: Sequence[TriplesMap], engine: Engine, base: str) -> str:
    # Every table is opened here, so that a kept query finds it.
    tables = [engine.open(source, columns) for source, columns in _sources(maps)]
    parts = [
        base,
        *(repr(each) for each in maps),
        *(f"{table.name} {table.columns}" for table in tables),
        *(f"{library} {version(library)}" for library in LIBRARIES),
        *(module.read_text("utf-8") for module in sorted(Path(__file__).parent.glob("*.py"))),
    ]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8")).hexdigest()


def _sources(maps: Iterable[TriplesMap]) -> Iterator[tuple[Source, frozenset[str]]]:
    for each in maps:
        yield each.source, each.references
        parents = (item for statement in each.predicate_objects for item in statement.objects)
        yield from ((item.source, item.references) for item in parents if isinstance(item, ParentMap))
