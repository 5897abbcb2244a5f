"""Projects: entries of lists, the undertakings behind them, their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class EntryRow(Row):
    """One row of one list of projects; `department` … `items` repeat the side tables for readers."""

    entry: str
    section: str | None
    section_label: str | None
    number: str | None
    name: str
    umbrella_name: str | None
    child_name: str | None
    department: str | None
    bureau: str | None
    divisions: str | None
    items: str | None
    is_new: str | None
    is_repeat: str | None
    repeats: str | None
    summary: str | None
    target_text: str | None
    fiscal_year: str | None
    start_year: str | None
    end_year: str | None
    start_line: str
    end_line: str
    project: str
    passage: str

    @property
    def first_year(self) -> str | None:
        """The fiscal year in which it begins, or the one that its list is for."""
        return self.start_year or self.fiscal_year

    @property
    def last_year(self) -> str | None:
        """The fiscal year in which it ends, or the one that its list is for."""
        return self.end_year or self.fiscal_year


@dataclass(frozen=True)
class EntryDirectionRow(Row):
    """A direction that an entry serves."""

    entry: str
    direction: str


@dataclass(frozen=True)
class EntryOrganizationRow(Row):
    """A unit that is responsible for an entry, and the bureau printed with it."""

    entry: str
    organization: str
    bureau: str | None


@dataclass(frozen=True)
class EntryPlanRow(Row):
    """A plan that an entry stands under."""

    entry: str
    plan: str


@dataclass(frozen=True)
class ProjectRow(Row):
    """An undertaking; `part_of` is the umbrella it is printed under."""

    project: str
    label: str
    part_of: str | None


@dataclass(frozen=True)
class MeasureRow(Row):
    """One number with its meaning, as an entry or a vision states it."""

    measure: str
    entry: str | None
    vision: str | None
    indicator: str | None
    indicator_text: str | None
    value: str
    unit_text: str | None
    unit: str | None
    comparator: str
    measure_kind: str
    fiscal_year: str | None
    quote: str
    passage: str


@dataclass(frozen=True)
class IndicatorRow(Row):
    """What is measured, over years."""

    indicator: str
    label: str
    note: str | None
    label_en: str | None = None


TABLES: Mapping[str, type[Row]] = {
    "entries": EntryRow,
    "entry_directions": EntryDirectionRow,
    "entry_organizations": EntryOrganizationRow,
    "entry_plans": EntryPlanRow,
    "projects": ProjectRow,
    "measures": MeasureRow,
    "indicators": IndicatorRow,
}
