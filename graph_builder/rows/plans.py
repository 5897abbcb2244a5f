"""Plans and what they contain: series, directions, visions, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


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
class VisionRow(Row):
    """What a plan aims at."""

    vision: str
    plan: str
    label: str
    indicator: str | None
    passage: str


@dataclass(frozen=True)
class TopicRow(Row):
    """An issue or a trend that a plan's prose treats under a heading."""

    topic: str
    kind: str
    class_name: str
    label: str
    plan: str
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


TABLES: Mapping[str, type[Row]] = {
    "plans": PlanRow,
    "plan_texts": PlanTextRow,
    "plan_series": SeriesRow,
    "directions": DirectionRow,
    "visions": VisionRow,
    "topics": TopicRow,
    "observations": ObservationRow,
}
