"""Rows of the lists of projects: entries, the undertakings they are rows of, and their side tables."""

from __future__ import annotations

from collections.abc import Sequence

from graph_builder.documents import Document
from graph_builder.errors import Problem, TableError
from graph_builder.identifiers import entry_key, project_key
from graph_builder.readers.reading import EntryRecord
from graph_builder.rows import (
    EntryDirectionRow,
    EntryOrganizationRow,
    EntryPlanRow,
    EntryRow,
    ProjectRow,
)
from graph_builder.tables.directions import add_direction, full_label
from graph_builder.tables.measures import add_measures
from graph_builder.tables.organizations import Organizations
from graph_builder.tables.passages import Passages
from graph_builder.values.text import compared


def add_entries(records: Sequence[EntryRecord], passages: Passages, organizations: Organizations) -> None:
    """Add the entries of one list; raises TableError where 再掲 repeats no other entry of the list."""
    repeated = _repeated(passages.document, records)
    for record in records:
        key = entry_key(passages.document.key, record)
        _add_projects(record, passages)
        passages.tables.add(_entry(record, key, repeated.get(key), passages))
        _add_links(record, key, passages, organizations)
        add_measures(record, key, passages)


def _repeated(document: Document, records: Sequence[EntryRecord]) -> dict[str, str]:
    """Key of each entry marked 再掲 → key of the entry that it repeats."""
    first = {compared(record.name): record for record in reversed(records) if not record.is_repeat}
    orphans = [record for record in records if record.is_repeat and compared(record.name) not in first]
    if orphans:
        remedy = "mend the name by corrections.csv, or the mark"
        raise TableError(
            *(
                Problem(document.place(record.span.first), f"「{record.name}」 repeats no other row", remedy)
                for record in orphans
            )
        )
    return {
        entry_key(document.key, record): entry_key(document.key, first[compared(record.name)])
        for record in records
        if record.is_repeat
    }


def _add_projects(record: EntryRecord, passages: Passages) -> None:
    umbrella = _add_project(record.umbrella_name, None, passages) if record.umbrella_name else None
    _add_project(record.name, umbrella, passages)


def _add_project(name: str, umbrella: str | None, passages: Passages) -> str:
    key, document = project_key(name), passages.document
    # Later prints of a name may differ in width or white space.
    passages.tables.add_first(key, ProjectRow(document.key, document.authority, key, name, umbrella))
    return key


def _entry(record: EntryRecord, key: str, repeats: str | None, passages: Passages) -> EntryRow:
    top = [direction.broader or direction for direction in record.directions]
    items = [full_label(direction) for direction in record.directions if direction.broader]
    return EntryRow(
        document=passages.document.key,
        authority=passages.document.authority,
        entry=key,
        section=_joined([direction.notation for direction in top]),
        section_label=_joined([direction.label for direction in top]),
        number=_text(record.number),
        name=record.name,
        umbrella_name=record.umbrella_name,
        child_name=record.child_name,
        department=_joined([unit.department for unit in record.responsible]),
        bureau=_joined([unit.bureau for unit in record.responsible]),
        divisions=_joined([unit.division for unit in record.responsible]),
        items=_joined(items),
        is_new=_truth(record.is_new),
        is_repeat=_truth(record.is_repeat),
        repeats=repeats,
        summary=record.summary,
        target_text=record.target_text,
        fiscal_year=_text(record.fiscal_year),
        start_year=_text(record.start_year),
        end_year=_text(record.end_year),
        start_line=str(record.span.first),
        end_line=str(record.span.last),
        project=project_key(record.name),
        passage=passages.of(record.span),
    )


def _add_links(record: EntryRecord, key: str, passages: Passages, organizations: Organizations) -> None:
    document, authority = passages.document.key, passages.document.authority
    for direction in record.directions:
        direction_key = add_direction(direction, passages)
        passages.tables.add(EntryDirectionRow(document, authority, key, direction_key))
    for printed in record.responsible:
        unit, bureau = organizations.responsible(authority, printed)
        passages.tables.add(EntryOrganizationRow(document, authority, key, unit, bureau))
    for plan in record.plans:
        passages.tables.add(EntryPlanRow(document, authority, key, plan))


def _joined(values: Sequence[str | None]) -> str | None:
    """Several values for a reader: `|` between them, each once, None where there is none."""
    return "|".join(dict.fromkeys(value for value in values if value)) or None


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
