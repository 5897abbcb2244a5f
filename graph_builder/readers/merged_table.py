"""Read a table that was dumped as tab-separated lines: one line a row, merged cells shifted or missing.

Columns: field, item, responsible unit, name, summary, target. Page heads are declared under [[ignored]].
A line that is no row, a count that is not the declared one: a Problem with line, column and remedy.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.merged_entries import Entries, Page
from graph_builder.readers.merged_layout import MergedLayout, declared_layout
from graph_builder.readers.merged_proposal import NAME, propose
from graph_builder.readers.merged_rows import Misfit, Row, read_row
from graph_builder.readers.reading import Reading

__all__ = ["NAME", "propose", "read"]


def read(document: Document, layout: Layout) -> Reading:
    """The entries of one list; raises DeclarationError for a wrong option."""
    declared = declared_layout(document, layout)
    reading = Reading()
    pages = _pages(document, document.between(layout.first, layout.last), declared, reading)
    entries = Entries(declared)
    entries.add(pages)
    reading.entries = entries.records()
    reading.directions = list(entries.directions.values())
    reading.problems += _miscounts(document, layout, declared, pages)
    return reading


def _pages(
    document: Document, lines: Iterable[Line], layout: MergedLayout, reading: Reading
) -> list[Page]:
    """The rows of each page; page heads and rows are covered, all else is a problem."""
    ignored = {entry.text.strip(): entry.kind for entry in document.ignored}
    pages: list[list[Row]] = [[]]
    above = _Above()
    for line in lines:
        if line.is_blank:
            continue
        if kind := ignored.get(line.printed.strip()):
            reading.cover(line.number, line.number, kind)
            pages.append([])
            continue
        row = above.check(read_row(line, layout))
        if isinstance(row, Misfit):
            place = document.place(line.number, row.column)
            reading.problems.append(Problem(place, row.what, row.remedy))
        else:
            pages[-1].append(row)
            reading.cover(line.number, line.number, "entry" if row.is_entry else "item")
    return [Page(tuple(rows)) for rows in pages if rows]


class _Above:
    """What the lines above have said: an entry, and its field."""

    def __init__(self) -> None:
        self._entry: Row | None = None
        self._has_field = False

    def check(self, row: Row | Misfit) -> Row | Misfit:
        """The row, or why it cannot stand below what stands above it."""
        if isinstance(row, Misfit):
            return row
        if not row.is_entry:
            return self._check_item(row)
        self._has_field = self._has_field or row.field is not None
        if not self._has_field:
            return Misfit("no field stands on the line or above it", "add the field by corrections.csv", 1)
        self._entry = row
        return row

    def _check_item(self, row: Row) -> Row | Misfit:
        column = row.item_cells[0].column
        if self._entry is None:
            return Misfit("there is no entry above to which the item belongs", "mend the line", column)
        if row.field is not None:
            return Misfit("a further item of an entry cannot begin a field", "name the project", column)
        if set(row.responsible) - set(self._entry.responsible):
            return Misfit("the item's responsible unit is not that of the entry above", "mend it", column)
        return row


def _miscounts(
    document: Document, layout: Layout, declared: MergedLayout, pages: Iterable[Page]
) -> list[Problem]:
    rows = [row for page in pages for row in page.rows]
    entries = [row for row in rows if row.is_entry]
    items = [row for row in rows if not row.is_entry]
    problems = [] if declared.rows in (None, len(entries)) else [_miscount(document, layout, declared, entries)]
    if len(items) != declared.item_lines:
        problems += [
            Problem(
                document.place(row.line.number, row.item_cells[0].column),
                f"the line holds nothing but an item; {declared.item_lines} such lines are declared, "
                f"there are {len(items)}",
                "remove the line, or declare item_lines in the layout",
            )
            for row in items
        ] or [_missing_items(document, layout, declared)]
    return problems


def _missing_items(document: Document, layout: Layout, declared: MergedLayout) -> Problem:
    return Problem(
        document.place(column="item_lines"),
        f"no line of {layout.first}-{layout.last} holds nothing but an item, {declared.item_lines} are declared",
        "look for lines that are missing, or declare item_lines in the layout",
    )


def _miscount(document: Document, layout: Layout, declared: MergedLayout, entries: list[Row]) -> Problem:
    return Problem(
        document.place(column="rows"),
        f"lines {layout.first}-{layout.last} hold {len(entries)} entries, {declared.rows} are declared",
        "look for a line that is missing or too much, or declare rows in the layout",
    )
