"""Propose the declarations of a merged table from its lines alone: heads, units, fields, numbers, counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from graph_builder.documents import Line
from graph_builder.readers.merged.cells import Cell, cells_of, without_doublets
from graph_builder.readers.merged.heads import (
    Head,
    Raw,
    find_heads,
    is_column_heads,
    looks_like_heads,
    responsible_column,
)
from graph_builder.readers.merged.layout import MergedLayout, proposed_layout
from graph_builder.readers.merged.numbers import leading_number
from graph_builder.readers.merged.outline import find_outline
from graph_builder.readers.merged.responsible import Offices
from graph_builder.readers.merged.rows import Row, read_row
from graph_builder.readers.merged.sequence import Above
from graph_builder.readers.merged.units import find_units
from graph_builder.readers.proposal import Proposal
from graph_builder.values.text import compared

NAME = "merged-table"
FEWEST_ROWS = 3
MOST_TITLES = 10
"""Lines at the top of a text among which the first column heads are looked for."""
ALIKE = 0.7
"""Share of equal characters (difflib) from which two printings are one name."""
_REIWA = re.compile(r"令和(\d{1,2}|元)年度")


@dataclass(frozen=True)
class _Part:
    """One list of the document: where it begins, its rows, its fields."""

    first: int
    rows: tuple[Row, ...]
    fields: tuple[str, ...]


def propose(lines: Sequence[str]) -> Proposal | None:
    """The declarations that make `read` succeed; None where the lines are no such table."""
    raws = _raws(lines)
    times = Counter(raw.printed.strip() for raw in raws)
    top = _top(raws)
    tables = [
        raw
        for raw in raws
        if len(raw.cells) > 1 and raw.number > top and not _is_head(raw, times[raw.printed.strip()])
    ]
    if len(tables) < FEWEST_ROWS:
        return None
    lookups = find_units([raw.cells for raw in tables], responsible_column(raws)).lookups()
    offices = Offices.declared(lookups)
    anchored = {raw.number for raw in tables if _front(raw.cells, offices) is not None}
    if len(anchored) < max(FEWEST_ROWS, len(tables) // 3):
        return None
    outline = find_outline([front for raw in tables if (front := _front(raw.cells, offices)) is not None])
    layout = proposed_layout(outline.options(), lookups)
    rows = _rows([raw for raw in raws if raw.number > top and not is_column_heads(raw.cells)], layout)
    heads = find_heads(raws, rows)
    parts = _parts(raws, rows, heads, outline.options())
    return Proposal(
        certainty=len(rows) / max(1, len(raws) - len(heads)),
        layouts=(_layout(raws, parts, outline.options(), _fiscal_year(heads)),),
        ignored=tuple(_ignored(heads)),
        lookups=lookups,
        notes=tuple(_notes(raws, rows, heads)),
    )


def _top(raws: Sequence[Raw]) -> int:
    """The first line of column heads: what stands above it is no row."""
    return next((raw.number for raw in raws[:MOST_TITLES] if is_column_heads(raw.cells)), 0)


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
    starts = [1]
    numbered: dict[str, str] = {}
    for row, head in _with_heads(raws, rows, heads):
        number = leading_number(row.field or "")
        if number is None:
            continue
        field = compared(row.field or "")
        if head and not _is_alike(numbered.get(number.text, field), field):
            starts.append(head)
            numbered.clear()
        numbered[number.text] = field
    ends = [start - 1 for start in starts[1:]] + [raws[-1].number]
    return [_part(first, last, rows, options) for first, last in zip(starts, ends, strict=True)]


def _is_alike(name: str, other: str) -> bool:
    """Whether two fields of one number are one field, perhaps with a misread character."""
    return SequenceMatcher(a=name, b=other, autojunk=False).ratio() > ALIKE


def _with_heads(
    raws: Sequence[Raw], rows: Mapping[int, Row], heads: Sequence[Head]
) -> Iterator[tuple[Row, int | None]]:
    """Every row, and where the head right above it begins."""
    in_heads = {head.line.number for head in heads}
    begin: int | None = None
    for raw in raws:
        if raw.number in in_heads:
            begin = begin or raw.number
        elif raw.number in rows:
            yield rows[raw.number], begin
            begin = None


def _part(first: int, last: int, rows: Mapping[int, Row], options: Mapping[str, Any]) -> _Part:
    own = tuple(row for number, row in sorted(rows.items()) if first <= number <= last)
    used = {row.field for row in own}
    return _Part(first, own, tuple(name for name in options["fields"] if name in used))


def _layout(
    raws: Sequence[Raw], parts: Sequence[_Part], options: Mapping[str, Any], year: int | None
) -> Mapping[str, Any]:
    """The layout as document.toml takes it."""
    layout: dict[str, Any] = {"reader": NAME, "lines": [1, raws[-1].number]}
    if year is not None:
        layout["fiscal_year"] = year
    layout |= {name: value for name, value in options.items() if name != "fields"}
    if not all(_is_in_sequence(part, options) for part in parts):
        layout["loose_items"] = True
    if len(parts) == 1:
        return layout | _counts(parts[0])
    layout["parts"] = [
        {"part": str(at), **_beginning(raws, part), **_counts(part)} for at, part in enumerate(parts, 1)
    ]
    return layout


def _beginning(raws: Sequence[Raw], part: _Part) -> dict[str, str]:
    """The title of a list below another one, where it has a title of its own."""
    title = next(raw.printed.strip() for raw in raws if raw.number >= part.first)
    is_own = sum(raw.printed.strip() == title for raw in raws) == 1
    return {"begins": title} if part.first > 1 and is_own else {}


def _is_in_sequence(part: _Part, options: Mapping[str, Any]) -> bool:
    """Whether the lines that hold only an item follow each other in number."""
    above = Above(proposed_layout({**options, "fields": list(part.fields)}, {}))
    return all(isinstance(above.check(row), Row) for row in part.rows)


def _counts(part: _Part) -> dict[str, Any]:
    return {
        "rows": sum(row.is_entry for row in part.rows),
        "item_lines": sum(not row.is_entry for row in part.rows),
        "fields": list(part.fields),
    }


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
