"""Curated governments stand in the tables with their codes; a wrong row is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.rows import GovernmentRow
from graph_builder.rows.organizations import IdentifierRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.governments import add_curated_governments, is_government_code
from graph_builder.tables.organizations import Organizations

PREFECTURE = (
    "authority,name,name_en,code_scheme,reason\n070009,福島県,Fukushima Prefecture,コード,公表されたコード\n"
)
MUNICIPALITY = (
    "authority,name,name_en,kana,reason\n072010,福島市,Fukushima City,ふくしまし,公表されたコード\n"
)
CODES = "authority,kind,notation,agency,reason\n070009,iso-3166-2,JP-07,ISO,公表された記号\n"


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    (tmp_path / "governments.csv").write_text(PREFECTURE, encoding="utf-8")
    (tmp_path / "municipalities.csv").write_text(MUNICIPALITY, encoding="utf-8")
    (tmp_path / "identifiers.csv").write_text(CODES, encoding="utf-8")
    return tmp_path


def test_curated_governments_are_there_without_a_document(reference: Path) -> None:
    tables = Tables()
    add_curated_governments(reference, tables)
    assert [(row.authority, row.label, row.kana) for row in tables.of(GovernmentRow)] == [
        ("070009", "福島県", None),
        ("072010", "福島市", "ふくしまし"),
    ]
    assert [(row.authority, row.identifier, row.notation) for row in tables.of(IdentifierRow)] == [
        ("070009", "jp-07", "JP-07")
    ]


def test_the_government_of_a_document_is_the_curated_one(reference: Path) -> None:
    tables = Tables()
    add_curated_governments(reference, tables)
    Organizations(reference, tables).government("072010", "福島市役所")
    assert [row.label for row in tables.of(GovernmentRow)] == ["福島県", "福島市"]


def test_without_curated_tables_there_are_none(tmp_path: Path) -> None:
    tables = Tables()
    add_curated_governments(tmp_path, tables)
    assert (tables.of(GovernmentRow), tables.of(IdentifierRow)) == ([], [])


@pytest.mark.parametrize(
    ("file", "row", "said"),
    [
        (
            "municipalities.csv",
            "072011,福島市,,,理由",
            "line 3, column authority: '072011' is no local government code",
        ),
        (
            "municipalities.csv",
            "72010,福島市,,,理由",
            "line 3, column authority: '72010' is no local government code",
        ),
        ("municipalities.csv", "072028,,,,理由", "line 3, column name: the name is missing"),
        ("municipalities.csv", "072028,会津若松市,,,", "line 3, column reason: the reason is missing"),
        ("municipalities.csv", "070009,福島県,,,理由", "the government 070009 stands twice"),
        ("identifiers.csv", "131016,iso-3166-2,JP-13,ISO,理由", "line 3, column authority: .* no curated"),
        ("identifiers.csv", "070009,iso-3166-2,JP-07,ISO,", "line 3, column reason: the reason is missing"),
    ],
)
def test_a_wrong_row_is_named(reference: Path, file: str, row: str, said: str) -> None:
    path = reference / file
    path.write_text(f"{path.read_text('utf-8')}{row}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=said):
        add_curated_governments(reference, Tables())


@pytest.mark.parametrize("code", ["070009", "131016", "131041", "072010", "011002", "473821"])
def test_a_code_ends_with_its_check_digit(code: str) -> None:
    assert is_government_code(code)
    assert not is_government_code(f"{code[:5]}{(int(code[5]) + 1) % 10}")
