"""The table of a vision's indicator: its name, the present value and the target, each with its year.

The cells come one after another, wrapped over lines: the printed `name`, `baseline` and `target` headings
of document.toml (the last two followed by a year in brackets), the indicator's name in a column of
`name_width` em, and both values on the last line. Notes are those of the outline in the same section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.prose import outline
from graph_builder.readers.prose.headings import OUTLINE, section_above, sections
from graph_builder.readers.prose.printed_rows import rows, stranger
from graph_builder.readers.prose.stretches import Table, read_tables
from graph_builder.readers.prose.table_texts import tokens
from graph_builder.readers.reading import IndicatorRecord, ParagraphRecord, Reading, SectionRecord, Span
from graph_builder.values.text import join_lines
from graph_builder.values.years import parse_year

NAME = "indicator-table"
NOTE = "note"
_YEAR_PART = re.compile(r"[（(]?[明治大正昭和平成令元年度0-9０-９MTSHR]*[）)]?")


def read(document: Document, layout: Layout) -> Reading:
    """One indicator for each table; a line that is no part of one is a problem."""
    options = options_of(document, layout)
    reading, found = Reading(), sections(document)
    notes = _notes(document)
    for table in read_tables(document, layout, reading):
        cells = _Cells(document, options, list(table.lines), reading)
        vision = section_above(found, table.first)
        indicator = _indicator(table, cells, vision, notes)
        if indicator is not None:
            reading.indicators.append(indicator)
    return reading


@dataclass
class _Cells:
    """The lines of a table that are still to be read, from the top."""

    document: Document
    options: Options
    lines: list[Line]
    reading: Reading

    def heading(self, key: str) -> None:
        """Read a heading; every line above it is a problem."""
        while self.lines:
            line = self.lines.pop(0)
            if line.text.strip() == self.options.text(key):
                return
            self.refuse(line)

    def year(self) -> list[Line]:
        """Read a year in brackets, which may be wrapped."""
        read: list[Line] = []
        while self.lines and not _is_year(read):
            line = self.lines.pop(0)
            if _YEAR_PART.fullmatch(line.text.strip()):
                read.append(line)
            else:
                self.refuse(line)
        return read

    def name(self) -> list[Line]:
        """Read the name's lines, those above the values, without the strangers among them."""
        width, values = self.options.range("name_width"), self.options.pattern("to")
        above = list(takewhile(lambda line: not values.search(line.text.strip()), self.lines))
        for line in self.lines[len(above) + 1 :]:
            self.refuse(line)
        printed = rows(above, self.document.lines)
        self.lines = self.lines[len(above) : len(above) + 1]
        strangers = {row.number for row in printed if not row.fits(width)}
        for row, after in pairwise(printed):
            if after.touches and not strangers & {row.number, after.number}:
                strangers.add(stranger(row, after, width, None).number)
        for row in printed:
            if row.number in strangers:
                self.refuse(row.line)
        return [row.line for row in printed if row.number not in strangers]

    def refuse(self, line: Line) -> None:
        """Report a line that is no part of the table."""
        what = f"「{line.text.strip()[:40]}」 does not belong to the table of the indicator"
        remedy = "mend the text, or the layout's headings and name_width"
        self.reading.problems.append(Problem(self.document.place(line.number), what, remedy))


def _indicator(
    table: Table, cells: _Cells, vision: SectionRecord | None, notes: list[ParagraphRecord]
) -> IndicatorRecord | None:
    cells.heading("name")
    cells.heading("baseline")
    baseline_year = cells.year()
    cells.heading("target")
    target_year = cells.year()
    name = cells.name()
    values = [token for line in cells.lines for token in tokens(line)]
    years = [parse_year(_joined(lines)) for lines in (baseline_year, target_year)]
    baseline, target = years
    if baseline is None or target is None or not name or len(values) != 2:
        what = "the table lacks a year, its name or one of its two values"
        place = cells.document.place(table.first)
        cells.reading.problems.append(Problem(place, what, "mend the text, or the layout's headings"))
        return None
    return IndicatorRecord(
        span=Span(table.first, table.last),
        label=_joined(name),
        baseline_text=values[0].text,
        baseline_year=baseline.first.year,
        target_text=values[1].text,
        target_year=target.first.year,
        notes=tuple(note.text for note in notes if vision is not None and note.section == vision),
        vision=vision,
        cells={
            "label": _span(name),
            "baseline_year": _span(baseline_year),
            "target_year": _span(target_year),
            "baseline_text": values[0].span,
            "target_text": values[1].span,
        },
    )


def _notes(document: Document) -> list[ParagraphRecord]:
    readings = [outline.read(document, layout) for layout in document.layouts if layout.reader == OUTLINE]
    return [note for reading in readings for note in reading.paragraphs if note.kind == NOTE]


def _is_year(lines: list[Line]) -> bool:
    return _joined(lines).endswith(("）", ")"))


def _joined(lines: list[Line]) -> str:
    return join_lines(line.text for line in lines)


def _span(lines: list[Line]) -> Span:
    return Span(lines[0].number, lines[-1].number)
