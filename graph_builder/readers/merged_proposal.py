"""Propose the declarations of a merged table from its lines alone: heads, units, fields, numbers, counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_builder.documents import Line
from graph_builder.readers.merged_cells import Cell, cells_of, without_doublets
from graph_builder.readers.merged_heads import (
    Head,
    Raw,
    find_heads,
    is_column_heads,
    looks_like_heads,
    responsible_column,
)
from graph_builder.readers.merged_layout import MergedLayout, layout_of
from graph_builder.readers.merged_numbers import leading_number
from graph_builder.readers.merged_outline import find_outline
from graph_builder.readers.merged_responsible import Offices
from graph_builder.readers.merged_rows import Row, read_row
from graph_builder.readers.merged_units import find_units
from graph_builder.readers.proposal import Proposal
from graph_builder.values.text import compared

NAME = "merged-table"
FEWEST_ROWS = 3
_REIWA = re.compile(r"令和(\d{1,2}|元)年度")


@dataclass(frozen=True)
class _Part:
    """One list of the document: its lines, its rows, its declarations."""

    first: int
    last: int
    rows: tuple[Row, ...]
    options: Mapping[str, Any]


def propose(lines: Sequence[str]) -> Proposal | None:
    """The declarations that make `read` succeed; None where the lines are no such table."""
    raws = _raws(lines)
    times = Counter(raw.printed.strip() for raw in raws)
    tables = [raw for raw in raws if len(raw.cells) > 1 and not _is_head(raw, times[raw.printed.strip()])]
    if len(tables) < FEWEST_ROWS:
        return None
    lookups = find_units([raw.cells for raw in tables], responsible_column(raws)).lookups()
    offices = Offices.declared(lookups)
    anchored = {raw.number for raw in tables if _front(raw.cells, offices) is not None}
    if len(anchored) < max(FEWEST_ROWS, len(tables) // 3):
        return None
    outline = find_outline([front for raw in tables if (front := _front(raw.cells, offices)) is not None])
    layout = layout_of("proposal", outline.options(), lookups)
    rows = _rows(raws, layout)
    heads = find_heads(raws, rows)
    parts = _parts(raws, rows, heads, outline.options())
    year = _fiscal_year(heads)
    return Proposal(
        certainty=len(rows) / max(1, len(raws) - len(heads)),
        layouts=tuple(_layout(part, at if len(parts) > 1 else None, year) for at, part in enumerate(parts, 1)),
        ignored=tuple(_ignored(heads)),
        lookups=lookups,
        notes=tuple(_notes(raws, rows, heads)),
    )


def _is_head(raw: Raw, times: int) -> bool:
    return is_column_heads(raw.cells) or (times > 1 and looks_like_heads(raw.cells))


def _raws(lines: Sequence[str]) -> list[Raw]:
    return [
        Raw(number, text, cells_of(Line(number, text, text)))
        for number, text in enumerate(lines, 1)
        if text.strip()
    ]


def _front(cells: Sequence[Cell], offices: Offices) -> tuple[Cell, ...] | None:
    """What stands before the responsible unit of a row; None where there is no unit."""
    for at, cell in enumerate(cells):
        if offices.read(cell.text):
            return without_doublets(cells[:at])
    return None


def _rows(raws: Sequence[Raw], layout: MergedLayout) -> dict[int, Row]:
    """The lines that can be read as rows, by number."""
    read = {raw.number: read_row(Line(raw.number, raw.printed, raw.printed), layout) for raw in raws}
    return {number: row for number, row in read.items() if isinstance(row, Row)}


def _parts(
    raws: Sequence[Raw], rows: Mapping[int, Row], heads: Sequence[Head], options: Mapping[str, Any]
) -> list[_Part]:
    """The lists of the document: a list begins where, below a head, the fields are numbered anew."""
    first_of_page = {head.line.number for head in heads}
    starts, seen, field, head = [1], {}, "", 1
    begun: dict[str, str] = seen
    for raw in raws:
        if raw.number in first_of_page:
            head = min(head, raw.number) if head else raw.number
            continue
        row = rows.get(raw.number)
        if row and row.field and compared(row.field) != field:
            field = compared(row.field)
            number = leading_number(row.field)
            if number and begun.get(number.text, field) != field and head:
                starts.append(head)
                begun.clear()
            if number:
                begun[number.text] = field
        head = 0
    ends = [start - 1 for start in starts[1:]] + [raws[-1].number]
    return [_part(first, last, rows, options) for first, last in zip(starts, ends, strict=True)]


def _part(first: int, last: int, rows: Mapping[int, Row], options: Mapping[str, Any]) -> _Part:
    own = tuple(row for number, row in sorted(rows.items()) if first <= number <= last)
    used = {row.field for row in own}
    fields = [name for name in options["fields"] if name in used]
    return _Part(first, last, own, {**options, "fields": fields})


def _layout(part: _Part, key: int | None, year: int | None) -> Mapping[str, Any]:
    """A layout as document.toml takes it."""
    layout: dict[str, Any] = {"reader": NAME, "lines": [part.first, part.last]}
    if key is not None:
        layout["part"] = str(key)
    if year is not None:
        layout["fiscal_year"] = year
    layout["rows"] = sum(row.is_entry for row in part.rows)
    layout["item_lines"] = sum(not row.is_entry for row in part.rows)
    return {**layout, **part.options}


def _ignored(heads: Sequence[Head]) -> list[Mapping[str, Any]]:
    kinds = {head.line.printed.strip(): head.kind for head in heads}
    counts = Counter(head.line.printed.strip() for head in heads)
    return [{"kind": kinds[text], "text": text, "count": count} for text, count in counts.items()]


def _fiscal_year(heads: Sequence[Head]) -> int | None:
    """The Western year of the 令和 fiscal year that most heads name."""
    years = Counter(year for head in heads for year in _REIWA.findall(compared(head.line.printed)))
    if not years:
        return None
    year = years.most_common(1)[0][0]
    return 2018 + (1 if year == "元" else int(year))


def _notes(raws: Sequence[Raw], rows: Mapping[int, Row], heads: Sequence[Head]) -> list[str]:
    known = {*rows, *(head.line.number for head in heads)}
    unread = [str(raw.number) for raw in raws if raw.number not in known]
    notes = ["Compare the declared row counts with the print; they were counted in the text itself."]
    if unread:
        notes.append(f"Lines {', '.join(unread)} could not be read: mend them by corrections.csv.")
    return notes
