"""The things of a class as a table: a row for each thing, its IRI, and a column for each property.

A property that has texts in a language has a column for each language, `skos:prefLabel@ja`. A cell holds all
values, sorted: addresses whole, literals as their lexical form. The things are those of the merged graphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from pyoxigraph import Literal, NamedNode, Triple

from graph_builder.namespaces import RDF, short

IRI = "iri"


@dataclass(frozen=True, order=True)
class Column:
    """A property, and the language of its texts where they have one."""

    address: str
    language: str = ""

    @property
    def name(self) -> str:
        """`kf:value` or `skos:prefLabel@ja`; the whole address where no prefix fits."""
        name = short(self.address) or self.address
        return f"{name}@{self.language}" if self.language else name


@dataclass
class Table:
    """The things of one class: cells by thing and column, and the datatypes of each column."""

    rows: dict[str, dict[Column, list[str]]] = field(default_factory=dict)
    datatypes: dict[Column, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def columns(self) -> list[Column]:
        """The columns by their names."""
        return sorted(self.datatypes, key=lambda column: (column.name, column))


def read_tables(triples: Iterable[Triple], wanted: str | None = None) -> dict[str, Table]:
    """The table of each class, or of the one that is wanted, by the IRI of the class.

    The triples about one thing stand together.
    """
    tables: defaultdict[str, Table] = defaultdict(Table)
    for thing, statements in groupby(triples, key=attrgetter("subject")):
        said = list(statements)
        kinds = {kind for kind in _kinds(said) if wanted in {None, kind}}
        for kind in kinds:
            _add(tables[kind], thing.value, said)
    return dict(sorted(tables.items()))


def _kinds(statements: Iterable[Triple]) -> Iterator[str]:
    for statement in statements:
        if statement.predicate.value == RDF.type and isinstance(statement.object, NamedNode):
            yield statement.object.value


def _add(table: Table, thing: str, statements: Iterable[Triple]) -> None:
    row: defaultdict[Column, list[str]] = defaultdict(list)
    for statement in statements:
        value = statement.object
        if isinstance(value, Literal):
            column = Column(statement.predicate.value, value.language or "")
            table.datatypes[column].add(value.datatype.value)
        elif isinstance(value, NamedNode):
            column = Column(statement.predicate.value)
            table.datatypes[column].add("")
        else:
            raise TypeError(f"{value} is neither an address nor a literal")
        row[column].append(value.value)
    table.rows[thing] = {column: sorted(values) for column, values in row.items()}
