"""Statements about the rows of one table, written as N-Quads lines by one expression.

The expression has three steps: the terms of a row as columns, the statements of a row as an array of lines,
the array unnested. A value that breaks a rule (an IRI with a space in it) becomes a line that starts with
`FAULT`, X
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from graph_builder.errors import Place, Problem
from graph_builder.rml import terms
from graph_builder.rml.columns import Check, Columns, Term, concatenation
from graph_builder.rml.model import DEFAULT_GRAPH, TermMap

FAULT = "!"
_DEFAULT = f"<{DEFAULT_GRAPH}>"


@dataclass(frozen=True)
class _Column:
    """A term that is made from the row: its column, and the columns of what may be wrong with it."""

    name: str
    faults: tuple[str, ...] = ()


_Line: TypeAlias = tuple[str | _Column, ...]


@dataclass
class Lines:
    """Statements made from the rows of one table, all about the subject of a triples map."""

    rows: Columns
    subject: TermMap
    _statements: list[_Line] = field(default_factory=list)
    _columns: dict[str, ir.StringValue] = field(default_factory=dict)
    _terms: dict[tuple[str, str, TermMap], str | _Column] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not self._statements

    def say(self, predicate: TermMap, owner: Columns, item: TermMap, graph: TermMap) -> None:
        """Add a statement; the object is made from the columns of its `owner`."""
        ends = [(self.rows, self.subject), (self.rows, predicate), (owner, item), (self.rows, graph)]
        words = [self._term(columns, term_map) for columns, term_map in ends]
        if words[3] == _DEFAULT:
            del words[3]
        self._statements.append((*(piece for word in words for piece in (word, " ")), "."))

    def table(self) -> ir.Table:
        """The lines; where a value breaks a rule, its fault stands in place of every line that has it."""
        table = self.rows.table
        if self._columns:
            table = table.select(**self._columns)
        lines = ibis.array([_line(table, statement) for statement in self._statements])
        return table.select(line=lines.unnest()).filter(lambda t: t.line.notnull())

    def _term(self, columns: Columns, term_map: TermMap) -> str | _Column:
        key = (columns.prefix, columns.base, term_map)
        if key not in self._terms:
            term = columns.term(term_map)
            constant = term.constant
            self._terms[key] = self._column(term) if constant is None else constant
        return self._terms[key]

    def _column(self, term: Term) -> _Column:
        name = f"term_{len(self._columns)}"
        self._columns[name] = term.text
        faults = tuple(f"{name}_fault_{number}" for number in range(len(term.checks)))
        for fault, check in zip(faults, term.checks, strict=True):
            self._columns[fault] = ibis.ifelse(~check.holds, self._fault(check), ibis.null("string"))
        return _Column(name, faults)

    def _fault(self, check: Check) -> ir.StringValue:
        place = self.rows.place
        subject = self.rows.term(self.subject).text.fill_null("")
        known = "\t".join((place.file, str(place.line or ""), self.rows.owner, check.what))
        return concatenation((f"{FAULT}{known}\t", terms.escaped_column(check.value), "\t", subject))


def read_fault(line: str) -> Problem:
    """A fault line as a problem: which value, in the row of which subject."""
    file, number, owner, what, value, subject = line.removeprefix(FAULT).split("\t")
    found = f'{owner}: the value "{value}" {what}, in the row of {subject or "a subject without a value"}'
    return Problem(Place(file, int(number) if number else None), found, "mend the value or the mapping")


def _line(table: ir.Table, statement: _Line) -> ir.StringValue:
    columns = [piece for piece in statement if isinstance(piece, _Column)]
    line = concatenation(tuple(table[p.name] if isinstance(p, _Column) else p for p in statement))
    faults = [table[fault] for column in columns for fault in column.faults]
    return ibis.coalesce(*faults, line) if faults else line
