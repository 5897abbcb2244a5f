"""A page of a list: the things that a choice leaves, in order, with their columns; and what may be chosen."""

from __future__ import annotations

import asyncio
import csv
import io
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from api.addresses import Addresses
from api.language import Language, texts
from api.pages.behind import behind
from api.pages.entity.columns import PREFIXES, Columns, Record, gathered, plain
from api.pages.entity.naming import Naming, key_of
from api.pages.links import Link
from api.pages.listing.chosen import Chosen
from api.pages.listing.declared import Filter, Listing
from graph_builder.namespaces import XSD
from sparql.asking import select
from sparql.backends import Backend
from sparql.protocol import LiteralTerm

PER_PAGE = 50
AT_ONCE = 500
THINGS_AT_MOST = 100_000


@dataclass(frozen=True)
class Option:
    """Something that may be chosen: its key, its name, and how many things of the list it leaves."""

    key: str
    link: Link
    count: int


@dataclass(frozen=True)
class ListPage:
    """All that a page of a list shows."""

    chosen: Chosen
    records: tuple[Record, ...]
    count: int
    options: dict[str, tuple[Option, ...]]
    query: str
    """Where the query behind the count can be run."""

    @property
    def pages(self) -> int:
        """How many pages there are; one also where nothing is found."""
        return max(-(-self.count // PER_PAGE), 1)

    @property
    def first(self) -> int:
        """The place of the first thing of the page in the whole list (1-based)."""
        return (self.chosen.page - 1) * PER_PAGE + 1


async def list_page(backend: Backend, addresses: Addresses, chosen: Chosen) -> ListPage:
    """Return a page of a list; a page beyond the last is the last."""
    naming = Naming(backend, addresses)
    options = await _options(backend, naming, chosen.listing)
    text, bound = _query(chosen, options)
    nodes = await _nodes(backend, chosen, options)
    last = max(-(-len(nodes) // PER_PAGE), 1)
    chosen = chosen.on_page(min(chosen.page, last))
    some = nodes[(chosen.page - 1) * PER_PAGE : chosen.page * PER_PAGE]
    records = await _records(backend, naming, chosen.listing, some)
    return ListPage(chosen, tuple(records), len(nodes), options, behind(text, bound))


async def list_table(backend: Backend, addresses: Addresses, chosen: Chosen, language: Language) -> str:
    """Return everything that a choice leaves as CSV (RFC 4180): the address, then the columns in words."""
    naming, listing, t = Naming(backend, addresses), chosen.listing, texts(language)
    nodes = await _nodes(backend, chosen, await _options(backend, naming, listing))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["iri", *(t(f"columns.{_word(column.name)}") for column in listing.columns)])
    for start in range(0, len(nodes), AT_ONCE):
        for record in await _records(backend, naming, listing, nodes[start : start + AT_ONCE]):
            cells = (record[column.name] for column in listing.columns)
            row = ("|".join(plain(cell, language) for cell in values) for values in cells)
            writer.writerow([record.address("node"), *row])
    return file.getvalue()


async def _nodes(backend: Backend, chosen: Chosen, options: dict[str, tuple[Option, ...]]) -> list[str]:
    """Return the addresses of all that a choice leaves, in order."""
    text, bound = _query(chosen, options)
    rows = await select(backend, text, **bound)
    return list(dict.fromkeys(row["node"].value for row in rows if "node" in row))


def _query(
    chosen: Chosen, options: dict[str, tuple[Option, ...]]
) -> tuple[str, dict[str, str | LiteralTerm]]:
    """Return the query for all that a choice leaves, and the values of its variables."""
    patterns, bound = [chosen.listing.things], dict[str, str | LiteralTerm]()
    for each in chosen.listing.filters:
        value = chosen.value(each.name)
        if each.kind == "flag" and value in ("yes", "no"):
            patterns.append(f"FILTER {'NOT ' * (value == 'no')}EXISTS {{ {each.where} }}")
        elif value and each.kind == "text":
            patterns.append(each.where)
            bound[each.name] = LiteralTerm(value, XSD.string)
        elif value and each.kind == "choice":
            found = next((o for o in options[each.name] if value in (o.key, o.link.address)), None)
            if found is None:
                patterns.append("FILTER(false)")
                continue
            patterns.append(each.where)
            bound[each.name] = found.link.address
    column = chosen.listing.column(chosen.sort) or chosen.listing.columns[0]
    also = "".join(f"?{name} " for name in bound)
    way = "DESC" if chosen.is_descending else "ASC"
    text = f"""{PREFIXES}SELECT {also}?node (MIN(?key) AS ?first) WHERE {{
    {" . ".join(patterns)} OPTIONAL {{ {column.key} }} }} GROUP BY {also}?node
    ORDER BY {way}(?first) ?node LIMIT {THINGS_AT_MOST}"""
    return text, bound


async def _records(backend: Backend, naming: Naming, listing: Listing, nodes: list[str]) -> list[Record]:
    """Return the columns of some things, in the order of the things."""
    if not nodes:
        return []
    values = "VALUES ?node { " + " ".join(str(NamedNode(node)) for node in nodes) + " }"
    wanted = [
        Columns(f"{values} {column.where}", {"node": "thing", column.name: column.type})
        for column in listing.columns
    ]
    answers = await asyncio.gather(*(select(backend, columns.query()) for columns in wanted))
    await naming.learn(row for rows in answers for row in rows)
    found: dict[str, Record] = {node: Record({"node": (naming.link(node),)}) for node in nodes}
    for rows, columns in zip(answers, wanted, strict=True):
        for record in gathered(rows, columns, naming):
            node = record.address("node")
            found[node] = replace(found[node], cells={**found[node].cells, **record.cells})
    return list(found.values())


async def _options(backend: Backend, naming: Naming, listing: Listing) -> dict[str, tuple[Option, ...]]:
    """Return what each filter has to choose from, in the order of the names."""
    choices = [each for each in listing.filters if each.kind == "choice"]
    answers = await asyncio.gather(*(select(backend, _counting(listing, each)) for each in choices))
    await naming.learn(row for rows in answers for row in rows)
    found = {}
    for each, rows in zip(choices, answers, strict=True):
        options = [
            Option(
                key_of(row[each.name].value),
                naming.link(row[each.name].value),
                int(row["count"].value),
            )
            for row in rows
            if each.name in row
        ]
        found[each.name] = tuple(sorted(options, key=lambda option: plain(option.link)))
    return found


def _counting(listing: Listing, each: Filter) -> str:
    return f"""{PREFIXES}SELECT ?{each.name} (COUNT(DISTINCT ?node) AS ?count) WHERE {{
    {listing.things} . {each.where} }} GROUP BY ?{each.name}"""


def _word(column: str) -> str:
    return "name" if column == "node" else column
