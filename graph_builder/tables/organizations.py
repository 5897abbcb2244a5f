"""Units of a government: from the curated table by name, else made from what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.identifiers import organization_key
from graph_builder.readers.reading import ResponsibleRecord
from graph_builder.rows import OrganizationRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.governments import Government, government_row, read_governments
from graph_builder.values.text import compared

COLUMNS = ("authority", "key", "kind", "name", "name_en", "unit_of", "reason")
KINDS = ("Department", "Division")
_NameBelow = tuple[str, str, str | None]  # authority, name, key of the department (None: the unit is one)


@dataclass(frozen=True)
class Unit:
    """One row of the curated table of units."""

    authority: str
    key: str
    kind: str
    name: str
    name_en: str
    unit_of: str | None


class Organizations:
    """Finds the unit that a printed name means, and puts each unit that is met into the tables."""

    def __init__(self, reference: Path, tables: Tables) -> None:
        self._tables = tables
        self._units = {(unit.authority, unit.key): unit for unit in _units(reference / "organizations.csv")}
        self._governments = read_governments(reference)
        self._by_name: Mapping[_NameBelow, Unit] = {
            (unit.authority, compared(unit.name), self._department_of(unit)): unit
            for unit in self._units.values()
        }

    def government(self, authority: str, publisher: str) -> None:
        """Put the government of a document into the tables; an uncurated one is named as the publisher."""
        government = self._governments.get(authority, Government(publisher, None, None))
        self._tables.add(government_row(authority, government))

    def responsible(self, authority: str, printed: ResponsibleRecord) -> tuple[str, str | None]:
        """The keys of the responsible unit and of its bureau, if one is printed."""
        department = self._resolve(authority, printed.department, None, None, printed)
        bureau = self._resolve(authority, printed.bureau, department, department, printed)
        above = bureau or department
        division = self._resolve(authority, printed.division, department, above, printed)
        return division or department or "", bureau

    def _resolve(
        self,
        authority: str,
        name: str | None,
        department: str | None,
        above: str | None,
        at: ResponsibleRecord,
    ) -> str | None:
        if name is None:
            return None
        unit = self._by_name.get((authority, compared(name), department))
        if unit:
            self._enter(unit)
            return unit.key
        division = name if name == at.division else None
        bureau = at.bureau if name in (at.division, at.bureau) else None
        key = organization_key(at.department, bureau, division)
        kind = "Division" if department else "Department"
        government = None if above else authority
        self._tables.add(OrganizationRow("reference", authority, key, kind, name, None, above, government))
        return key

    def _enter(self, unit: Unit) -> None:
        self._tables.add(
            OrganizationRow(
                document="reference",
                authority=unit.authority,
                organization=unit.key,
                kind=unit.kind,
                label=unit.name,
                label_en=unit.name_en or None,
                unit_of=unit.unit_of,
                government=None if unit.unit_of else unit.authority,
            )
        )
        if unit.unit_of:
            self._enter(self._units[unit.authority, unit.unit_of])

    def _department_of(self, unit: Unit) -> str | None:
        if not unit.unit_of:
            return None
        above = self._units[unit.authority, unit.unit_of]
        return above.key if above.kind == "Department" else self._department_of(above)


def _units(path: Path) -> list[Unit]:
    rows = read_curated(path, COLUMNS, ("authority", "key", "name", "reason"))
    keys = Counter((row["authority"], row["key"]) for row in rows)
    refuse(
        [
            row.fault(column, f"the row {row['key']} {what}", "mend the row")
            for row in rows
            for column, what, wrong in (
                ("key", "stands twice", keys[row["authority"], row["key"]] > 1),
                ("kind", f"is no {' or '.join(KINDS)}", row["kind"] not in KINDS),
                ("unit_of", "is part of a unit that is not there", not _is_there(row, keys)),
            )
            if wrong
        ]
    )
    return [
        Unit(row["authority"], row["key"], row["kind"], row["name"], row["name_en"], row.get("unit_of"))
        for row in rows
    ]


def _is_there(row: CuratedRow, keys: Mapping[tuple[str, str], int]) -> bool:
    return not row["unit_of"] or (row["authority"], row["unit_of"]) in keys
