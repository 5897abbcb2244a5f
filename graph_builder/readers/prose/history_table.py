"""A table of the generations of a series of plans: period, themes, measures and outcomes, one row a line.

The cells are separated by tabs; inside a cell the items are separated by nothing but a space, as are Latin
words from the Japanese around them. `columns` in document.toml names the four cells as printed,
`generation` is the pattern of the first one with the groups `generation` and `period`.
"""

from __future__ import annotations

import re

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.options import options_of
from graph_builder.readers.prose.stretches import read_tables
from graph_builder.readers.prose.table_texts import is_hiragana
from graph_builder.readers.reading import GenerationRecord, Reading, Span
from graph_builder.values.text import is_latin, normal, without_script_spaces
from graph_builder.values.years import parse_year

NAME = "history-table"
SUB_ITEM = "・"


def read(document: Document, layout: Layout) -> Reading:
    """One generation for each row; a line that is no row is a problem, and so is a wrong number of rows."""
    options = options_of(document, layout)
    header, pattern = "\t".join(options.texts("columns")), options.pattern("generation")
    reading = Reading()
    headers = 0
    for table in read_tables(document, layout, reading):
        for line in table.lines:
            if line.text.strip() == header:
                headers += 1
                continue
            generation = _generation(line, pattern)
            if generation is None:
                reading.problems.append(_no_row(document, line))
            else:
                reading.generations.append(generation)
        if headers != 1:
            what = f"the header of the table stands {headers} times, not once"
            reading.problems.append(Problem(document.place(table.first), what, "mend the text or `columns`"))
    _check_count(document, layout, reading)
    return reading


def split_items(cell: str) -> tuple[str, ...]:
    """The items of a cell, without their bullets and without the spaces around Latin words.

    A space parts two items unless it belongs to a Latin word: it follows one (ICT 化), or it stands
    between a particle and one (への ICT). Items end in nouns, so before a Latin word only hiragana glues.
    """
    parts = [part for part in cell.split() if part]
    items: list[str] = []
    glued = False
    for part in parts:
        if part == SUB_ITEM:
            glued = False
            items.append("")
        elif items and (items[-1] == "" or glued or _glues(items[-1], part)):
            items[-1] = f"{items[-1]} {part}".strip()
        else:
            items.append(part)
    return tuple(without_script_spaces(item) for item in items if item)


def _glues(before: str, after: str) -> bool:
    return is_latin(before[-1]) or (is_latin(after[0]) and is_hiragana(before[-1]))


def _generation(line: Line, pattern: re.Pattern[str]) -> GenerationRecord | None:
    cells = line.text.split("\t")
    match = pattern.search(cells[0].strip())
    period = parse_year(match["period"]) if match else None
    if len(cells) != 4 or match is None or period is None or period.last is None:
        return None
    return GenerationRecord(
        span=Span(line.number, line.number),
        generation=int(normal(match["generation"])),
        start_year=period.first.year,
        end_year=period.last.year,
        themes=split_items(cells[1]),
        main_measures=split_items(cells[2]),
        outcomes=split_items(cells[3]),
    )


def _no_row(document: Document, line: Line) -> Problem:
    what = f"「{line.text.strip()[:40]}」 is no row of the table: it lacks a generation, its period or a cell"
    return Problem(document.place(line.number), what, "mend the text, or the pattern `generation`")


def _check_count(document: Document, layout: Layout, reading: Reading) -> None:
    rows = options_of(document, layout).number("rows")
    if len(reading.generations) != rows:
        what = f"the table has {len(reading.generations)} generations, {rows} are declared"
        remedy = "mend the text or the declared `rows`"
        reading.problems.append(Problem(document.place(layout.first), what, remedy))
