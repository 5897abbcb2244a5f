"""The index of a published store: made before the switch, so that a store is never served without its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph_builder.search.index import index_of, write_index
from graph_builder.search.things import Row, read_things


def index_store(store: Path, version: str) -> Path:
    """Write the index of a store directory; `version` is that of its dataset. Returns the file."""
    opened = Store.read_only(str(store))

    def select(query: str) -> Iterator[Row]:
        solutions = opened.query(query)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("what can be found is asked with SELECT")
        for thing, value in solutions:
            if isinstance(thing, NamedNode) and isinstance(value, NamedNode | Literal):
                yield thing.value, value.value, (value.language or "") if isinstance(value, Literal) else ""

    index = index_of(store)
    write_index(read_things(select), index, version)
    return index


def sweep_indexes(stores: Path) -> None:
    """Delete every index whose store is no longer in the folder of stores."""
    for index in index_of(stores / "any").parent.glob("*.sqlite"):
        if not (stores / index.stem).is_dir():
            index.unlink(missing_ok=True)
