"""Work out from a table alone how its fields and items are called and numbered.

The evidence is the order of the cells before the responsible unit: a field stands before an item, a number
that stands alone is an item's, and what an item's number looks like is no field's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_builder.readers.merged.cells import Cell
from graph_builder.readers.merged.numbers import Number, leading_number, pattern_like, suffix_like
from graph_builder.values.text import compared

LONGEST_MARK = 4
_KANA = re.compile(r"[ぁ-んァ-ヶーA-Za-zＡ-Ｚａ-ｚ]")


@dataclass(frozen=True)
class Outline:
    """Fields as printed, regular expressions of item numbers, and marks that stand for a number."""

    fields: tuple[str, ...]
    item_codes: tuple[str, ...]
    item_suffix: str | None
    item_marks: tuple[str, ...]

    def options(self) -> Mapping[str, Any]:
        """The options of a layout."""
        options: dict[str, Any] = {"fields": list(self.fields), "item_codes": list(self.item_codes)}
        if self.item_suffix:
            options["item_suffix"] = self.item_suffix
        if self.item_marks:
            options["item_marks"] = list(self.item_marks)
        return options


def find_outline(fronts: Sequence[Sequence[Cell]]) -> Outline:
    """The outline of a table; a front is what stands before the responsible unit of one row, undoubled."""
    numbers = [[leading_number(cell.text) for cell in front] for front in fronts]
    item_shapes, field_shapes = _shapes(fronts, numbers)
    marks = _marks(fronts, numbers)
    fields = _fields(fronts, numbers, item_shapes - field_shapes, field_shapes, marks)
    return Outline(
        tuple(fields),
        tuple(sorted(item_shapes, key=lambda shape: (-len(shape), shape))),
        _suffix(number for row in numbers for number in row if number and _shape(number) in item_shapes),
        tuple(marks),
    )


def _shape(number: Number) -> str:
    return pattern_like(number.base)


def _is_bare(cell: Cell, number: Number | None) -> bool:
    return number is not None and not cell.text[number.end :].strip()


def _shapes(
    fronts: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Number | None]]
) -> tuple[set[str], set[str]]:
    """The shapes of the numbers of items, and of fields."""
    items: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for front, row in zip(fronts, numbers, strict=True):
        leads = _leads_with_field(front, row)
        for at, number in enumerate(row):
            if number is None:
                continue
            is_field = at == 0 and (leads or (len(row) == 1 and front[0].column == 1 and not number.suffix))
            weight = 1 if len(row) == 1 else 3
            (fields if is_field and not _is_bare(front[at], number) else items)[_shape(number)] += weight
    return (
        {shape for shape in items if 4 * items[shape] >= fields[shape]},
        {shape for shape in fields if 4 * fields[shape] >= items[shape]},
    )


def _leads_with_field(front: Sequence[Cell], row: Sequence[Number | None]) -> bool:
    """Whether the first of several cells is a field: it has a name, and an item or a name follows."""
    if len(front) < 2 or _is_bare(front[0], row[0]):
        return False
    return row[1] is not None or row[0] is not None or front[0].column == 1


def _marks(fronts: Sequence[Sequence[Cell]], numbers: Sequence[Sequence[Number | None]]) -> list[str]:
    """Short words without a number that stand where a number stands, alone or before a name."""
    alone: Counter[str] = Counter()
    before_name: Counter[str] = Counter()
    for front, row in zip(fronts, numbers, strict=True):
        for at, (cell, number) in enumerate(zip(front, row, strict=True)):
            word, *rest = cell.text.split()
            if number or len(word) > LONGEST_MARK:
                continue
            if rest or (at + 1 < len(front) and row[at + 1] is None and not _is_field_column(at, cell)):
                before_name[word] += 1
            else:
                alone[word] += 1
    return [
        word
        for word in dict.fromkeys([*alone, *before_name])
        if not _KANA.search(word) and _is_mark(word, alone[word], before_name[word])
    ]


def _is_field_column(at: int, cell: Cell) -> bool:
    return at == 0 and cell.column == 1


def _is_mark(word: str, alone: int, before_name: int) -> bool:
    """No name is as short as two or three characters; a longer word must stand there as a mark does."""
    if alone and before_name:
        return True
    return (len(word) < LONGEST_MARK and alone > 0) or alone > 1 or before_name > (len(word) > 2)


def _fields(
    fronts: Sequence[Sequence[Cell]],
    numbers: Sequence[Sequence[Number | None]],
    only_items: set[str],
    shapes: set[str],
    marks: Sequence[str],
) -> list[str]:
    found: dict[str, str] = {}
    for front, row in zip(fronts, numbers, strict=True):
        if not front or _is_bare(front[0], row[0]) or front[0].text.split()[0] in marks:
            continue
        number = row[0]
        if number is None:
            is_field = len(front) > 1
        else:
            is_field = _shape(number) in shapes and _shape(number) not in only_items
        if is_field:
            text = front[0].text
            key = compared(text)
            if key not in found or len(text.split()) < len(found[key].split()):
                found[key] = text
    return _without_items(found)


def _without_items(fields: Mapping[str, str]) -> list[str]:
    """The fields without those cells that hold an item behind a field that stands alone elsewhere."""
    return [
        text
        for key, text in fields.items()
        if not any(
            key.startswith(other) and key != other and leading_number(key.removeprefix(other))
            for other in fields
        )
    ]


def _suffix(numbers: Iterable[Number]) -> str | None:
    likes = Counter(suffix_like(number.suffix) for number in numbers if number.suffix)
    return likes.most_common(1)[0][0] if likes else None
