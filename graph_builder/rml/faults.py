"""Fault lines: what a compiled mapping writes in place of a statement whose value breaks a rule."""

from __future__ import annotations

from graph_builder.errors import Place, Problem
from graph_builder.rml.terms import escaped

FAULT = "!"


def read_fault(line: str) -> Problem:
    """A fault line as a problem: which value, in the row of which subject."""
    file, number, owner, what, value, subject = line.removeprefix(FAULT).split("\t")
    shown = escaped(bytes.fromhex(value).decode())
    row = bytes.fromhex(subject).decode() or "a subject without a value"
    found = f'{owner}: the value "{shown}" {what}, in the row of {row}'
    return Problem(Place(file, int(number) if number else None), found, "mend the value or the mapping")
