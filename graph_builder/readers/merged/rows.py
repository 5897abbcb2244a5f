"""One line of a merged table: which cell is what.

Merged cells leave the columns of a dump shifted, doubled or missing, so no cell is known by its position.
The cell that reads completely as department, bureau and divisions is the anchor: before it stand field and
items, behind it name, summary and target, each in this order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_builder.documents import Line
from graph_builder.readers.merged.cells import Cell, cells_of, without_doublets
from graph_builder.readers.merged.items import Item
from graph_builder.readers.merged.layout import MergedLayout
from graph_builder.readers.merged.numbers import leading_number
from graph_builder.readers.reading import ResponsibleRecord
from graph_builder.values.text import compared

TEXT_COLUMNS = ("name", "summary", "target_text")


@dataclass(frozen=True)
class Row:
    """A line of the table whose cells are known; what is merged with the lines above is None or empty."""

    line: Line
    field: str | None
    field_cell: Cell | None
    items: tuple[Item, ...]
    item_cells: tuple[Cell, ...]
    responsible: tuple[ResponsibleRecord, ...]
    responsible_cells: tuple[Cell, ...]
    texts: tuple[Cell | None, Cell | None, Cell | None]

    @property
    def is_entry(self) -> bool:
        """Whether the line holds a project; a line without one only adds an item to the entry above."""
        return self.texts[0] is not None


@dataclass(frozen=True)
class Misfit:
    """Why a line is no row of the table, in which column, and what to do."""

    what: str
    remedy: str
    column: int | None = None


@dataclass(frozen=True)
class _Front:
    """What stands before the anchor."""

    field: str | None
    field_cell: Cell | None
    items: tuple[Item, ...]
    item_cells: tuple[Cell, ...]


def read_row(line: Line, layout: MergedLayout) -> Row | Misfit:
    """The row that a line holds, or why it holds none."""
    cells = cells_of(line)
    start, end, responsible = _anchor(cells, layout)
    front = _front(without_doublets(cells[:start]), layout)
    if isinstance(front, Misfit):
        return front if responsible else _no_anchor(cells, layout)
    texts = _texts(cells[start:end], cells[end:])
    if isinstance(texts, Misfit):
        return texts
    row = Row(
        line, front.field, front.field_cell, front.items, front.item_cells,
        responsible, cells[start:end], texts,
    )  # fmt: skip
    if not row.is_entry and not _is_item_line(row):
        return _no_anchor(cells, layout) if not responsible else _no_name(cells[end - 1])
    return row


def _anchor(cells: Sequence[Cell], layout: MergedLayout) -> tuple[int, int, tuple[ResponsibleRecord, ...]]:
    """Where the cells of the responsible units begin and end, and the units."""
    for start, cell in enumerate(cells):
        units = layout.offices.read(cell.text)
        if units is None:
            continue
        end = start + 1
        while end < len(cells) and (more := layout.offices.read(cells[end].text)):
            units, end = (*units, *more), end + 1
        if end == start + 1 and len(cells) - end > len(TEXT_COLUMNS):
            # A bare department, and its divisions in the cell behind it.
            joined = layout.offices.read(f"{cell.text} {cells[end].text}")
            units, end = (joined, end + 1) if joined else (units, end)
        return start, end, tuple(dict.fromkeys(units))
    return len(cells), len(cells), ()


def _front(cells: Sequence[Cell], layout: MergedLayout) -> _Front | Misfit:
    field, field_cell = None, None
    left = list(cells)
    texts = [cell.text for cell in left]
    if left:
        field, rest = _field_and_rest(left[0].text, layout)
        if field is not None:
            field_cell = left[0]
            left, texts = (left, [rest, *texts[1:]]) if rest else (left[1:], texts[1:])
            while texts and compared(texts[0]) == compared(field):
                left, texts = left[1:], texts[1:]
    items = layout.numbering.items(texts) if texts else ()
    misfit = _misfit_of(items, left, field, layout)
    return misfit or _Front(field, field_cell, items or (), tuple(left))


def _field_and_rest(text: str, layout: MergedLayout) -> tuple[str | None, str]:
    """The field that a cell holds, and an item merged into the same cell."""
    if compared(text) in layout.fields:
        return layout.fields[compared(text)], ""
    for at in range(len(text) - 1, 0, -1):
        key, rest = compared(text[:at]), text[at:].strip()
        if key in layout.fields and layout.numbering.is_item(rest):
            return layout.fields[key], rest
    return None, text


def _misfit_of(
    items: tuple[Item, ...] | None, cells: Sequence[Cell], field: str | None, layout: MergedLayout
) -> Misfit | None:
    """Why the cells are no items: too many of them, or a field that is not declared."""
    in_front = bool(items) and cells[0].column == 1 and field is None
    if in_front and items and items[0].notation is None and _could_be_field(cells[0].text, layout):
        return Misfit(
            f"「{cells[0].text}」 stands in the field's column and is not a declared field",
            "declare it under fields, or mend the line by corrections.csv",
            1,
        )
    if items is None or (len(items) > 1 and items[0].notation is None):
        stray = next((cell for cell in cells if not layout.numbering.is_item(cell.text)), cells[0])
        return Misfit(
            f"「{stray.text}」 stands before the responsible unit and is neither a field nor an item",
            "declare it under fields, or mend the line by corrections.csv",
            stray.column,
        )
    return None


def _could_be_field(text: str, layout: MergedLayout) -> bool:
    """Whether a name in the first column may be a field: it is numbered, or neither fields are nor itself."""
    if leading_number(text):
        return True
    all_numbered = all(leading_number(name) for name in layout.fields.values())
    return bool(layout.numbering.codes) and not all_numbered


def _texts(
    anchor: Sequence[Cell], behind: Sequence[Cell]
) -> tuple[Cell | None, Cell | None, Cell | None] | Misfit:
    """Name, summary and target: the cells behind the anchor in this order, without doubled ones."""
    cells = list(behind)
    if len(cells) > 1 and cells[0].key == cells[1].key:
        del cells[0]
    if len(cells) > len(TEXT_COLUMNS):
        cells = list(without_doublets(cells))
    if len(cells) > len(TEXT_COLUMNS):
        return Misfit(
            f"{len(cells)} cells stand behind the responsible unit, not only name, summary and target",
            "join or remove cells by corrections.csv",
            cells[len(TEXT_COLUMNS)].column,
        )
    if len(cells) == 2 and cells[1].column - cells[0].column > 1 and anchor:
        # An empty cell in between is the missing summary.
        return cells[0], None, cells[1]
    first, second, third = [*cells, None, None, None][: len(TEXT_COLUMNS)]
    return first, second, third


def _is_item_line(row: Row) -> bool:
    return bool(row.items) and all(item.notation and item.label for item in row.items)


def _no_anchor(cells: Sequence[Cell], layout: MergedLayout) -> Misfit:
    """Say why no cell is the responsible unit: an unknown division or department, or none at all."""
    for cell in cells:
        words = cell.text.split()
        if len(words) > 1 and layout.offices.is_department(words[0]):
            return Misfit(
                f"「{cell.text}」 has a division that is not known",
                "declare it under divisions or division_endings in lookups.toml",
                cell.column,
            )
        if len(words) > 1 and layout.offices.is_division(words[-1]):
            return Misfit(
                f"the department 「{words[0]}」 is not declared",
                "add it to departments in lookups.toml, or mend the name by corrections.csv",
                cell.column,
            )
    return Misfit(
        f"no cell of the line names a responsible unit: 「{' '.join(cell.text for cell in cells)[:60]}」",
        "mend the line by corrections.csv, or declare it under [[ignored]]",
        cells[0].column if cells else None,
    )


def _no_name(anchor: Cell) -> Misfit:
    return Misfit(
        "no project is named behind the responsible unit, and no numbered item stands before it",
        "mend the line by corrections.csv",
        anchor.column,
    )
