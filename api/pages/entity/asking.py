"""All that a page asks of the graph, in one query: each row says which of the patterns it belongs to.

The engine does not sort: to compare two addresses it looks up their texts, and what a page shows is little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from api.pages.entity.columns import PREFIXES, ROWS_AT_MOST, Columns
from graph_builder.namespaces import XSD
from sparql.asking import Row, Term, select
from sparql.backends import Backend

ORDER = re.compile(r"(DESC\()?\?(\w+)")
NUMBER = re.compile(r"([0-9]+)")
NUMBERS = {XSD.integer, XSD.decimal, XSD.double}

Key = tuple[int, float, list[str | int]]


async def rows_of(backend: Backend, wanted: Sequence[Columns], address: str) -> list[list[Row]]:
    """Return the rows of each pattern about a thing, in the order that the pattern wants."""
    found: list[list[Row]] = [[] for _ in wanted]
    for row in await select(backend, _query(wanted), thing=address):
        found[int(row["pattern"].value)].append(row)
    return [in_order(rows, columns.order) for rows, columns in zip(found, wanted, strict=True)]


def in_order(rows: Sequence[Row], order: str) -> list[Row]:
    """Return rows by the variables of an ORDER BY; in addresses and texts, numbers count as numbers."""
    found = list(rows)
    for descends, name in reversed(ORDER.findall(order)):

        def key(row: Row, name: str = name) -> Key:
            return _key(row.get(name))

        found.sort(key=key, reverse=bool(descends))
    return found


def first(rows: Sequence[Row], column: str, most: int) -> tuple[list[Row], int]:
    """Return the rows of the first values of a column, and how many values there are."""
    values = list(dict.fromkeys(row[column] for row in rows if column in row))
    kept = set(values[:most])
    return [row for row in rows if row.get(column) in kept], len(values)


def _query(wanted: Sequence[Columns]) -> str:
    names = dict.fromkeys(name for columns in wanted for name in _names(columns))
    shown = " ".join(f"?{name}" for name in dict.fromkeys(("thing", "pattern", *names)))
    return f"{PREFIXES}SELECT {shown} WHERE {{ {' UNION '.join(_patterns(wanted))} }}"


def _patterns(wanted: Sequence[Columns]) -> Iterator[str]:
    for number, columns in enumerate(wanted):
        shown = " ".join(f"?{name}" for name in dict.fromkeys(("thing", *_names(columns))))
        where = f"{columns.where} BIND({number} AS ?pattern)"
        yield f"{{ SELECT {shown} ?pattern WHERE {{ {where} }} LIMIT {ROWS_AT_MOST} }}"


def _names(columns: Columns) -> Iterator[str]:
    yield from columns.types
    yield from (name for _, name in ORDER.findall(columns.order))


def _key(term: Term | None) -> Key:
    """Return the place of a term: none goes before numbers, and these before all else."""
    if term is None:
        return (0, 0, [])
    if term.datatype in NUMBERS:
        return (1, float(term.value), [])
    return (
        2,
        0,
        [int(part) if part.isascii() and part.isdigit() else part for part in NUMBER.split(term.value)],
    )
