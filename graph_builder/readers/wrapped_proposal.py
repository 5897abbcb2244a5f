"""Propose the declarations of a folder for a dump never seen: everything that `read` wants to be told.

What was discovered is declared as it is printed, with its counts, and read again by the declarations
alone; the lines that are irregular in that reading become the declared hard breaks and unfinished ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph_builder.readers.proposal import Proposal
from graph_builder.readers.wrapped_cells import Columns
from graph_builder.readers.wrapped_chain import Row
from graph_builder.readers.wrapped_checks import irregular_lines
from graph_builder.readers.wrapped_discovery import Discovery
from graph_builder.readers.wrapped_geometry import is_full, widths
from graph_builder.readers.wrapped_pieces import CLOSERS, SENTENCE_END, Piece
from graph_builder.readers.wrapped_text import join

FEWEST_ROWS = 3
# Endings of project names: project, duty, system, network, site, support, provision, operation …
NAME_ENDINGS = (
    "事業", "業務", "システム", "ネットワーク", "サイト", "支援", "整備", "運用", "管理", "運営", "発信", "更新",
    "改修", "構築", "導入", "推進", "拡充", "充実", "活用", "補助金", "交付金", "貸付金", "資金", "経費", "委託",
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """The declarations so far."""

    columns: Columns
    unfinished: frozenset[str]
    departments: Mapping[str, tuple[str, ...]]
    prose: tuple[Mapping[str, Any], ...]
    prose_width: float
    ignored: tuple[Mapping[str, Any], ...]
    sections: tuple[Mapping[str, Any], ...]


def draft_of(found: Discovery) -> Draft:
    """The declarations that follow from what was discovered."""
    strays = _strays(found)
    running = Counter(piece.bare for piece in strays)
    repeated = {text for text, count in running.items() if count > 1}
    prose, width = _prose([piece for piece in strays if piece.bare not in repeated])
    breaks, unfinished = _irregular(found.rows, found.columns)
    return Draft(
        columns=replace(found.columns, hard_breaks=breaks),
        unfinished=unfinished,
        departments=_departments(found.rows),
        prose=prose,
        prose_width=width,
        ignored=_ignored(found, repeated),
        sections=tuple(_sections(found)),
    )


def proposal_of(found: Discovery, draft: Draft, lines: int) -> Proposal:
    """The draft as the tables that document.toml and lookups.toml take."""
    columns = draft.columns
    widths_in_em = {"name": columns.name / 2, "summary": columns.summary / 2}
    widths_in_em |= {"target_text": columns.target_text / 2, "prose": draft.prose_width / 2}
    layout = {
        "reader": "wrapped-rows",
        "lines": [1, lines],
        "hard_breaks": sorted(columns.hard_breaks),
        "unfinished": sorted(draft.unfinished),
        "widths": widths_in_em,
        "sections": list(draft.sections),
        "prose": list(draft.prose),
    }
    departments = [
        {"name": name, "divisions": list(names)} for name, names in sorted(draft.departments.items())
    ]
    lookups = {"name_endings": _name_endings(found.rows), "departments": departments}
    strain = sum(row.strain for row in found.rows) / len(found.rows)
    certainty = max(0.0, min(1.0, 1.0 - strain / 25.0)) if len(found.rows) >= FEWEST_ROWS else 0.0
    return Proposal(round(certainty, 3), (layout,), draft.ignored, lookups, _notes(found, draft))


def _strays(found: Discovery) -> list[Piece]:
    """What stands between the rows and is neither column title, heading nor lone number."""
    known = found.titles | {heading.at for heading in found.headings}
    inside = {at for row in found.rows for at in range(row.start.at, row.end)}
    return [
        piece
        for at, piece in enumerate(found.pieces)
        if at not in known and at not in inside and not piece.is_number
    ]


def _departments(rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    departments: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.tail:
            departments.setdefault(row.tail.department, {}).update(dict.fromkeys(row.tail.divisions))
    return {name: tuple(divisions) for name, divisions in departments.items()}


def _ignored(found: Discovery, repeated: set[str]) -> tuple[Mapping[str, Any], ...]:
    starts = {row.start.at for row in found.rows}
    kinds: Counter[tuple[str, str]] = Counter()
    for at, piece in enumerate(found.pieces):
        if at in found.titles:
            kinds["column-title", piece.bare] += 1
        elif piece.is_number and at not in starts and not _is_kept(at, found):
            kinds["page-number", piece.bare] += 1
        elif piece.bare in repeated:
            kinds["running-title", piece.bare] += 1
    return tuple({"kind": kind, "text": text, "count": count} for (kind, text), count in kinds.items())


def _is_kept(at: int, found: Discovery) -> bool:
    line = found.pieces[at].line
    cells = [row.cells for row in found.rows]
    return any(piece.line == line for cell in cells for piece in (*cell.name, *cell.summary, *cell.target_text))


def _sections(found: Discovery) -> list[Mapping[str, Any]]:
    headings = {heading.number: heading for heading in found.headings}
    groups: list[list[Row]] = []
    for row in found.rows:
        if row.start.value == 1 or not groups:
            groups.append([])
        groups[-1].append(row)
    sections: list[Mapping[str, Any]] = []
    for number, rows in enumerate(groups, 1):
        section: dict[str, Any] = {"number": number, "title": f"{number}", "rows": len(rows)}
        section["lines"] = [rows[0].start.line, found.pieces[rows[-1].end - 1].line]
        if heading := headings.get(number):
            section |= {"title": heading.title, "heading": found.pieces[heading.at].bare}
        sections.append(section)
    return sections


def _prose(strays: Sequence[Piece]) -> tuple[tuple[Mapping[str, Any], ...], float]:
    """The strays as paragraphs: a line that was full goes on in the next one."""
    width = max((widths(piece.text)[0] for piece in strays), default=80.0)
    passages: list[list[Piece]] = []
    for before, piece in zip([None, *strays], strays, strict=False):
        goes_on = before is not None and piece.line == before.line + 1 and not piece.begins_paragraph
        if goes_on and before is not None and is_full(before.text, piece.text, width):
            passages[-1].append(piece)
        else:
            passages.append([piece])
    return tuple(_passage(passage) for passage in passages), width


def _passage(pieces: Sequence[Piece]) -> Mapping[str, Any]:
    ends_sentence = bool(SENTENCE_END.search(pieces[-1].text))
    kind = "paragraph" if len(pieces) > 1 or ends_sentence else "item"
    passage: dict[str, Any] = {"kind": kind, "begins": pieces[0].bare}
    if len(pieces) > 1:
        passage |= {"ends": pieces[-1].bare, "lines": len(pieces)}
    return passage


def _irregular(rows: Sequence[Row], columns: Columns) -> tuple[frozenset[str], frozenset[str]]:
    """The lines that must be declared for these rows to be without fault."""
    breaks: set[str] = set()
    unfinished: set[str] = set()
    for row in rows:
        begins, ends = irregular_lines(row.cells, columns)
        breaks |= {piece.bare for piece in begins}
        unfinished |= {piece.bare for piece in ends}
    return frozenset(breaks), frozenset(unfinished)


def _name_endings(rows: Sequence[Row]) -> list[str]:
    endings: dict[str, None] = {}
    for row in rows:
        name = join([piece.text for piece in row.cells.name]).rstrip(CLOSERS)
        known = max((ending for ending in NAME_ENDINGS if name.endswith(ending)), key=len, default=name[-2:])
        endings[known] = None
    return sorted(endings)


def _notes(found: Discovery, draft: Draft) -> tuple[str, ...]:
    rows = len(found.rows)
    notes = [
        f"{rows} rows in {len(draft.sections)} sections were found; compare the counts with the print.",
        "Declare scheme, plans and fiscal_year of the layout: a text alone does not say them.",
        "The departments and divisions in lookups.toml were found by their place; look them over.",
    ]
    without = [str(section["number"]) for section in draft.sections if "heading" not in section]
    if without:
        notes.append(f"No heading was found for section {', '.join(without)}: give it its title.")
    alone = [name for name in draft.departments if sum(_is_of(row, name) for row in found.rows) == 1]
    if alone:
        notes.append(f"These departments end one row only: {'、'.join(alone)}.")
    return tuple(notes)


def _is_of(row: Row, department: str) -> bool:
    return row.tail is not None and row.tail.department == department
