"""Whether a row can stand below the rows above it."""

from __future__ import annotations

from graph_builder.readers.merged.layout import MergedLayout
from graph_builder.readers.merged.numbers import follows
from graph_builder.readers.merged.rows import Misfit, Row


class Above:
    """What the lines above have said: a field, an entry, and the last number of its items."""

    def __init__(self, layout: MergedLayout) -> None:
        self._layout = layout
        self._has_field = False
        self._entry: Row | None = None
        self._number: str | None = None

    def check(self, row: Row | Misfit) -> Row | Misfit:
        """The row, or why it cannot stand where it stands."""
        if isinstance(row, Misfit):
            return row
        misfit = self._misfit_of_entry(row) if row.is_entry else self._misfit_of_item(row)
        if misfit:
            return misfit
        if row.is_entry:
            self._entry = row
        if row.items:
            self._number = row.items[-1].notation
        return row

    def _misfit_of_entry(self, row: Row) -> Misfit | None:
        self._has_field = self._has_field or row.field is not None
        if self._has_field:
            return None
        return Misfit("no field stands on the line or above it", "add the field by corrections.csv", 1)

    def _misfit_of_item(self, row: Row) -> Misfit | None:
        column = row.item_cells[0].column
        remedy = "mend the line by corrections.csv, or declare it under [[ignored]]"
        if self._entry is None:
            return Misfit(
                "the item stands alone, and there is no entry above to which it belongs", remedy, column
            )
        if row.field is not None:
            return Misfit("the item stands alone, and begins a field", remedy, column)
        if set(row.responsible) - set(self._entry.responsible):
            return Misfit("the item stands alone under another responsible unit", remedy, column)
        if not self._layout.loose_items and not self._follows(row):
            number = row.items[0].notation
            what = f"the item {number} stands alone, and does not follow {self._number} above"
            return Misfit(what, "mend the line by corrections.csv, or declare loose_items", column)
        return None

    def _follows(self, row: Row) -> bool:
        """Whether an item's number comes after the last one; where that has none, any number does."""
        marks = self._layout.numbering.marks
        number = row.items[0].notation or ""
        if number in marks:
            return False
        return self._number is None or self._number in marks or follows(self._number, number)
