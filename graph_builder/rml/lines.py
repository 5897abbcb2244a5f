"""Statements about the rows of one table, written as N-Quads lines by one expression.

The expression has three steps: what follows the subject, for every statement of a row, as an array; the array
unnested; the subject put in front. A value that breaks a rule (an IRI with a space in it) becomes a line that
starts with `FAULT`, which sorts before every statement: the data is read once, and the dataset is refused
when such a line is on top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from graph_builder.rml import term_columns
from graph_builder.rml.columns import Check, Columns, Part, concatenation, encode
from graph_builder.rml.faults import FAULT
from graph_builder.rml.model import DEFAULT_GRAPH, TermMap

_DEFAULT = f"<{DEFAULT_GRAPH}>"

_Made: TypeAlias = tuple[Columns, TermMap]


@dataclass(eq=False)
class Lines:
    """Statements made from the rows of one table, all about the subject of a triples map."""

    rows: Columns
    subject: TermMap
    _statements: list[tuple[_Made, ...]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not self._statements

    def say(self, predicate: TermMap, owner: Columns, item: TermMap, graph: TermMap) -> None:
        """Add a statement; the object is made from the columns of its `owner`."""
        self._statements.append(((self.rows, predicate), (owner, item), (self.rows, graph)))

    def subjects(self) -> ir.Table:
        """The column `line`: the subject of every row as it is written."""
        rows = encode([(self.rows, self.subject)])(self.rows)
        return rows.table.select(line=rows.term(self.subject).text)

    def table(self) -> ir.Table:
        """The column `line`: NULL where a value is absent, a fault where a value breaks a rule."""
        made = [(self.rows, self.subject), *(end for statement in self._statements for end in statement)]
        encoded = encode(made)
        rows = encoded(self.rows)
        subject = rows.term(self.subject)
        say = _Speaker(rows, subject.text)
        endings = [say.ending(statement, encoded) for statement in self._statements]
        unnested = rows.table.select(
            subject=say.checked(subject.text, subject.checks), ending=ibis.array(endings).unnest()
        )
        line = unnested.subject + unnested.ending
        if subject.checks:
            line = ibis.ifelse(_is_fault(unnested.subject), unnested.subject, line)
        if say.may_fail:
            line = ibis.ifelse(_is_fault(unnested.ending), unnested.ending, line)
        return unnested.select(line=line)


@dataclass
class _Speaker:
    """Writes what follows the subject of a row."""

    rows: Columns
    subject: ir.StringValue
    may_fail: bool = False

    def ending(self, statement: tuple[_Made, ...], encoded: Callable[[Columns], Columns]) -> ir.StringValue:
        """Predicate, object, graph and full stop."""
        words = [encoded(columns).term(term_map) for columns, term_map in statement]
        checks = [check for word in words for check in word.checks]
        self.may_fail = self.may_fail or bool(checks)
        if words[-1].constant == _DEFAULT:
            del words[-1]
        parts: tuple[Part, ...] = tuple(part for word in words for part in (" ", *word.parts))
        return self.checked(concatenation((*parts, " .")), checks)

    def checked(self, text: ir.StringValue, checks: Sequence[Check]) -> ir.StringValue:
        """The text, or the first fault in place of it."""
        faults = [ibis.ifelse(~check.holds, self._fault(check), ibis.null("string")) for check in checks]
        return ibis.coalesce(*faults, text) if faults else text

    def _fault(self, check: Check) -> ir.StringValue:
        place = self.rows.place
        known = "\t".join((place.file, str(place.line or ""), self.rows.owner, check.what))
        # In hexadecimal, because a value that breaks a rule may hold anything.
        subject = term_columns.utf8_hex(self.subject.fill_null(""))
        return concatenation((f"{FAULT}{known}\t", term_columns.utf8_hex(check.value), "\t", subject))


def _is_fault(text: ir.StringValue) -> ir.BooleanValue:
    return text.substr(0, 1) == FAULT
