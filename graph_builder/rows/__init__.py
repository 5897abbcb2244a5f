"""The tidy tables, one dataclass for each: what the readers' records become and what the mappings read.

Every field is text, None where nothing is printed. A table's file is named after TABLES' key; the
columns are the fields. `document` is the graph a row belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph_builder.rows import (
    alignments,
    discrepancies,
    documents,
    instruments,
    lineage,
    mentions,
    organizations,
    plans,
    projects,
    references,
)
from graph_builder.rows.base import Row
from graph_builder.rows.documents import (
    CorrectionRow,
    DocumentPlanRow,
    DocumentRow,
    FiscalYearRow,
    PassageRow,
    PassageTextRow,
    SectionRow,
)
from graph_builder.rows.organizations import (
    GovernmentRow,
    OrganizationRow,
)
from graph_builder.rows.plans import (
    DirectionRow,
    ObservationRow,
    PlanRow,
    PlanTextRow,
    SeriesRow,
    VisionRow,
)
from graph_builder.rows.projects import (
    EntryDirectionRow,
    EntryOrganizationRow,
    EntryPlanRow,
    EntryRow,
    IndicatorRow,
    MeasureRow,
    ProjectRow,
)

TABLES: Mapping[str, type[Row]] = {
    **documents.TABLES,
    **plans.TABLES,
    **projects.TABLES,
    **organizations.TABLES,
    **instruments.TABLES,
    **lineage.TABLES,
    **alignments.TABLES,
    **references.TABLES,
    **mentions.TABLES,
    **discrepancies.TABLES,
}

__all__ = [
    "TABLES",
    "CorrectionRow",
    "DirectionRow",
    "DocumentPlanRow",
    "DocumentRow",
    "EntryDirectionRow",
    "EntryOrganizationRow",
    "EntryPlanRow",
    "EntryRow",
    "FiscalYearRow",
    "GovernmentRow",
    "IndicatorRow",
    "MeasureRow",
    "ObservationRow",
    "OrganizationRow",
    "PassageRow",
    "PassageTextRow",
    "PlanRow",
    "PlanTextRow",
    "ProjectRow",
    "Row",
    "SectionRow",
    "SeriesRow",
    "VisionRow",
]
