"""Small tables of counts over years, one below each heading that they belong to.

`[[layouts.rows]]` in document.toml lists the lines of a table in order, each a `pattern`; a line with
figures names its `value` (fiscal_year, item_count, achieved_count or achieved_rate) and has a group `values`.
A label that is wrapped over lines has a row for each of them. The direction is that of the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import DeclarationError, Problem
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.prose.headings import section_above, sections
from graph_builder.readers.prose.stretches import Table, read_tables
from graph_builder.readers.prose.table_texts import Token, tokens
from graph_builder.readers.reading import DirectionRecord, ObservationRecord, Reading, Span
from graph_builder.values.text import normal
from graph_builder.values.years import parse_year

NAME = "statistics-blocks"
VALUES = ("fiscal_year", "item_count", "achieved_count", "achieved_rate")


def read(document: Document, layout: Layout) -> Reading:
    """One observation for each year of each table; a line out of order is a problem."""
    rows = _rows(options_of(document, layout))
    reading, found = Reading(), sections(document)
    for table in read_tables(document, layout, reading):
        above = section_above(found, table.first)
        values = _values(document, table, rows, reading)
        if values is not None:
            direction = above.direction if above else None
            reading.observations += _observations(table, values, direction)
    return reading


_Row = tuple[str | None, re.Pattern[str]]


def _rows(options: Options) -> list[_Row]:
    rows: list[_Row] = []
    for table in options.tables("rows"):
        value = table.text("value") if "value" in table.values else None
        rows.append((value, table.pattern("pattern")))
    named = [value for value, _ in rows if value is not None]
    if sorted(named) != sorted(VALUES):
        what = f"the rows name the values {named}"
        raise DeclarationError(Problem(options.place, what, f"name each of {', '.join(VALUES)} once"))
    return rows


def _values(
    document: Document, table: Table, rows: Sequence[_Row], reading: Reading
) -> Mapping[str, list[Token]] | None:
    """The figures of each row; None, and problems, where lines or figures do not fit."""
    problems: list[Problem] = []
    values: dict[str, list[Token]] = {}
    at = 0
    for line in table.lines:
        match = rows[at][1].search(line.text.strip()) if at < len(rows) else None
        if match is None:
            problems.append(_out_of_order(document, line, rows, at))
            continue
        value = rows[at][0]
        if value is not None:
            values[value] = _figures(line, match["values"])
        at += 1
    if at < len(rows):
        what = f"the table ends before its row {rows[at][1].pattern}"
        problems.append(Problem(document.place(table.last), what, "mend the text, or the layout's rows"))
    problems = problems or _unreadable(document, table, values)
    reading.problems += problems
    return None if problems else values


def _figures(line: Line, printed: str) -> list[Token]:
    return tokens(line, line.text.index(printed))


def _unreadable(document: Document, table: Table, values: Mapping[str, list[Token]]) -> list[Problem]:
    """Problems of a table whose lines are all there: figures that are missing or no figures."""
    years = len(values["fiscal_year"])
    problems = []
    for value, found in values.items():
        line = found[0].span.first if found else table.first
        if len(found) != years:
            what = f"{len(found)} figures stand in the row {value} under {years} years"
            problems.append(Problem(document.place(line), what, "mend the text"))
        problems += [
            Problem(document.place(line), f"「{figure.text}」 is no {value}", "mend the text")
            for figure in found
            if not _is_readable(value, figure.text)
        ]
    return problems


def _is_readable(value: str, text: str) -> bool:
    if value == "fiscal_year":
        return parse_year(text) is not None
    pattern = r"\d+(\.\d+)?[%]" if value == "achieved_rate" else r"\d+"
    return re.fullmatch(pattern, normal(text)) is not None


def _observations(
    table: Table, values: Mapping[str, list[Token]], direction: DirectionRecord | None
) -> list[ObservationRecord]:
    observations = []
    for position, year in enumerate(values["fiscal_year"]):
        figures = {value: values[value][position] for value in VALUES}
        parsed = parse_year(year.text)
        if parsed is not None:
            observations.append(_observation(table, figures, parsed.first.year, direction))
    return observations


def _observation(
    table: Table, figures: Mapping[str, Token], fiscal_year: int, direction: DirectionRecord | None
) -> ObservationRecord:
    return ObservationRecord(
        span=Span(table.first, table.last),
        fiscal_year=fiscal_year,
        item_count=int(normal(figures["item_count"].text)),
        achieved_count=int(normal(figures["achieved_count"].text)),
        achieved_rate=normal(figures["achieved_rate"].text).rstrip("%"),
        direction=direction,
        cells={value: figure.span for value, figure in figures.items()},
    )


def _out_of_order(document: Document, line: Line, rows: Sequence[_Row], at: int) -> Problem:
    wanted = f"a line like {rows[at][1].pattern} is expected" if at < len(rows) else "the table has ended"
    what = f"「{line.text.strip()[:40]}」 does not belong to the table: {wanted}"
    return Problem(document.place(line.number), what, "mend the text, or the layout's rows")
