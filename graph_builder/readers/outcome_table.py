"""A table of what a plan brought about: one row a pillar, in its cell the projects one after another.

A row is `pillar TAB ○project ○project … `. document.toml declares `bullet`, `scheme` (the plan whose
directions the pillars are, found among the headings of the outline), `plans`, `start_year`, `end_year`, the
numbers of `rows` and `entries`, and as `[[layouts.ignored]]` (kind, text, count) what in a cell is no data.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import Problem
from graph_builder.readers.headings import sections
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.reading import DirectionRecord, EntryRecord, Reading, Span
from graph_builder.readers.stretches import read_tables
from graph_builder.readers.table_texts import Token, token, without_script_spaces
from graph_builder.values.text import compared

NAME = "outcome-table"


@dataclass
class _Cells:
    """What the cells hold beside projects: how often each ignored text was met."""

    ignored: dict[str, int] = field(default_factory=dict)


def read(document: Document, layout: Layout) -> Reading:
    """One entry for each project; what is no pillar, no project and not ignored by name is a problem."""
    options = options_of(document, layout)
    pillars = {
        compared(section.direction.label): section.direction
        for section in sections(document)
        if section.direction is not None and section.direction.scheme == options.text("scheme")
    }
    reading, cells, rows = Reading(), _Cells(), 0
    for table in read_tables(document, layout, reading):
        for line in table.lines:
            label, tab, _ = line.text.partition("\t")
            pillar = pillars.get(compared(label))
            if not tab or pillar is None:
                reading.problems.append(_no_row(document, line))
                continue
            rows += 1
            names = _names(document, line, len(label) + 1, options, cells, reading)
            reading.entries += [_entry(name, pillar, options) for name in names]
    _check_counts(document, layout, options, reading, cells, rows)
    return reading


def _names(
    document: Document, line: Line, start: int, options: Options, cells: _Cells, reading: Reading
) -> list[Token]:
    """The names of a cell with their places; text before the first bullet has to be ignored by name."""
    bullet, known = options.text("bullet"), [table.text("text") for table in options.tables("ignored")]
    parts: list[Token] = []
    at = start
    for part in line.text[start:].split(bullet):
        parts.append(_trimmed(line, at, at + len(part)))
        at += len(part) + len(bullet)
    before, *names = parts
    if before.text and before.text not in known:
        what = f"「{before.text}」 stands before the first {bullet}"
        reading.problems.append(
            Problem(document.place(line.number), what, "mend the text, or ignore it by name")
        )
    elif before.text:
        cells.ignored[before.text] = cells.ignored.get(before.text, 0) + 1
    return [_without_ending(line, name, known, cells) for name in names]


def _without_ending(line: Line, name: Token, known: list[str], cells: _Cells) -> Token:
    """A name without an ignored text after it, such as ほか (and others)."""
    for text in known:
        if name.text.endswith(f" {text}"):
            cells.ignored[text] = cells.ignored.get(text, 0) + 1
            start, end = name.span.start or 0, name.span.end or 0
            return _trimmed(line, start, end - len(text))
    return name


def _trimmed(line: Line, start: int, end: int) -> Token:
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    return token(line, start, max(start, end - (len(text) - len(text.rstrip()))))


def _entry(name: Token, pillar: DirectionRecord, options: Options) -> EntryRecord:
    return EntryRecord(
        span=name.span,
        name=without_script_spaces(name.text),
        directions=(pillar,),
        plans=options.texts("plans"),
        start_year=options.number("start_year"),
        end_year=options.number("end_year"),
        cells={"name": name.span, "direction": Span(name.span.first, name.span.first)},
    )


def _no_row(document: Document, line: Line) -> Problem:
    what = f"「{line.text.strip()[:40]}」 is no row of the table: it does not begin with a pillar and a tab"
    return Problem(document.place(line.number), what, "mend the text, or the headings of the pillars")


def _check_counts(
    document: Document, layout: Layout, options: Options, reading: Reading, cells: _Cells, rows: int
) -> None:
    found = {
        "rows": (rows, options.number("rows")),
        "entries": (len(reading.entries), options.number("entries")),
    }
    for table in options.tables("ignored"):
        found[f"「{table.text('text')}」"] = cells.ignored.get(table.text("text"), 0), table.number("count")
    for what, (count, declared) in found.items():
        if count != declared:
            problem = Problem(
                document.place(layout.first),
                f"the table has {count} {what}, {declared} are declared",
                "mend the text or the declared count",
            )
            reading.problems.append(problem)
