"""The tables of one build while they grow: each row once, in the order in which it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from graph_builder.rows import TABLES, Row

AnyRow = TypeVar("AnyRow", bound=Row)


class Tables:
    """All tidy tables; a row that is added twice stands once."""

    def __init__(self) -> None:
        self._rows: dict[type[Row], dict[Row, None]] = {kind: {} for kind in TABLES.values()}
        self._keys: set[tuple[type[Row], str]] = set()

    def add(self, *rows: Row) -> None:
        """Add rows to their tables."""
        for row in rows:
            self._rows[type(row)][row] = None

    def add_first(self, key: str, row: Row) -> None:
        """Add the row only if none of its table was added under this key: the first print labels a thing."""
        if (type(row), key) not in self._keys:
            self._keys.add((type(row), key))
            self.add(row)

    def change(self, kind: type[AnyRow], changed: Callable[[AnyRow], AnyRow]) -> None:
        """Replace every row of one table; rows that become equal stand once."""
        self._rows[kind] = {changed(row): None for row in self.of(kind)}

    def keep(self, kind: type[AnyRow], wanted: Callable[[AnyRow], bool]) -> None:
        """Leave out every row of one table that is not wanted."""
        self._rows[kind] = {row: None for row in self.of(kind) if wanted(row)}

    def of(self, kind: type[AnyRow]) -> list[AnyRow]:
        """The rows of one table."""
        return cast("list[AnyRow]", list(self._rows[kind]))
