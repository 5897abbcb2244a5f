"""Rows between engines: SPARQL Results JSON read strictly, and written as VALUES.

A term is made by the engine, which refuses what is no IRI or no language tag, and written by the engine:
nothing in it can end a query early. A blank node means nothing outside of its answer; it becomes an IRI (RDF
1.1 Concepts, section 3.5), and such an IRI is never sent to anyone. The engine has a reader of results too,
but its objects must not leave their thread, and rows are read beside the event loop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

UNBOUND = "UNDEF"
MESSAGE_AT_MOST = 200
Row = tuple[str, ...]


class RowsError(Exception):
    """An answer is no table in SPARQL Results JSON."""


class TooManyRowsError(Exception):
    """A table has more rows than it may."""


def read_rows(body: bytes, variables: Sequence[str], genid: str, limit: int) -> tuple[Row, ...]:
    """Return the rows of a table, each term as SPARQL writes it; `genid` starts the IRIs of its blank nodes.

    Raises `RowsError`, and `TooManyRowsError` beyond `limit` rows.
    """
    try:
        bindings = _bindings(json.loads(body), limit)
        return tuple(tuple(_term(row.get(name), genid) for name in variables) for row in bindings)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise RowsError(f"{type(fault).__name__}: {fault}"[:MESSAGE_AT_MOST]) from fault


def _bindings(record: dict[str, Any], limit: int) -> list[dict[str, dict[str, str]]]:
    bindings = record["results"]["bindings"]
    if not isinstance(bindings, list):
        raise TypeError("the bindings are no list")
    if len(bindings) > limit:
        raise TooManyRowsError
    return bindings


def _term(record: Mapping[str, str] | None, genid: str) -> str:
    if record is None:
        return UNBOUND
    kind, value = record["type"], record["value"]
    if not isinstance(value, str):
        raise TypeError("the value of a term is no text")
    if kind == "uri":
        return str(NamedNode(value))
    if kind == "bnode":
        return str(NamedNode(f"{genid}{hashlib.sha256(value.encode()).hexdigest()[:16]}"))
    if kind not in {"literal", "typed-literal"} or "its:dir" in record:
        raise ValueError(f"there is no term of type {kind}")
    if "xml:lang" in record:
        return str(Literal(value, language=record["xml:lang"]))
    return str(Literal(value, datatype=NamedNode(record["datatype"]) if "datatype" in record else None))


def table(variables: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as a VALUES clause (SPARQL 1.1, section 10.2)."""
    names = " ".join(f"?{name}" for name in variables)
    lines = " ".join(f"({' '.join(row)})" for row in rows)
    return f"VALUES ({names}) {{ {lines} }}"


def sendable(variables: Sequence[str], rows: Sequence[Row], genid: str) -> tuple[list[str], list[Row]]:
    """Return the variables that every row binds to something with a meaning elsewhere, and their rows."""
    places = [
        place
        for place in range(len(variables))
        if all(row[place] != UNBOUND and not row[place].startswith(f"<{genid}") for row in rows)
    ]
    distinct = dict.fromkeys(tuple(row[place] for place in places) for row in rows)
    return [variables[place] for place in places], list(distinct)


def blocks(rows: Sequence[Row], size: int, length: int) -> Iterator[list[Row]]:
    """Yield rows in blocks of at most `size` rows and, but for a single long row, `length` characters."""
    block: list[Row] = []
    written = 0
    for row in rows:
        width = sum(len(term) + 1 for term in row) + 2
        if block and (len(block) == size or written + width > length):
            yield block
            block, written = [], 0
        block.append(row)
        written += width
    if block:
        yield block
