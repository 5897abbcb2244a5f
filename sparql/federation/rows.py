"""Rows between engines: SPARQL Results JSON read strictly, and written as VALUES.

A term is read by the engine's own parser, which refuses what is no IRI or no language tag, and written by the
engine's own writer: nothing in it can end a query early. A blank node means nothing outside of its answer; it
becomes an IRI (RDF 1.1 Concepts, section 3.5), and such an IRI is never sent to anyone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    parse_query_results,
)

UNBOUND = "UNDEF"
Row = tuple[str, ...]


class RowsError(Exception):
    """An answer is no table in SPARQL Results JSON."""


class TooManyRowsError(Exception):
    """A table has more rows than it may."""


def read_rows(body: bytes, variables: Sequence[str], genid: str, limit: int) -> tuple[Row, ...]:
    """Return the rows of a table, each term as SPARQL writes it; `genid` starts the IRIs of its blank nodes.

    Raises `RowsError`, and `TooManyRowsError` beyond `limit` rows.
    """
    rows: list[Row] = []
    try:
        results = parse_query_results(body, format=QueryResultsFormat.JSON)
        if not isinstance(results, QuerySolutions):
            raise RowsError("it is no table")
        known = {variable.value for variable in results.variables}
        names = [name if name in known else None for name in variables]
        for solution in results:
            if len(rows) == limit:
                raise TooManyRowsError
            rows.append(tuple(_term(solution, name, genid) for name in names))
    except (SyntaxError, ValueError) as fault:
        raise RowsError(str(fault)) from fault
    return tuple(rows)


def _term(solution: QuerySolution, name: str | None, genid: str) -> str:
    term = None if name is None else solution[name]
    if term is None:
        return UNBOUND
    if isinstance(term, BlankNode):
        return str(NamedNode(f"{genid}{hashlib.sha256(term.value.encode()).hexdigest()[:16]}"))
    if isinstance(term, NamedNode | Literal):
        return str(term)
    raise RowsError("a term is neither IRI, literal nor blank node")


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
