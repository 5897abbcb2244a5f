"""Propose the declarations of a folder for a dump never seen: everything that `read` wants to be told.

What was discovered is declared as it is printed, with its counts, and read again by the declarations
alone; the lines that are irregular in that reading become the declared hard breaks and unfinished ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph_builder.documents import Ignored
from graph_builder.readers.proposal import Proposal
from graph_builder.readers.wrapped.asides import asides_of
from graph_builder.readers.wrapped.chain import Row
from graph_builder.readers.wrapped.checks import Excused, irregular_lines
from graph_builder.readers.wrapped.declared import Declared, Prose, Section
from graph_builder.readers.wrapped.declared_rows import rows_of
from graph_builder.readers.wrapped.discovery import Discovery
from graph_builder.readers.wrapped.pieces import CLOSERS
from graph_builder.readers.wrapped.strays import passages_of, running_titles, strays_of
from graph_builder.values.names import PROJECT_ENDINGS
from graph_builder.values.text import join_lines

MOST_READINGS = 4
# The strain of a row at which the layout is none of this kind.
HOPELESS = 25.0
# Endings of project names: project, duty, system, network, site, support, provision, operation …
NAME_ENDINGS = (
    "事業", "業務", "システム", "ネットワーク", "サイト", "支援", "整備", "運用", "管理", "運営", "発信",
    "更新", "改修", "構築", "導入", "推進", "拡充", "充実", "活用", "補助金", "交付金", "貸付金", "資金",
    "経費", "委託",
)  # fmt: skip


def proposal_of(found: Discovery, lines: int) -> Proposal:
    """The declarations that follow from what was discovered, as document.toml and lookups.toml take them."""
    ignored = _ignored(found)
    declared, rows = _settled(found, _declared(found), ignored)
    layout = {
        "reader": "wrapped-rows",
        "lines": [1, lines],
        "hard_breaks": sorted(declared.columns.hard_breaks),
        "unfinished": sorted(declared.excused.unfinished),
        "torn": sorted(declared.excused.torn),
        "widths": _widths(declared),
        "sections": [_table(section) for section in declared.sections],
        "prose": [_prose_table(prose) for prose in declared.prose],
    }
    lookups = {
        "name_endings": _name_endings(rows),
        "departments": [
            {"name": name, "divisions": sorted(names)} for name, names in sorted(declared.departments.items())
        ],
    }
    strain = sum(row.strain for row in found.rows) / len(found.rows)
    certainty = max(0.0, 1.0 - strain / HOPELESS)
    tables = tuple({"kind": entry.kind, "text": entry.text, "count": entry.count} for entry in ignored)
    return Proposal(round(certainty, 3), (layout,), tables, lookups, _notes(found, declared))


def _declared(found: Discovery) -> Declared:
    prose, width = passages_of(strays_of(found), running_titles(found))
    return Declared(
        columns=found.columns,
        prose_width=width,
        sections=_sections(found),
        prose=prose,
        departments=_departments(found.rows),
        excused=Excused(),
        name_endings=(),
        project_endings=PROJECT_ENDINGS,
        umbrellas={},
        scheme="",
        plans=(),
        fiscal_year=None,
    )


def _settled(
    found: Discovery, declared: Declared, ignored: Sequence[Ignored]
) -> tuple[Declared, Sequence[Row]]:
    """The declarations with the irregular lines of the reading that they themselves lead to."""
    rows: Sequence[Row] = found.rows
    for _reading in range(MOST_READINGS):
        before = declared
        declared = _with_irregular(declared, rows)
        rows = rows_of(found.pieces, asides_of(found.pieces, declared, ignored), declared)
        if declared == before:
            break
    return declared, rows


def _with_irregular(declared: Declared, rows: Sequence[Row]) -> Declared:
    """The declarations with every line of these rows added that is irregular."""
    breaks, unfinished = set(declared.columns.hard_breaks), set(declared.excused.unfinished)
    torn = set(declared.excused.torn)
    for row in rows:
        irregular = irregular_lines(row.cells, declared.columns)
        breaks |= {piece.bare for piece in irregular.breaks}
        unfinished |= {piece.bare for piece in irregular.unfinished}
        torn |= {piece.bare for piece in irregular.torn}
    columns = replace(declared.columns, hard_breaks=frozenset(breaks))
    return replace(declared, columns=columns, excused=Excused(frozenset(unfinished), frozenset(torn)))


def _ignored(found: Discovery) -> tuple[Ignored, ...]:
    """Column titles, page numbers and running titles, each with its count."""
    starts = {row.start.at for row in found.rows}
    running = running_titles(found)
    counts: dict[tuple[str, str], int] = {}
    for at, piece in enumerate(found.pieces):
        kind = "running-title" if piece.bare in running else None
        kind = "page-number" if piece.is_number and at not in starts else kind
        kind = "column-title" if at in found.titles else kind
        if kind:
            counts[kind, piece.bare] = counts.get((kind, piece.bare), 0) + 1
    return tuple(Ignored(kind, text, count) for (kind, text), count in counts.items())


def _departments(rows: Sequence[Row]) -> dict[str, frozenset[str]]:
    departments: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.tail:
            name = row.tail.department
            departments[name] = departments.get(name, frozenset()) | frozenset(row.tail.divisions)
    return departments


def _sections(found: Discovery) -> tuple[Section, ...]:
    headings = {heading.number: heading for heading in found.headings}
    groups: list[list[Row]] = []
    for row in found.rows:
        if row.start.value == 1 or not groups:
            groups.append([])
        groups[-1].append(row)
    sections = []
    for number, rows in enumerate(groups, 1):
        heading = headings.get(number)
        title, printed = (heading.title, found.pieces[heading.at].bare) if heading else (str(number), None)
        last = found.pieces[rows[-1].end - 1].line
        sections.append(Section(number, title, len(rows), rows[0].start.line, last, printed, None))
    return tuple(sections)


def _widths(declared: Declared) -> dict[str, float]:
    columns = declared.columns
    widths = {"name": columns.name, "summary": columns.summary, "target_text": columns.target_text}
    return {cell: width / 2 for cell, width in {**widths, "prose": declared.prose_width}.items()}


def _table(section: Section) -> Mapping[str, Any]:
    table: dict[str, Any] = {"number": section.number, "title": section.title, "rows": section.rows}
    table["lines"] = [section.first, section.last]
    return {**table, "heading": section.heading} if section.heading else table


def _prose_table(prose: Prose) -> Mapping[str, Any]:
    table: dict[str, Any] = {"kind": prose.kind, "begins": prose.begins}
    return {**table, "ends": prose.ends, "lines": prose.lines} if prose.lines > 1 else table


def _name_endings(rows: Sequence[Row]) -> list[str]:
    endings = set()
    for row in rows:
        name = join_lines([piece.text for piece in row.cells.name]).rstrip(CLOSERS)
        endings.add(
            max((known for known in NAME_ENDINGS if name.endswith(known)), key=len, default=name[-2:])
        )
    return sorted(endings - {""})


def _notes(found: Discovery, declared: Declared) -> tuple[str, ...]:
    rows = [row.tail.department for row in found.rows if row.tail]
    notes = [
        f"{len(found.rows)} rows in {len(declared.sections)} sections were found; compare with the print.",
        "Declare scheme, plans and fiscal_year of the layout: a text alone does not say them.",
        "The departments and divisions in lookups.toml were found by their place; look them over.",
    ]
    without = [str(section.number) for section in declared.sections if not section.heading]
    if without:
        notes.append(f"No heading was found for section {', '.join(without)}: give it its title.")
    if alone := [name for name in sorted(declared.departments) if rows.count(name) == 1]:
        notes.append(f"These departments end one row only: {'、'.join(alone)}.")
    return tuple(notes)
