"""Read a table that was dumped as tab-separated lines: one line a row, merged cells shifted or missing.

Columns: field, item, responsible unit, name, summary, target. Page heads are declared under [[ignored]].
A line that is no row, a count that is not the declared one: a Problem with line, column and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.merged.entries import Entries, Page
from graph_builder.readers.merged.layout import MergedLayout, declared_layouts
from graph_builder.readers.merged.proposal import NAME, propose
from graph_builder.readers.merged.rows import Misfit, Row, read_row
from graph_builder.readers.merged.sequence import Above
from graph_builder.readers.reading import Reading

__all__ = ["NAME", "propose", "read"]


@dataclass
class _List:
    """The rows of one list, page by page."""

    layout: MergedLayout
    pages: list[list[Row]] = field(default_factory=lambda: [[]])

    @property
    def rows(self) -> list[Row]:
        """The rows of all pages."""
        return [row for page in self.pages for row in page]


def read(document: Document, layout: Layout) -> Reading:
    """The entries of one table; raises DeclarationError for a wrong option."""
    reading = Reading()
    for part in _lists(document, layout, reading):
        entries = Entries(part.layout)
        entries.add([Page(tuple(rows)) for rows in part.pages if rows])
        reading.entries += entries.records()
        reading.directions += entries.directions.values()
        reading.problems += _miscounts(document, part)
    return reading


def _lists(document: Document, layout: Layout, reading: Reading) -> list[_List]:
    """The lists of the table; heads and rows are covered, all else is a problem."""
    declared = declared_layouts(document, layout)
    lists = [_List(declared[0])]
    waiting = list(declared[1:])
    ignored = {entry.text.strip(): entry.kind for entry in document.ignored}
    above = Above(declared[0])
    for line in _printed(document, layout):
        text = line.printed.strip()
        if waiting and _begins(line, waiting[0], lists[-1].layout):
            lists.append(_List(waiting.pop(0)))
            above = Above(lists[-1].layout)
        if kind := ignored.get(text):
            reading.cover(line.number, line.number, kind)
            lists[-1].pages.append([])
        else:
            row = above.check(read_row(line, lists[-1].layout))
            _enter(document, line, row, lists[-1], reading)
    return lists + [_List(part) for part in waiting]


def _printed(document: Document, layout: Layout) -> Iterator[Line]:
    return (line for line in document.between(layout.first, layout.last) if not line.is_blank)


def _begins(line: Line, part: MergedLayout, before: MergedLayout) -> bool:
    """Whether a list begins here: with its declared line, or else with a field that the list above lacks."""
    if part.begins is not None:
        return line.printed.strip() == part.begins.strip()
    row = read_row(line, part)
    return isinstance(row, Row) and row.field is not None and row.field not in before.fields.values()


def _enter(document: Document, line: Line, row: Row | Misfit, part: _List, reading: Reading) -> None:
    if isinstance(row, Misfit):
        place = document.place(line.number, row.column)
        reading.problems.append(Problem(place, row.what, row.remedy))
    else:
        part.pages[-1].append(row)
        reading.cover(line.number, line.number, "entry" if row.is_entry else "item")


def _miscounts(document: Document, part: _List) -> list[Problem]:
    entries = [row for row in part.rows if row.is_entry]
    items = [row for row in part.rows if not row.is_entry]
    problems = []
    if part.layout.rows not in (None, len(entries)):
        what = f"the list{_called(part)} has {len(entries)} entries, {part.layout.rows} are declared"
        remedy = "look for a line that is missing or too much, or declare rows in the layout"
        problems.append(Problem(document.place(column="rows"), what, remedy))
    if part.layout.item_lines != len(items):
        problems += _miscounted_items(document, part, items)
    return problems


def _miscounted_items(document: Document, part: _List, items: Sequence[Row]) -> list[Problem]:
    """A problem at each line that only holds an item: any of them may be the one too much."""
    what = (
        f"the list{_called(part)} has {len(items)} lines that hold nothing but an item, "
        f"{part.layout.item_lines} are declared"
    )
    remedy = "look for a line that is missing or too much, or declare item_lines in the layout"
    places = [document.place(row.line.number, row.item_cells[0].column) for row in items]
    return [Problem(place, what, remedy) for place in places or [document.place(column="item_lines")]]


def _called(part: _List) -> str:
    return f" {part.layout.part}" if part.layout.part else ""
