"""The page of a question: a form for its parameters, the rows of the answer, and the query behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from api.addresses import Addresses
from api.language import Language
from api.pages.english import Translated, english_of
from api.pages.links import Link
from sparql.answering import Asked, answer_bound
from sparql.asking import Row, Term, read_table
from sparql.backends import Backend
from sparql.columns import Column, columns_of
from sparql.library import Question
from sparql.parameters import Parameter
from sparql.resolution import Named, bind, candidates
from sparql.spelling import spelled_out

ROWS_AT_MOST = 1000
OPTIONS_AT_MOST = 500
LINES = re.compile(r"([a-z0-9][a-z0-9-]*):([0-9]+)-([0-9]+)")
"""How the queries of the library name the lines of a document."""


@dataclass(frozen=True)
class Option:
    """A value that may be chosen: what is sent, and what is read."""

    value: str
    name: str


@dataclass(frozen=True)
class Field:
    """A field of the form: a parameter, its value, and what may be chosen."""

    parameter: Parameter
    value: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Lines of a document that prove a row: the key of the document, the first and the last line."""

    document: str
    first: str
    last: str


Cell = Link | Term | Translated | Lines | None


@dataclass(frozen=True)
class Result:
    """The answer as a page shows it: columns, cells, and the same answer elsewhere."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    query: str
    parameters: str

    @property
    def is_cut(self) -> bool:
        """Whether the page shows fewer rows than there are."""
        return len(self.rows) < self.count


async def question_fields(
    backend: Backend, question: Question, values: Mapping[str, str], language: Language = "ja"
) -> tuple[Field, ...]:
    """Return the fields of the form, filled with the values given, else with the defaults."""
    given = [values.get(parameter.name) or parameter.default or "" for parameter in question.parameters]
    each = zip(question.parameters, given, strict=True)
    return tuple([await _field(backend, parameter, value, language) for parameter, value in each])


async def question_result(
    backend: Backend,
    addresses: Addresses,
    question: Question,
    values: Mapping[str, str],
    language: Language = "ja",
) -> Result:
    """Return the answer for some values; raises `CallError` for a value that cannot be used.

    The library asks for Japanese names; in English, what has an English name is shown with both.
    """
    asked = Asked(question, values)
    bindings = await bind(backend, question, values)
    table = read_table(await answer_bound(backend, asked, bindings, "json"))
    columns = columns_of(question, table)
    shown = table.rows[:ROWS_AT_MOST]
    english = await english_of(backend, shown) if language == "en" else {}
    rows = [tuple(_cell(column, row, addresses, english) for column in columns) for row in shown]
    given = {name: value for name, value in values.items() if value}
    return Result(
        columns, tuple(rows), len(table.rows), spelled_out(question.query, bindings), urlencode(given)
    )


async def _field(backend: Backend, parameter: Parameter, value: str, language: Language) -> Field:
    """Return a field with what may be chosen; a thing that is given by its key is shown by its name."""
    if parameter.choices:
        return Field(parameter, value, tuple(Option(name, name) for name in parameter.choices))
    if not parameter.kind:
        return Field(parameter, value)
    things = await candidates(backend, parameter.kind)
    bearers = Counter(thing.names[0] for thing in things if thing.names)
    terms = [{"thing": Term(thing.address, is_address=True)} for thing in things]
    english = await english_of(backend, terms) if language == "en" else {}
    spoken = {term.value: name.text for term, name in english.items()}
    options = sorted((_option(each, bearers, spoken) for each in things), key=lambda option: option.name)
    meant = [_option(thing, bearers, spoken) for thing in things if thing.key == value]
    shown = meant[0].value if len(meant) == 1 else value
    return Field(parameter, shown, tuple(options[:OPTIONS_AT_MOST]))


def _option(thing: Named, bearers: Mapping[str, int], spoken: Mapping[str, str]) -> Option:
    """Return a thing by its name, or by its address where others bear the name too, and what it is called."""
    name = thing.names[0] if thing.names else thing.key
    return Option(name if bearers.get(name) == 1 else thing.address, spoken.get(thing.address, name))


def _cell(column: Column, row: Row, addresses: Addresses, english: Mapping[Term, Term]) -> Cell:
    value, name = row.get(column.variable), row.get(column.name_variable)
    if value is not None and name is not None and (place := LINES.fullmatch(name.value)):
        return Lines(*place.groups())
    if value is not None and value.is_address:
        names = tuple(each for each in (name, english.get(value)) if each)
        return Link(value.value, addresses.link(value.value), names)
    own = name or value
    return Translated(own, english[own]) if own and own in english else own
