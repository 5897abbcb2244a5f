"""names.csv and anaphora.toml are read strictly: each fault is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.mentions.names import Name, read_names
from graph_builder.mentions.words import read_words
from tests.mentions.mention_cases import found_in

HEADER = "thing,name,reason\n"
GOOD = "id/jp/concept/gis,地理情報システム,the meaning of the letters\n"
WORDS = Folders().mappings / "reference" / "anaphora.toml"


def _names(folder: Path, text: str) -> Path:
    path = folder / "names.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_name_knows_the_kind_of_its_thing(tmp_path: Path) -> None:
    assert read_names(_names(tmp_path, HEADER + GOOD)) == [
        Name("地理情報システム", "id/jp/concept/gis", "concept")
    ]


def test_no_table_gives_no_names(tmp_path: Path) -> None:
    assert read_names(tmp_path / "names.csv") == []


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("id/jp/concept/gis,GIS,\n", r"names\.csv, line 3, column reason: has no reason"),
        ("id/jp/concept/gis,GIS, \n", r"names\.csv, line 3, column reason: has no reason"),
        ("id/jp/concept/gis,GIS\n", r"names\.csv, line 3: the row has more or fewer cells"),
        ("id/jp/concept/gis, ,why\n", r"line 3, column name: the name ' ' is too short"),
        ("id/jp/concept/gis,Ｇ,why\n", r"line 3, column name: the name 'Ｇ' is too short"),
        ("gis,GIS,why\n", r"line 3, column thing: 'gis' is no thing"),
        ("id/jp/concept/地理,GIS,why\n", r"line 3, column thing: 'id/jp/concept/地理' is no thing"),
        (
            GOOD,
            r"line 3, column name: the name '地理情報システム' stands twice for one thing, first on line 2",
        ),
        (
            "id/jp/concept/gis,地理情報 ｼｽﾃﾑ,why\n",
            r"line 3, column name: .* stands twice for one thing, first on line 2",
        ),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, row: str, what: str) -> None:
    with pytest.raises(DeclarationError, match=what):
        read_names(_names(tmp_path, HEADER + GOOD + row))


def test_every_faulty_row_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError) as raised:
        read_names(_names(tmp_path, HEADER + "x,GIS,why\n" + GOOD + GOOD))
    assert [problem.place.line for problem in raised.value.problems] == [2, 4]


def test_other_columns_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        DeclarationError, match=r"line 1: the columns are name, thing\. write exactly thing, name, reason"
    ):
        read_names(_names(tmp_path, "name,thing\n"))


def test_one_name_may_belong_to_two_things(tmp_path: Path) -> None:
    rows = HEADER + "id/jp/law/a,第5期,why\nid/jp/law/b,第5期,why\n"
    assert len(read_names(_names(tmp_path, rows))) == 2


@pytest.mark.parametrize(
    ("printed", "changed", "what"),
    [
        ('reason = "a bill', 'cause = "a bill', "column 'reason': the key is missing"),
        ("[[own]]", "[[self]]", "column 'own': the key is missing"),
        ('within = "section"\nreason = "a bill', 'within = "chapter"\nreason = "a bill', "no range"),
        ("law_number = '(?:", "law_number = '(?", "column unlisted: it makes no pattern"),
        ('reason = "a plan speaks of itself as 本計画"', 'reason = ""', "has no reason"),
    ],
)
def test_a_faulty_file_of_words_is_an_error(tmp_path: Path, printed: str, changed: str, what: str) -> None:
    text = WORDS.read_text("utf-8")
    assert printed in text
    path = tmp_path / "anaphora.toml"
    path.write_text(text.replace(printed, changed), "utf-8")
    with pytest.raises(DeclarationError, match=what):
        read_words(path)


def test_a_word_that_a_folder_declares_stands_for_a_thing() -> None:
    with pytest.raises(
        DeclarationError, match=r"lookups\.toml, column anaphora: 「前計画」 stands for 'ict'"
    ):
        found_in({"text": "前計画\n", "declared": {"前計画": "ict"}})
