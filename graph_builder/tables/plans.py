"""Documents, the plans they describe, the generations of a series, visions, indicators, reviews."""

from __future__ import annotations

from graph_builder.documents import Document, Plan
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.readers.reading import GenerationRecord, ObservationRecord, Reading, Span
from graph_builder.rows import (
    DocumentPlanRow,
    DocumentRow,
    ObservationRow,
    PlanRow,
    PlanTextRow,
    SeriesRow,
)
from graph_builder.tables.collection import Tables
from graph_builder.tables.directions import add_direction
from graph_builder.tables.passages import Passages
from graph_builder.values.text import compared

# The parameter by which each layout that lists projects declares how many.
COUNTED_BY = {"wrapped-rows": "rows", "merged-table": "rows", "outcome-table": "entries"}


def add_document(document: Document, tables: Tables) -> None:
    """Add the source itself, with the number of entries that its folder declares."""
    parts = (document.issued or "").split("-") if document.issued else []
    tables.add(
        DocumentRow(
            document=document.key,
            authority=document.authority,
            title=document.title,
            title_en=document.title_en,
            publisher=document.publisher,
            license=document.license,
            rights=document.rights,
            issued_date=document.issued if len(parts) == 3 else None,
            issued_month=document.issued if len(parts) == 2 else None,
            issued_year=document.issued if len(parts) == 1 else None,
            origin=document.origin,
            sha256=document.sha256,
            declared_entry_count=_declared_entries(document),
        )
    )
    for plan in document.describes:
        tables.add(DocumentPlanRow(document.key, document.authority, plan))


def _declared_entries(document: Document) -> str | None:
    """How many rows the folder declares for its lists of projects, over all layouts and their sections."""
    rows = 0
    for layout in document.layouts:
        count = COUNTED_BY.get(layout.reader)
        if count:
            options = layout.options
            sections = options.get("sections") or options.get("parts") or [options]
            rows += sum(int(section.get(count, 0)) for section in sections)
    return str(rows) if rows else None


def add_plans(reading: Reading, passages: Passages) -> None:
    """Add the plans that the folder declares and the generations that a history table prints."""
    document = passages.document
    for plan in document.plans:
        passages.tables.add(
            PlanRow(
                document=document.key,
                authority=document.authority,
                plan=plan.key,
                label=plan.label,
                label_en=plan.label_en,
                alt_label=None,
                generation=None,
                start_year=str(plan.start_year) if plan.start_year else None,
                end_year=str(plan.end_year) if plan.end_year else None,
                series=None,
                passage=_evidence(plan, passages),
            )
        )
    if reading.generations:
        _add_generations(reading, passages)


def _evidence(plan: Plan, passages: Passages) -> str | None:
    if not plan.printed:
        return None
    line = passages.document.printed_at(plan.printed)
    if line is None:
        place = Place(str(passages.document.folder / "document.toml"), column="plans")
        what = f"the text nowhere prints 「{plan.printed}」, the evidence of the plan {plan.key}"
        raise DeclarationError(Problem(place, what, "quote a line that speaks of the plan"))
    return passages.of(Span(line, line))


def _add_generations(reading: Reading, passages: Passages) -> None:
    document = passages.document
    series = document.lookups.get("plan_series")
    if not series:
        problem = Problem(
            document.place(reading.generations[0].span.first),
            "a history table needs the series whose generations it lists",
            "declare [plan_series] with key, label and label_en in lookups.toml",
        )
        raise DeclarationError(problem)
    passages.tables.add(
        SeriesRow(document.key, document.authority, series["key"], series["label"], series.get("label_en"))
    )
    for record in reading.generations:
        _add_generation(record, passages)


def _add_generation(record: GenerationRecord, passages: Passages) -> None:
    document, tables = passages.document, passages.tables
    series = document.lookups["plan_series"]
    # A generation that the text calls by another name is that plan: the folder says which, and why.
    known = series.get("generations", {}).get(str(record.generation), {})
    ordinal = f"第{record.generation}期{series['label']}"
    key = known.get("plan", f"{series['key']}-{record.generation}")
    tables.add(
        PlanRow(
            document=document.key,
            authority=document.authority,
            plan=key,
            label=known.get("label", ordinal),
            label_en=known.get("label_en", f"{series['label_en']}, generation {record.generation}"),
            alt_label=ordinal if "label" in known else None,
            generation=str(record.generation),
            start_year=str(record.start_year),
            end_year=str(record.end_year),
            series=series["key"],
            passage=passages.of(record.span),
        )
    )
    tables.add(*(PlanTextRow(document.key, document.authority, key, theme=text) for text in record.themes))
    tables.add(
        *(
            PlanTextRow(document.key, document.authority, key, main_measure=text)
            for text in record.main_measures
        )
    )
    tables.add(
        *(PlanTextRow(document.key, document.authority, key, outcome=text) for text in record.outcomes)
    )


def add_observations(reading: Reading, passages: Passages) -> None:
    """Add the rows of the review."""
    for record in reading.observations:
        passages.tables.add(_observation(record, passages))


def _observation(record: ObservationRecord, passages: Passages) -> ObservationRow:
    document = passages.document
    direction = record.direction
    number = compared(direction.notation or direction.label) if direction else "overall"
    return ObservationRow(
        document=document.key,
        authority=document.authority,
        observation=f"{document.key}.{number}-{record.fiscal_year}",
        dataset=f"{document.key}.{'by-direction' if direction else 'overall'}",
        structure="ReviewByDirection" if direction else "ReviewOverall",
        direction=add_direction(direction, passages) if direction else None,
        fiscal_year=str(record.fiscal_year),
        item_count=str(record.item_count),
        achieved_count=str(record.achieved_count),
        achieved_rate=record.achieved_rate,
        passage=passages.of(record.span),
    )
