"""The tidy tables, one dataclass for each: what the readers' records become and what the mappings read.

Every field is text, None where nothing is printed. A table's file is named after TABLES' key; the
columns are the fields. `document` is the graph a row belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row of a tidy table: the document it was read from and its authority."""

    document: str
    authority: str


@dataclass(frozen=True)
class DocumentRow(Row):
    """A source as received."""

    title: str
    title_en: str | None
    publisher: str
    license: str | None
    rights: str | None
    issued_date: str | None
    issued_month: str | None
    issued_year: str | None
    origin: str | None
    sha256: str
    declared_entry_count: str | None


@dataclass(frozen=True)
class DocumentPlanRow(Row):
    """A plan that a document describes."""

    plan: str


@dataclass(frozen=True)
class PlanRow(Row):
    """A plan or policy; `series` is the key of the series it belongs to."""

    plan: str
    label: str
    label_en: str | None
    alt_label: str | None
    generation: str | None
    start_year: str | None
    end_year: str | None
    series: str | None
    passage: str | None


@dataclass(frozen=True)
class PlanTextRow(Row):
    """One theme, main measure or outcome of a plan; the other two are absent."""

    plan: str
    theme: str | None = None
    main_measure: str | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class SeriesRow(Row):
    """A series of plans that replaced one another."""

    series: str
    label: str
    label_en: str | None


@dataclass(frozen=True)
class PassageRow(Row):
    """A place in a document: lines (1-based, inclusive), characters (0-based, end exclusive), the print."""

    passage: str
    start_line: str
    end_line: str
    start_char: str
    end_char: str
    exact: str


@dataclass(frozen=True)
class PassageTextRow(Row):
    """A passage of the prose: its kind, its section, its text with the line breaks joined."""

    passage: str
    kind: str
    section: str | None
    text: str
    continued_in: str | None


@dataclass(frozen=True)
class SectionRow(Row):
    """A heading of the outline."""

    section: str
    notation: str | None
    label: str
    level: str
    position: str
    parent: str | None
    passage: str


@dataclass(frozen=True)
class DirectionRow(Row):
    """A direction, pillar, field or item of a plan's scheme."""

    direction: str
    scheme: str
    notation: str | None
    label: str
    note: str | None
    broader: str | None
    passage: str | None


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
class OrganizationRow(Row):
    """A government unit; `kind` is the local name of its class; one at the top has no `unit_of`."""

    organization: str
    kind: str
    label: str
    label_en: str | None
    unit_of: str | None
    government: str | None


@dataclass(frozen=True)
class GovernmentRow(Row):
    """A government, known by its six-digit code."""

    label: str
    label_en: str | None


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


@dataclass(frozen=True)
class VisionRow(Row):
    """What a plan aims at."""

    vision: str
    plan: str
    label: str
    indicator: str | None
    passage: str


@dataclass(frozen=True)
class ObservationRow(Row):
    """A row of the review; `dataset` tells the overall rows from those by direction."""

    observation: str
    dataset: str
    structure: str
    direction: str | None
    fiscal_year: str
    item_count: str
    achieved_count: str
    achieved_rate: str
    passage: str


@dataclass(frozen=True)
class CorrectionRow(Row):
    """A mended fault of the print, and the thing whose text it touches."""

    correction: str
    printed: str
    corrected: str
    kind: str
    reason: str
    passage: str
    entry: str | None
    direction: str | None
    section: str | None


@dataclass(frozen=True)
class FiscalYearRow(Row):
    """A fiscal year, 1 April to 31 March; `next_year` is the calendar year in which it ends."""

    year: str
    next_year: str
    label_ja: str
    label_en: str


TABLES: Mapping[str, type[Row]] = {
    "documents": DocumentRow,
    "document_plans": DocumentPlanRow,
    "plans": PlanRow,
    "plan_texts": PlanTextRow,
    "plan_series": SeriesRow,
    "passages": PassageRow,
    "passage_texts": PassageTextRow,
    "sections": SectionRow,
    "directions": DirectionRow,
    "entries": EntryRow,
    "entry_directions": EntryDirectionRow,
    "entry_organizations": EntryOrganizationRow,
    "entry_plans": EntryPlanRow,
    "projects": ProjectRow,
    "organizations": OrganizationRow,
    "governments": GovernmentRow,
    "measures": MeasureRow,
    "indicators": IndicatorRow,
    "visions": VisionRow,
    "observations": ObservationRow,
    "corrections": CorrectionRow,
    "fiscal_years": FiscalYearRow,
}
