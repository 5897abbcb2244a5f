"""What every row of a tidy table has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row of a tidy table: the document it was read from and its authority."""

    document: str
    authority: str
