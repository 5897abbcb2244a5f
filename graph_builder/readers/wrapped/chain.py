"""The rows of a wrapped table: the chain of number lines and departments that accounts for the lines best.

Headings, page numbers and blocks of column titles stand anywhere in a dump, and many a line looks like the
next number. So no line is judged alone: of all chains of rows, numbered 1, 2, 3 … in each section and with
one department each, the one with the least strain is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graph_builder.readers.wrapped.cells import Cells, Columns, split
from graph_builder.readers.wrapped.pieces import Piece, Start, without_marks

NO_TAIL = 10.0
PASSED_TAIL = 8.0
BROKEN_NUMBER = 20.0
SAME_NUMBER = 2.0
MOST_TAILS_IN_A_ROW = 3


@dataclass(frozen=True)
class Tail:
    """The end of a row, pieces first..end (exclusive): a department and its divisions as texts."""

    first: int
    end: int
    department: str
    divisions: tuple[str, ...]
    strain: float = 0.0


@dataclass(frozen=True)
class Row:
    """One row: its number line, its cells, its department and divisions (None: none was found)."""

    start: Start
    end: int
    tail: Tail | None
    cells: Cells
    is_new: bool
    is_repeat: bool
    strain: float


@dataclass(frozen=True)
class Table:
    """What is known of a table before its rows are: candidates, and what stands aside from the rows.

    `aside` are pieces that belong to no row wherever they stand; `numbers` are lone numbers that may be
    page numbers; `headings` may be headings of sections; `last_numbers` are the numbers at which a section
    ends (empty: not known).
    """

    pieces: tuple[Piece, ...]
    starts: Sequence[Start]
    tails: Sequence[Tail]
    columns: Columns
    aside: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
    last_numbers: frozenset[int] = frozenset()
    page_number: float = 0.3
    number_in_row: float = 0.6
    heading_in_row: float = 0.0
    stray: float = 3.0

    @cached_property
    def values(self) -> dict[int, int]:
        """The number that each piece begins with which may begin a row."""
        return {start.at: start.value for start in self.starts}

    @cached_property
    def costs_between_rows(self) -> list[float]:
        """Running sums of what each piece costs where it stands between two rows."""
        sums = [0.0]
        for at in range(len(self.pieces)):
            sums.append(sums[-1] + self._between(at))
        return sums

    def _between(self, at: int) -> float:
        if at in self.aside:
            return 0.0
        if at in self.numbers or at in self.headings:
            return self.page_number
        return self.stray

    def between(self, first: int, end: int) -> float:
        """What the pieces first..end (exclusive) cost between two rows."""
        return self.costs_between_rows[end] - self.costs_between_rows[first]

    def row(self, start: Start, tail: Tail) -> Row:
        """The row from a number line to a department."""
        inside = [at for at in range(start.at + 1, tail.first) if at not in self.aside]
        dropped = sum(at in self.numbers for at in inside)
        body = tuple(self.pieces[at] for at in inside if at not in self.numbers)
        if start.rest:
            body = (replace(self.pieces[start.at], text=start.rest), *body)
        body, marked, is_repeat = without_marks(body)
        cells = split(body, self.columns)
        amid = sum(at in self.headings for at in inside) + start.is_like_heading
        again = sum(self.values.get(at) == start.value for at in inside if at not in self.numbers)
        strain = cells.strain + tail.strain + self.number_in_row * dropped + self.heading_in_row * amid
        strain += SAME_NUMBER * again
        return Row(start, tail.end, tail, cells, start.is_new or marked, is_repeat, strain)


@dataclass
class _Node:
    """The best chain of rows whose next row begins at `start`."""

    start: Start | None
    strain: float = float("inf")
    before: _Node | None = None
    row: Row | None = None


def chain(table: Table) -> list[Row]:
    """The rows of the chain with the least strain, in their order."""
    nodes = [_Node(start) for start in table.starts]
    last = _Node(None)
    for node in nodes:
        _begin(node, table)
    for at, node in enumerate(nodes):
        if node.strain < float("inf"):
            _extend(at, node, nodes, last, table)
    rows = []
    node = last
    while node.row is not None and node.before is not None:
        rows.append(node.row)
        node = node.before
    return rows[::-1]


def _begin(node: _Node, table: Table) -> None:
    """A chain may begin at any number 1; at another number, or with rows passed over, only under strain."""
    start = node.start
    if start is None:
        return
    passed = sum(tail.first < start.at for tail in table.tails)
    if passed > MOST_TAILS_IN_A_ROW:
        return
    node.strain = table.between(0, start.at) + PASSED_TAIL * passed
    node.strain += 0.0 if start.value == 1 else BROKEN_NUMBER * start.value


def _extend(at: int, node: _Node, nodes: list[_Node], last: _Node, table: Table) -> None:
    start = node.start
    if start is None:
        return
    rows = _rows_from(start, table)
    for following in [*nodes[at + 1 :], last]:
        position = following.start.at if following.start else len(table.pieces)
        passed = sum(start.at < tail.first < position for tail in table.tails)
        if passed > MOST_TAILS_IN_A_ROW + 1 and following is not last:
            break
        step = _step(start, following.start, table)
        if step is not None:
            for row in _ending_before(rows, position, start):
                others = sum(start.at < tail.first < position for tail in table.tails) - (
                    row.tail is not None
                )
                strain = node.strain + row.strain + step + PASSED_TAIL * others
                strain += table.between(row.end, position)
                if strain < following.strain:
                    following.strain, following.before, following.row = strain, node, row


def _rows_from(start: Start, table: Table) -> list[Row]:
    """The rows that may begin at `start`: one for each of the next departments."""
    tails = [tail for tail in table.tails if tail.first > start.at][: MOST_TAILS_IN_A_ROW + 1]
    return [table.row(start, tail) for tail in tails]


def _ending_before(rows: Sequence[Row], position: int, start: Start) -> Iterator[Row]:
    found = False
    for row in rows:
        if row.end <= position:
            found = True
            yield row
    if not found:
        yield Row(start, position, None, Cells((), (), (), 0.0), start.is_new, False, NO_TAIL)


def _step(start: Start, following: Start | None, table: Table) -> float | None:
    """What it costs that the number of `following` comes after that of `start`; None: it cannot."""
    if following is None:
        return 0.0
    if following.value == start.value + 1:
        return 0.0
    if following.value == 1:
        if table.last_numbers:
            return 0.0 if start.value in table.last_numbers else BROKEN_NUMBER
        supported = any(start.at < heading < following.at for heading in table.headings)
        return 1.0 if supported else 4.0
    if following.value == start.value + 2:
        return BROKEN_NUMBER
    return None
