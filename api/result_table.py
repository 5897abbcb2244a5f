"""The rows of an answer as a table to read in a terminal; Japanese letters count as two columns."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from api.search.searching import Found
from sparql.asking import Row, Table
from sparql.columns import Column, columns_of
from sparql.library import Question

WIDE = 10_000
"""Columns where nothing wraps: the output is no terminal but a file or a pipe."""


def show(what: RenderableType) -> None:
    """Print to standard output, as wide as the terminal; a pipe gets every row in one line."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    with console.capture() as captured:
        console.print(what)
    lines = (line.rstrip() for line in captured.get().splitlines())
    sys.stdout.write("\n".join(lines) + "\n")


def questions_table(questions: Iterable[Question]) -> RichTable:
    """Return the list of questions with their titles and parameters."""
    table = RichTable(box=None, pad_edge=False, show_header=False)
    for question in questions:
        table.add_row(
            Text(question.name, style="bold"),
            Text(question.title_ja),
            Text(_parameters(question), style="dim"),
        )
        table.add_row("", Text(question.title_en, style="dim"), "")
    return table


def result_table(question: Question, result: Table, base: str) -> RichTable:
    """Return the rows of an answer; a thing is shown by its name where the query gives it one."""
    title = question.title_ja or question.name
    table = RichTable(
        title=title, title_justify="left", caption=f"{len(result.rows)} 件", caption_justify="left"
    )
    columns = columns_of(question, result)
    for column in columns:
        table.add_column(column.label_ja, overflow="fold")
    for row in result.rows:
        table.add_row(*(_cell(column, row, base) for column in columns))
    return table


def found_table(found: Found, base: str) -> RichTable:
    """Return the results of a search; the address goes without the base."""
    caption = f"{found.total} 件{'（近いもの）' if found.is_relaxed else ''}"
    table = RichTable(caption=caption, caption_justify="left")
    for name in ("名称", "種類", "年度", "番地"):
        table.add_column(name, overflow="fold")
    for result in found.results:
        label = Text(result.label.text)
        for start, end in result.label.marks:
            label.stylize("bold", start, end)
        year = "" if result.year is None else str(result.year)
        table.add_row(label, result.kind.label_ja, year, result.address.removeprefix(base))
    return table


def _cell(column: Column, row: Row, base: str) -> Text:
    term = row.get(column.name_variable) or row.get(column.variable)
    return Text("" if term is None else term.text.removeprefix(base) if term.is_address else term.text)


def _parameters(question: Question) -> str:
    """Return the parameters as on a command line: optional ones in brackets."""
    return " ".join(
        f"{parameter.name}=" if parameter.is_required else f"[{parameter.name}=]"
        for parameter in question.parameters
    )
