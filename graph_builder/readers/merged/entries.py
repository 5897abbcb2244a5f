"""Rows become entries: what is merged with the lines above is inherited, further items are added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph_builder.readers.merged.items import Item
from graph_builder.readers.merged.layout import MergedLayout
from graph_builder.readers.merged.numbers import leading_number
from graph_builder.readers.merged.rows import TEXT_COLUMNS, Row
from graph_builder.readers.merged.wrap import unwrap
from graph_builder.readers.reading import DirectionRecord, EntryRecord, Span
from graph_builder.values.names import split_umbrella
from graph_builder.values.text import compared


@dataclass(frozen=True)
class Page:
    """The rows between two page heads; a column is equally wide over a page."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Named:
    """A direction, and the lines on which its cell stands."""

    direction: DirectionRecord
    span: Span


@dataclass
class _Merged:
    """An entry while further items may follow it."""

    row: Row
    items: list[_Named]
    field: _Named | None


@dataclass
class Entries:
    """The entries of one list, in printed order, and their directions."""

    layout: MergedLayout
    directions: dict[tuple[str, ...], DirectionRecord] = field(default_factory=dict)
    _merged: list[_Merged] = field(default_factory=list)
    _texts: dict[tuple[int, str], str] = field(default_factory=dict)

    def add(self, pages: Sequence[Page]) -> None:
        """Add the rows of all pages."""
        self._texts = {place: text for page in pages for place, text in _unwrapped(page)}
        current: _Named | None = None
        items: list[_Named] = []
        for row in (row for page in pages for row in page.rows):
            named = self._field(row)
            if named and (current is None or named.direction != current.direction):
                items = []
            current = named or current
            own = [self._item(row, item, current) for item in row.items]
            if row.is_entry:
                items = own or list(items)
                self._merged.append(_Merged(row, items, current))
            else:
                # The list is shared on purpose: entries below inherit the further items too.
                items += own

    def records(self) -> list[EntryRecord]:
        """The entries that were added."""
        return [self._record(merged) for merged in self._merged]

    def _field(self, row: Row) -> _Named | None:
        if row.field is None or row.field_cell is None:
            return None
        number = leading_number(row.field)
        label = row.field[number.end :].strip() if number else ""
        notation, label = (number.text, label) if number and label else (None, row.field)
        span = row.field_cell.span
        return _Named(self._direction(notation, label, None, span), span)

    def _item(self, row: Row, item: Item, current: _Named | None) -> _Named:
        span = row.item_cells[0].span
        if len(row.item_cells) > 1:
            last = row.item_cells[-1].span
            span = Span(span.first, last.last, span.start, last.end)
        label = self._texts.get((row.line.number, _item_key(item)), item.label)
        broader = current.direction if current else None
        known = self._known_label(item, broader)
        return _Named(self._direction(item.notation, label or known, broader, span), span)

    def _known_label(self, item: Item, broader: DirectionRecord | None) -> str:
        """The name that a number has elsewhere in its field; the number itself where it has none."""
        if item.notation and item.notation not in self.layout.numbering.marks:
            for direction in self.directions.values():
                if (direction.broader, direction.notation) == (broader, item.notation):
                    return direction.label
        return item.notation or ""

    def _direction(
        self, notation: str | None, label: str, broader: DirectionRecord | None, span: Span
    ) -> DirectionRecord:
        above = (broader.notation or "", broader.label) if broader else ()
        key = (*above, notation or "", compared(label))
        if key not in self.directions:
            self.directions[key] = DirectionRecord(
                self.layout.scheme, notation, label, broader, self.layout.part, span
            )
        return self.directions[key]

    def _record(self, merged: _Merged) -> EntryRecord:
        row, number = merged.row, merged.row.line.number
        name, summary, target = (self._texts.get((number, column)) for column in TEXT_COLUMNS)
        parts = split_umbrella(name or "", self.layout.project_endings)
        directions = [named.direction for named in merged.items]
        if not directions and merged.field:
            directions = [merged.field.direction]
        return EntryRecord(
            span=Span(number, number),
            name=name or "",
            directions=tuple(dict.fromkeys(directions)),
            umbrella_name=parts.umbrella if parts else None,
            child_name=parts.child if parts else None,
            summary=summary,
            target_text=target,
            responsible=row.responsible,
            plans=self._plans(directions),
            fiscal_year=self.layout.fiscal_year,
            cells=_cells(merged),
        )

    def _plans(self, directions: Iterable[DirectionRecord]) -> tuple[str, ...]:
        plans = [plan for direction in directions for plan in self.layout.plans_of(direction.notation)]
        return tuple(dict.fromkeys(plans))


def _unwrapped(page: Page) -> list[tuple[tuple[int, str], str]]:
    """Line and column → text of every cell of a page, without the spaces at line breaks."""
    columns: dict[str, list[tuple[tuple[int, str], str]]] = defaultdict(list)
    for row in page.rows:
        for column, cell in zip(TEXT_COLUMNS, row.texts, strict=True):
            if cell:
                columns[column].append(((row.line.number, column), cell.text))
        for item in row.items:
            if item.label:
                columns["items"].append(((row.line.number, _item_key(item)), item.label))
    return [
        (place, text)
        for cells in columns.values()
        for (place, _), text in zip(cells, unwrap([text for _, text in cells]), strict=True)
    ]


def _item_key(item: Item) -> str:
    return f"item {item.notation} {compared(item.label or '')}"


def _cells(merged: _Merged) -> dict[str, Span]:
    """Where each cell of an entry is printed; inherited cells on the line that they were printed on."""
    cells: dict[str, Span] = {}
    if merged.field:
        cells["field"] = merged.field.span
    if merged.items:
        cells["item"] = _around([named.span for named in merged.items])
    if merged.row.responsible_cells:
        cells["responsible"] = _around([cell.span for cell in merged.row.responsible_cells])
    for column, cell in zip(TEXT_COLUMNS, merged.row.texts, strict=True):
        if cell:
            cells[column] = cell.span
    return cells


def _around(spans: Sequence[Span]) -> Span:
    first, last = spans[0], spans[-1]
    if first.first == last.last:
        return Span(first.first, last.last, first.start, last.end)
    return Span(first.first, last.last)
