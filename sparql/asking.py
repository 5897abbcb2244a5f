"""How we ask ourselves: a query of ours, values bound to its variables, and rows of plain values back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from graph_builder.namespaces import XSD, read_prefixes
from sparql.backends import Backend
from sparql.protocol import RESULT_FORMATS, LiteralTerm, Query

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML forbids; a page shows U+FFFD in their place."""


@dataclass(frozen=True)
class Term:
    """A value of a row: an address (then `is_address`), or a text with its language or datatype."""

    value: str
    is_address: bool
    language: str = ""
    datatype: str = ""

    @property
    def text(self) -> str:
        """The value as HTML may hold it."""
        return CONTROLS.sub("\ufffd", self.value)


Row = dict[str, Term]


@dataclass(frozen=True)
class Table:
    """The result of a SELECT query: its variables in order, and its rows; an unbound one is absent."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def prologue(*prefixes: str) -> str:
    """Return the PREFIX lines of a query."""
    addresses = read_prefixes()
    return "".join(f"PREFIX {prefix}: <{addresses[prefix]}>\n" for prefix in prefixes)


async def select(backend: Backend, text: str, **values: str | LiteralTerm) -> list[Row]:
    """Return the rows of a SELECT query; each keyword is bound to the (projected) variable of its name."""
    query = Query(text, table=RESULT_FORMATS[0], bindings=tuple(values.items()), trusted=True)
    return list(read_table((await backend.answer(query)).body).rows)


async def ask(backend: Backend, text: str, **addresses: str) -> bool:
    """Return the answer to an ASK query."""
    query = Query(text, table=RESULT_FORMATS[0], bindings=tuple(addresses.items()), trusted=True)
    return bool(json.loads((await backend.answer(query)).body)["boolean"])


def read_table(body: bytes) -> Table:
    """Return the table in SPARQL 1.1 Query Results JSON; the answer to ASK is a table of one cell."""
    record = json.loads(body)
    if "boolean" in record:
        term = Term(str(record["boolean"]).lower(), is_address=False, datatype=XSD.boolean)
        return Table(("answer",), ({"answer": term},))
    rows = [{name: _term(value) for name, value in row.items()} for row in record["results"]["bindings"]]
    return Table(tuple(record["head"]["vars"]), tuple(rows))


def _term(value: dict[str, str]) -> Term:
    return Term(
        value["value"],
        is_address=value["type"] == "uri",
        language=value.get("xml:lang", ""),
        datatype=value.get("datatype", ""),
    )
