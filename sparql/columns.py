"""The columns of an answer as people read them: a thing and its name are one column, with a heading.

A query names a thing `?entry` and its name `?entryLabel`. A parameter that has one value throughout was given
by the reader, who need not see it again in every row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sparql.asking import Table
from sparql.library import Question

SUFFIX = "Label"


@dataclass(frozen=True)
class Column:
    """A column: the variable of the thing or value, that of its name, and the headings."""

    variable: str
    name_variable: str
    label_ja: str
    label_en: str


@cache
def headings() -> Mapping[str, tuple[str, str]]:
    """Return the headings of variables: Japanese and English."""
    text = Path(__file__).with_name("columns.toml").read_text("utf-8")
    return {name: (ja, en) for name, (ja, en) in tomllib.loads(text).items()}


def columns_of(question: Question, table: Table) -> tuple[Column, ...]:
    """Return the columns to show of an answer, in the order of the query."""
    hidden = {parameter.name for parameter in question.parameters if _is_constant(table, parameter.name)}
    shown = [name for name in table.columns if name not in hidden and not _names_another(name, table)]
    return tuple(_column(name) for name in shown)


def _column(variable: str) -> Column:
    stem = variable.removesuffix(SUFFIX)
    ja, en = headings().get(stem, (variable, variable))
    return Column(stem, f"{stem}{SUFFIX}", ja, en)


def _names_another(variable: str, table: Table) -> bool:
    return variable.endswith(SUFFIX) and variable.removesuffix(SUFFIX) in table.columns


def _is_constant(table: Table, variable: str) -> bool:
    return len({row.get(variable) for row in table.rows}) <= 1 and f"{variable}{SUFFIX}" not in table.columns
