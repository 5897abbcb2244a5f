"""Which lines a layout of a prose document reads, found by what is printed there.

Line numbers move as soon as a line is inserted above; printed texts do not. So a layout may anchor its
stretch on patterns of printed lines, which then win over `lines`:

    from = '…', before = '…'    a stretch: from the first line that matches, to the line before the first
                                match of `before`; `to_end = true`: to the end of the text
    from = '…', to = '…'        tables: each from a line that matches `from` to the next one that matches
                                `to`, as often as they come, `count` times where that is declared
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.options import options_of
from graph_builder.readers.reading import Reading


@dataclass(frozen=True)
class Table:
    """The printed lines of one table, blank ones left out; `is_whole` when its last row was found."""

    lines: tuple[Line, ...]
    is_whole: bool

    @property
    def first(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.lines[-1].number


def stretch(document: Document, layout: Layout) -> Sequence[Line]:
    """The lines of a stretch, blank ones included."""
    options = options_of(document, layout)
    first, before = options.optional_pattern("from"), options.optional_pattern("before")
    lines = document.lines
    start = layout.first - 1
    if first is not None:
        start = next((at for at, line in enumerate(lines) if first.search(line.text.strip())), start)
    end = len(lines) if options.flag("to_end") else layout.last
    if before is not None:
        matches = (at for at in range(start + 1, len(lines)) if before.search(lines[at].text.strip()))
        end = next(matches, end)
    return lines[start:end]


def tables(document: Document, layout: Layout) -> list[Table]:
    """The tables of a layout, each grown over the lines that touch it."""
    options = options_of(document, layout)
    first, last = options.pattern("from"), options.pattern("to")
    found: list[Table] = []
    start: int | None = None
    for at, line in enumerate(document.lines):
        text = line.text.strip()
        if first.search(text):
            if start is not None:
                found.append(_table(document, start, start, is_whole=False))
            start = at
        if start is not None and last.search(text):
            found.append(_table(document, start, at, is_whole=True))
            start = None
    if start is not None:
        found.append(_table(document, start, start, is_whole=False))
    return found


def read_tables(document: Document, layout: Layout, reading: Reading) -> list[Table]:
    """The whole tables of a layout; broken ones and a wrong count become problems of the reading."""
    found = tables(document, layout)
    for table in found:
        reading.cover(table.first, table.last, layout.reader)
        if not table.is_whole:
            what = f"the {layout.reader} that begins here has no last row"
            remedy = "mend the text, or the pattern `to` of its layout"
            reading.problems.append(Problem(document.place(table.first), what, remedy))
    count = options_of(document, layout).optional_number("count")
    if count is not None and len(found) != count:
        what = f"{len(found)} tables of layout {layout.reader} are there, {count} are declared"
        place = document.place(found[-1].first if found else layout.first)
        reading.problems.append(Problem(place, what, "mend the text, or the layout's patterns and `count`"))
    return [table for table in found if table.is_whole]


def claimed(document: Document, layout: Layout) -> frozenset[int]:
    """The numbers of the lines that other layouts of the document read."""
    numbers: set[int] = set()
    for other in document.layouts:
        if other is layout:
            continue
        if "to" in other.options:
            spans = [range(table.first, table.last + 1) for table in tables(document, other)]
            numbers.update(number for span in spans for number in span)
        else:
            numbers.update(line.number for line in stretch(document, other))
    return frozenset(numbers)


def _table(document: Document, start: int, end: int, *, is_whole: bool) -> Table:
    # A line that touches a table belongs to it: whatever it is, it is not a paragraph of the prose.
    lines = document.lines
    while start > 0 and not lines[start - 1].is_blank:
        start -= 1
    while end + 1 < len(lines) and not lines[end + 1].is_blank:
        end += 1
    return Table(tuple(line for line in lines[start : end + 1] if not line.is_blank), is_whole)
