"""Names in parts, and what their words are worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.lineage.descent import add_project_lineage
from graph_builder.lineage.matching.names import parts
from graph_builder.lineage.words import read_vocabulary
from graph_builder.rows.lineage import LinkRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.quotes import Quotes
from tests.lineage.lineage_cases import entry

WORDS = read_vocabulary(Folders().mappings / "matching")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("点字即時情報事業", ("点字即時情報事業",)),
        ("傘事業（子事業）", ("傘事業", "子事業")),
        ("傘事業(中事業（子事業）)", ("傘事業", "中事業", "子事業")),
        ("傘事業（子事業）（孫セミナー）", ("傘事業", "子事業", "孫セミナー")),
        ("デジタル変革（ＤＸ）推進事業", ("デジタル変革(dx)推進事業",)),
        ("（仮称）事業", ("(仮称)事業",)),
        ("（事業）", ("(事業)",)),
        ("開いたままの事業（子事業", ("開いたままの事業(子事業",)),
    ],
)
def test_parts(name: str, expected: tuple[str, ...]) -> None:
    assert parts(name) == expected


def test_generic_words_and_particles_distinguish_nothing() -> None:
    assert WORDS.tokens("情報システムの運用を推進する事業") == frozenset()
    assert WORDS.is_generic("管理運営事業")


def test_kanji_compounds_are_pairs_and_other_words_stand_whole() -> None:
    assert WORDS.tokens("電子入札のセキュリティクラウドwi-fi") == {
        "電子",
        "子入",
        "入札",
        "セキュリティクラウド",
        "wifi",
    }


def test_rival_words_exclude_each_other_unless_one_is_common() -> None:
    assert WORDS.rival("電子入札事業", "電子決裁事業") == ("入札", "決裁")
    assert WORDS.rival("医療施設用ロボット", "介護支援・医療施設用ロボット") is None
    assert WORDS.rival("電子入札事業", "統合型校務支援事業") is None


@pytest.mark.parametrize(
    ("generic", "problem"),
    [
        (None, "the file is missing"),
        ("word\n事業\n", "the columns are word. write exactly word, reason"),
        ("word,reason\n事業,\n", "the reason is missing"),
    ],
)
def test_a_malformed_list_of_words_is_refused(tmp_path: Path, generic: str | None, problem: str) -> None:
    if generic is not None:
        (tmp_path / "generic-words.csv").write_text(generic, encoding="utf-8")
    with pytest.raises(DeclarationError, match=problem):
        read_vocabulary(tmp_path)


def test_a_collection_may_declare_no_words(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path / "matching").is_generic("事業") is False


@pytest.mark.parametrize(("words", "links"), [("word,reason\n", 1), ("word,reason\n点字図書配信,why\n", 0)])
def test_the_matcher_weighs_the_words_of_the_collection(tmp_path: Path, words: str, links: int) -> None:
    (tmp_path / "matching").mkdir()
    (tmp_path / "matching" / "generic-words.csv").write_text(words, encoding="utf-8")
    (tmp_path / "matching" / "rival-words.csv").write_text("group,word,reason\n", encoding="utf-8")
    tables = Tables()
    for year, name in (("2020", "点字図書配信"), ("2022", "点字図書配信の点字図書")):
        made = entry(f"{year}.1", name)
        placed = replace(made, document=year, authority="070009", fiscal_year=year, passage="p")
        tables.add(replace(placed, project=year, start_line="1"))
    add_project_lineage(tmp_path, Quotes({}), tables)
    assert len(tables.of(LinkRow)) == links
