"""Discrepancies: two places of the documents that do not agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class DiscrepancyRow(Row):
    """What is printed at one place, what at another, and what would be right where that can be told."""

    discrepancy: str
    printed: str
    compared_text: str
    expected: str | None
    kind: str
    reason_ja: str
    reason_en: str
    passage: str
    compared_authority: str
    compared_passage: str


TABLES: Mapping[str, type[Row]] = {"discrepancies": DiscrepancyRow}
