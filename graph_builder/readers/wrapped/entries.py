"""The records that the rows of a wrapped table become."""

from __future__ import annotations

from collections.abc import Sequence

from graph_builder.readers.reading import DirectionRecord, EntryRecord, ResponsibleRecord, Span
from graph_builder.readers.wrapped.asides import Asides
from graph_builder.readers.wrapped.chain import Row
from graph_builder.readers.wrapped.declared import Declared, Section
from graph_builder.readers.wrapped.pieces import Piece
from graph_builder.readers.wrapped.text import text_of
from graph_builder.values.names import split_umbrella
from graph_builder.values.text import join_lines


def directions_of(declared: Declared, asides: Asides) -> dict[int, DirectionRecord]:
    """The direction that each section stands for, by the section's number."""
    return {section.number: _direction(section, declared.scheme, asides) for section in declared.sections}


def _direction(section: Section, scheme: str, asides: Asides) -> DirectionRecord:
    heading = asides.headings.get(section.number)
    span = Span(heading.line, heading.line) if heading else None
    return DirectionRecord(scheme, str(section.number), section.title, span=span, note=section.note)


def entry_of(
    row: Row, pieces: Sequence[Piece], direction: DirectionRecord | None, declared: Declared
) -> EntryRecord:
    """One row as an entry, its texts joined and its cells with their lines."""
    begins = declared.columns.begins_paragraph
    name = join_lines([piece.text for piece in row.cells.name])
    umbrella, child = umbrella_and_child(name, declared)
    last = pieces[row.end - 1].line
    return EntryRecord(
        span=Span(row.start.line, last),
        name=name,
        directions=(direction,) if direction else (),
        number=row.start.value,
        umbrella_name=umbrella,
        child_name=child,
        is_new=row.is_new,
        is_repeat=row.is_repeat,
        summary=text_of(row.cells.summary, begins) or None,
        target_text=text_of(row.cells.target_text, begins) or None,
        responsible=_responsible(row),
        plans=declared.plans,
        fiscal_year=declared.fiscal_year,
        cells=_cell_spans(row, pieces),
    )


def umbrella_and_child(name: str, declared: Declared) -> tuple[str | None, str | None]:
    """The two parts of a name: as lookups.toml declares them, else by the endings of project names."""
    if name in declared.umbrellas:
        return declared.umbrellas[name]
    return split_umbrella(name, declared.project_endings) or (None, None)


def _responsible(row: Row) -> tuple[ResponsibleRecord, ...]:
    if row.tail is None:
        return ()
    divisions = row.tail.divisions or (None,)
    return tuple(ResponsibleRecord(row.tail.department, division=division) for division in divisions)


def _cell_spans(row: Row, pieces: Sequence[Piece]) -> dict[str, Span]:
    printed = pieces[row.start.at].text
    spans = {"number": Span(row.start.line, row.start.line)}
    cells = {"name": row.cells.name, "summary": row.cells.summary, "target_text": row.cells.target_text}
    spans |= {cell: Span(lines[0].line, lines[-1].line) for cell, lines in cells.items() if lines}
    if row.start.rest:
        at = len(printed) - len(row.start.rest)
        spans["number"] = Span(row.start.line, row.start.line, 0, len(printed[:at].rstrip()))
        if len(row.cells.name) == 1:
            spans["name"] = Span(row.start.line, row.start.line, at, len(printed))
    if row.tail:
        spans["responsible"] = Span(pieces[row.tail.first].line, pieces[row.tail.end - 1].line)
    return spans
