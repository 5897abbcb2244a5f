"""Find the heads of a dumped table: titles and column heads, which stand again on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph_builder.readers.merged.cells import Cell
from graph_builder.values.text import compared

# Words of column heads: field, measure, item, in charge, project, summary, indicator, target, year, note …
_HEAD = re.compile(
    r"(?:大|中|小)?(?:分野|区分|分類|柱|施策|政策|戦略|方針|基本|重点|方向性?|展開|目標|項目|体系|担当|所管|主管|実施|関係|部局|部署|部課|課室|組織|"
    r"主体|所属|機関|課|室|部|局|事業|取り?組み?|名称?|概要|内容|説明|成果|数値|達成|重要業績評価|指標|KPI|値|令和|年度|備考|番号|No\.?|"
    r"又は|または|及び|および|主な|具体的な?|[・/、の等()\[\]0-9R])+",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(r"担当|所管|主管|部局|部署|部課|課室|所属|課")
_PAGE_NUMBER = re.compile(
    r"[-‐–−ー\s]*(?:P\.?\s?)?\d{1,3}(?:\s*[/／頁ページ]\s*\d{0,3})?[-‐–−ー\s]*", re.IGNORECASE
)
LONGEST_HEAD = 30


@dataclass(frozen=True)
class Raw:
    """A line that is not blank, before anything is known about it."""

    number: int
    printed: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Head:
    """A line that carries no data, and what kind of line it is."""

    line: Raw
    kind: str


def find_heads(lines: Sequence[Raw], rows: Iterable[int]) -> list[Head]:
    """The heads among the lines; `rows` are the numbers of the lines that are known to be rows."""
    data = set(rows)
    times = Counter(line.printed.strip() for line in lines)
    heads: list[Head] = []
    for run in _runs(lines, data):
        is_head = run[0].number == lines[0].number or any(
            is_column_heads(line.cells) or times[line.printed.strip()] > 1 for line in run
        )
        kinds = ((line, _kind(line, is_head, repeated=times[line.printed.strip()] > 1)) for line in run)
        heads += [Head(line, kind) for line, kind in kinds if kind]
    return heads


def is_column_heads(cells: Sequence[Cell]) -> bool:
    """Whether every cell of a line is a column's head."""
    return len(cells) > 1 and all(
        len(cell.text) <= LONGEST_HEAD and _HEAD.fullmatch(compared(cell.text)) for cell in cells
    )


def looks_like_heads(cells: Sequence[Cell]) -> bool:
    """Whether no cell of a line holds a sentence."""
    return all(len(cell.text) <= LONGEST_HEAD and "。" not in cell.text for cell in cells)


def responsible_column(lines: Iterable[Raw]) -> int | None:
    """The column whose head speaks of who is responsible, as most heads have it."""
    columns = Counter(
        cell.column
        for line in lines
        if is_column_heads(line.cells)
        for cell in line.cells
        if _RESPONSIBLE.search(cell.text)
    )
    return columns.most_common(1)[0][0] if columns else None


def _runs(lines: Sequence[Raw], rows: set[int]) -> list[list[Raw]]:
    """Lines between two rows."""
    runs: list[list[Raw]] = [[]]
    for line in lines:
        if line.number in rows:
            runs.append([])
        else:
            runs[-1].append(line)
    return [run for run in runs if run]


def _kind(line: Raw, in_head: bool, *, repeated: bool) -> str | None:
    if is_column_heads(line.cells):
        return "column heads"
    if _PAGE_NUMBER.fullmatch(line.printed.strip()):
        return "page number"
    # A row that could not be read has more cells than a title, and longer ones than a line of heads.
    if len(line.cells) > 3 and not looks_like_heads(line.cells):
        return None
    if repeated:
        return "running title"
    return "title of the list" if in_head else None
