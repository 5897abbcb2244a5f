"""Term maps → N-Quads terms as expressions on the columns of one table.

Values are made safe before terms are made of them, all columns of a kind in one array: so a rule of
`graph_builder.rml.term_columns` stands in the query once, however many columns there are.

A `Term` is a sequence of constant texts and string columns; NULL in any column makes the term, and with it
the statement, absent. What only the data can tell (is this value an IRI?) travels beside it as `Check`s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from graph_builder.errors import MappingError, Place, Problem
from graph_builder.namespaces import XSD
from graph_builder.rml import term_columns, terms
from graph_builder.rml.model import (
    DATATYPE,
    RESERVED,
    Constant,
    Expression,
    Reference,
    Template,
    TermMap,
    TermType,
)
from graph_builder.rml.term_maps import LANGUAGE_TAG

XSD_STRING = f"<{XSD.string}>"

Part: TypeAlias = "str | ir.StringValue"
Encoding: TypeAlias = tuple[TermType, str]

RULES: Mapping[TermType, Callable[[ir.StringValue], ir.StringValue]] = {
    TermType.IRI: term_columns.iri_safe_column,
    TermType.URI: term_columns.uri_safe_column,
    TermType.LITERAL: term_columns.escaped_column,
}


@dataclass(frozen=True)
class Check:
    """A condition on the values of a column, and what is wrong where it does not hold."""

    value: ir.StringValue
    holds: ir.BooleanValue
    what: str


@dataclass(frozen=True)
class Term:
    """Constant texts and columns that make up one term, and the checks on them."""

    parts: tuple[Part, ...]
    checks: tuple[Check, ...] = ()

    @property
    def constant(self) -> str | None:
        """The text, where no column takes part."""
        return "".join(map(str, self.parts)) if all(isinstance(part, str) for part in self.parts) else None

    @property
    def text(self) -> ir.StringValue:
        """The parts joined, constants folded."""
        return concatenation(self.parts)


@dataclass(frozen=True)
class Columns:
    """The columns of one table, as a triples map sees them.

    `base` resolves relative IRIs; `prefix` tells the columns of a joined parent from those of the child.
    """

    table: ir.Table
    place: Place
    owner: str
    base: str
    prefix: str = ""
    encoded: Mapping[Encoding, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that a mapping may refer to."""
        names = (
            name.removeprefix(self.prefix) for name in self.table.columns if name.startswith(self.prefix)
        )
        return tuple(name for name in names if not name.startswith(RESERVED) and not name.endswith(DATATYPE))

    def only(self, names: Iterable[str]) -> Columns:
        """The named columns alone; raises MappingError for one that is not there."""
        wanted = {name: self.column(name) for name in sorted(names)}
        natural = {
            name + DATATYPE: self.table[name + DATATYPE] for name in wanted if name + DATATYPE in self.table
        }
        # A table without columns has no rows.
        rest = {} if wanted else {self.table.columns[0]: self.table[self.table.columns[0]]}
        return replace(self, table=self.table.select(**wanted, **natural, **rest))

    def term(self, term_map: TermMap) -> Term:
        """An RDF term as N-Quads writes it; raises MappingError for an unknown column or a bad constant."""
        if term_map.type is TermType.LITERAL:
            return self._literal(term_map)
        if term_map.type is TermType.BLANK_NODE:
            return self._blank_node(term_map.expression)
        return self._iri(term_map.expression, term_map.type)

    def plain(self, expression: Expression) -> ir.StringValue:
        """The value of an expression as it stands in the data: one side of a join."""
        return concatenation(self._parts(expression, None))

    def column(self, name: str) -> ir.StringValue:
        """One column; raises MappingError with the columns that there are."""
        if self.prefix + name not in self.table.columns:
            known = ", ".join(self.names)
            raise self._mistake(f'refers to the column "{name}", which is not there', f"use one of: {known}")
        return self.table[self.prefix + name]

    def _parts(self, expression: Expression, kind: TermType | None) -> tuple[Part, ...]:
        match expression:
            case Constant(value):
                return (value,)
            case Reference(column):
                return (self._value(column, kind),)
            case Template(parts):
                return tuple(p if isinstance(p, str) else self._value(p.column, kind) for p in parts)

    def _value(self, name: str, kind: TermType | None) -> ir.StringValue:
        """A column as it stands in the data, or made safe for a kind of term."""
        if kind is None:
            return self.column(name)
        return self.table[RESERVED + kind.name][self.encoded[kind, self.prefix + name]]

    def _iri(self, expression: Expression | None, kind: TermType) -> Term:
        match expression:
            case Constant(value):
                return self._constant_iri(value)
            case Template() if kind is not TermType.UNSAFE_IRI:
                return self._safe_iri(expression, self._parts(expression, kind))
            case None:
                raise self._mistake("has a term without an expression", "only a blank node may have none")
            case _:
                return self._checked_iri(self.plain(expression))

    def _constant_iri(self, value: str) -> Term:
        iri = value if re.match(terms.SCHEME, value) else self.base + value
        if not terms.is_iri(iri):
            raise self._mistake(f"has the constant <{iri}>, which is not an IRI", "mend the constant")
        return Term((f"<{iri}>",))

    def _safe_iri(self, template: Template, parts: tuple[Part, ...]) -> Term:
        """A template's values cannot break an IRI, so its constant parts are checked once, here."""
        sample = "".join(part if isinstance(part, str) else "x" for part in template.parts)
        first = template.parts[0] if template.parts else ""
        relative = isinstance(first, Reference) or not re.match(terms.SCHEME, first)
        if isinstance(first, str) and relative and re.match(r"^[A-Za-z][A-Za-z0-9+.-]*$", first):
            # Whether `a{x}:b` has a scheme depends on x.
            return self._checked_iri(concatenation(parts))
        start = self.base if relative else ""
        if not terms.is_iri(start + sample):
            remedy = "percent-encode what an IRI cannot hold"
            raise self._mistake(f'has the template "{sample}" (x: a value), which makes no IRI', remedy)
        return Term((f"<{start}", *parts, ">"))

    def _checked_iri(self, value: ir.StringValue) -> Term:
        iri = ibis.ifelse(value.re_search(terms.SCHEME), value, ibis.literal(self.base) + value)
        return Term(("<", iri, ">"), (Check(value, iri.re_search(terms.IRI), "is not an IRI"),))

    def _blank_node(self, expression: Expression | None) -> Term:
        # A label may not hold every character, and a digest is the same on every run. Without an expression
        # the row itself is the name: rows that agree in every column share their node.
        name = (
            self.plain(expression)
            if expression is not None
            else concatenation((self.owner, *map(self._present, self.names)))
        )
        return Term(("_:b", name.hexdigest("md5")))

    def _present(self, name: str) -> ir.StringValue:
        column = self.column(name)
        return ibis.ifelse(column.isnull(), ibis.literal("\x1f-"), ibis.literal("\x1f+") + column)

    def _literal(self, term_map: TermMap) -> Term:
        expression = term_map.expression
        if expression is None:
            raise self._mistake("has a literal without an expression", "say where its text comes from")
        end = self._end(term_map)
        parts = self._parts(expression, None if term_map.lexical_form else TermType.LITERAL)
        text = tuple(terms.escaped(part) if isinstance(part, str) else part for part in parts)
        return Term(('"', *text, '"', *end.parts), end.checks)

    def _end(self, term_map: TermMap) -> Term:
        """What follows the closing quotation mark: a language, a datatype or nothing."""
        if term_map.language is not None:
            return self._language(term_map.language)
        if term_map.datatype is not None:
            return self._datatype(term_map, term_map.datatype)
        if isinstance(term_map.expression, Reference):
            return self._natural_datatype(self.prefix + term_map.expression.column + DATATYPE)
        return Term(())

    def _datatype(self, term_map: TermMap, datatype: TermMap) -> Term:
        named = self.term(datatype)
        if named.constant is None:
            return Term((_typed(named.text),), named.checks)
        if named.constant == XSD_STRING:
            return Term(())
        form = term_map.lexical_form
        if form is None or term_map.expression is None:
            return Term(("^^", named.constant))
        if isinstance(term_map.expression, Constant):
            return self._typed_constant(term_map.expression.value, form, named.constant)
        value = self.plain(term_map.expression)
        what = f"is not a value of {named.constant}"
        return Term(("^^", named.constant), (Check(value, value.re_search(form), what),))

    def _typed_constant(self, value: str, form: str, datatype: str) -> Term:
        if not re.match(form.replace(r"\z", r"\Z"), value):
            raise self._mistake(f'has the constant "{value}", which is not a value of {datatype}', "mend it")
        return Term(("^^", datatype))

    def _natural_datatype(self, name: str) -> Term:
        if name not in self.table.columns:
            return Term(())
        kind = self.table[name]
        typed = ibis.literal("^^<") + kind + ">"
        return Term((ibis.ifelse(kind.isnull(), ibis.literal(""), typed),))

    def _language(self, expression: Expression) -> Term:
        if isinstance(expression, Constant):
            return Term(("@", expression.value))
        tag = self.plain(expression)
        return Term(("@", tag), (Check(tag, tag.re_search(LANGUAGE_TAG), "is not a language tag"),))

    def _mistake(self, what: str, remedy: str) -> MappingError:
        return MappingError(Problem(self.place, f"{self.owner} {what}", remedy))


def encode(made: Iterable[tuple[Columns, TermMap]]) -> Callable[[Columns], Columns]:
    """Make safe what some terms of one table need; gives what turns their columns into the encoded ones."""
    wanted: dict[TermType, dict[str, ir.StringValue]] = {}
    tables = []
    for columns, term_map in made:
        tables.append(columns.table)
        for kind, name in sorted(term_map.encodings, key=lambda encoding: (encoding[0].name, encoding[1])):
            wanted.setdefault(kind, {})[columns.prefix + name] = columns.column(name)
    arrays = {
        RESERVED + kind.name: ibis.array(list(values.values())).map(RULES[kind])
        for kind, values in wanted.items()
    }
    table = tables[0].mutate(**arrays)
    places = {(kind, name): n for kind, values in wanted.items() for n, name in enumerate(values)}
    return lambda columns: replace(columns, table=table, encoded=places)


def concatenation(parts: tuple[Part, ...]) -> ir.StringValue:
    """The parts as one string expression; neighbouring constants are joined beforehand."""
    folded: list[Part] = []
    for part in parts:
        if folded and isinstance(part, str) and isinstance(folded[-1], str):
            folded[-1] += part
        elif not isinstance(part, str) or part:
            folded.append(part)
    if not folded:
        return ibis.literal("")
    result = ibis.literal(folded[0]) if isinstance(folded[0], str) else folded[0]
    for part in folded[1:]:
        result = result + part
    return result


def _typed(datatype: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(datatype == XSD_STRING, ibis.literal(""), ibis.literal("^^") + datatype)
