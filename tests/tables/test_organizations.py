"""Units are found in the curated table by the names that are printed; others are made from the print."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.readers.reading import ResponsibleRecord
from graph_builder.rows import GovernmentRow, OrganizationRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.organizations import Organizations

UNITS = """authority,key,kind,name,name_en,unit_of,reason
070009,somu-bu,Department,総務部,General Affairs,,printed
070009,shoko-bu,Department,商工部,Commerce,,printed
070009,shoko-bu.kanko-kyoku,Division,観光局,Tourism Bureau,shoko-bu,printed
070009,shoko-bu.kanko-ka,Division,観光課,Tourism Division,shoko-bu.kanko-kyoku,printed
070009,somu-bu.somu-ka,Division,総務課,General Affairs Division,somu-bu,printed
070009,shoko-bu.somu-ka,Division,総務課,General Affairs Division,shoko-bu,printed
"""


@pytest.fixture
def tables() -> Tables:
    return Tables()


@pytest.fixture
def organizations(tmp_path: Path, tables: Tables) -> Organizations:
    (tmp_path / "organizations.csv").write_text(UNITS, encoding="utf-8")
    return Organizations(tmp_path, tables)


def labels(tables: Tables) -> dict[str, str | None]:
    return {row.organization: row.unit_of for row in tables.of(OrganizationRow)}


def test_a_division_is_found_below_its_department(organizations: Organizations, tables: Tables) -> None:
    found = organizations.responsible("070009", ResponsibleRecord("商工部", None, "総務課"))
    assert found == ("shoko-bu.somu-ka", None)
    assert labels(tables) == {"shoko-bu": None, "shoko-bu.somu-ka": "shoko-bu"}


def test_a_bureau_stands_between_and_need_not_be_printed(
    organizations: Organizations, tables: Tables
) -> None:
    printed = organizations.responsible("070009", ResponsibleRecord("商工部", "観光局", "観光課"))
    silent = organizations.responsible("070009", ResponsibleRecord("商工部", None, "観光課"))
    assert printed == ("shoko-bu.kanko-ka", "shoko-bu.kanko-kyoku")
    assert silent == ("shoko-bu.kanko-ka", None)
    assert labels(tables)["shoko-bu.kanko-ka"] == "shoko-bu.kanko-kyoku"


def test_the_department_answers_where_no_division_is_printed(organizations: Organizations) -> None:
    assert organizations.responsible("070009", ResponsibleRecord("総務部")) == ("somu-bu", None)


def test_a_unit_that_no_table_names_is_made_from_the_print(
    organizations: Organizations, tables: Tables
) -> None:
    first, _ = organizations.responsible("131016", ResponsibleRecord("市長公室", None, "秘書課"))
    again, _ = organizations.responsible("131016", ResponsibleRecord("市長公室", None, "秘書 課"))
    assert first == again
    made = {row.label: row for row in tables.of(OrganizationRow)}
    assert made["秘書課"].unit_of == made["市長公室"].organization
    assert (made["市長公室"].kind, made["市長公室"].government) == ("Department", "131016")
    assert (made["秘書課"].kind, made["秘書課"].government) == ("Division", None)


def test_equal_names_of_two_governments_are_two_units(organizations: Organizations) -> None:
    here, _ = organizations.responsible("070009", ResponsibleRecord("総務部"))
    there, _ = organizations.responsible("131016", ResponsibleRecord("総務部"))
    assert here != there


def test_an_uncurated_government_is_named_as_the_publisher(
    organizations: Organizations, tables: Tables
) -> None:
    organizations.government("131016", "みどり市")
    (row,) = tables.of(GovernmentRow)
    assert (row.authority, row.label, row.label_en) == ("131016", "みどり市", None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("070009,x-ka,Division,X課,X,no-such-unit,printed", "line 8, column unit_of"),
        ("070009,somu-bu,Department,総務部,General Affairs,,printed", "line 8, column key"),
        ("070009,x-ka,Section,X課,X,somu-bu,printed", "line 8, column kind"),
        ("070009,x-ka,Division,X課,X,somu-bu,", "line 8, column reason"),
    ],
)
def test_a_wrong_row_of_the_curated_table_is_named(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "organizations.csv").write_text(f"{UNITS}{row}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=said):
        Organizations(tmp_path, Tables())
