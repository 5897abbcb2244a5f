"""Names in parts, and what their words are worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.lineage.matching.names import parts
from graph_builder.lineage.matching.vocabulary import read_vocabulary, vocabulary


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
    assert vocabulary().tokens("情報システムの運用を推進する事業") == frozenset()
    assert vocabulary().is_generic("管理運営事業")


def test_kanji_compounds_are_pairs_and_other_words_stand_whole() -> None:
    assert vocabulary().tokens("電子入札のセキュリティクラウドwi-fi") == {
        "電子",
        "子入",
        "入札",
        "セキュリティクラウド",
        "wifi",
    }


def test_rival_words_exclude_each_other_unless_one_is_common() -> None:
    assert vocabulary().rival("電子入札事業", "電子決裁事業") == ("入札", "決裁")
    assert vocabulary().rival("医療施設用ロボット", "介護支援・医療施設用ロボット") is None
    assert vocabulary().rival("電子入札事業", "統合型校務支援事業") is None


@pytest.mark.parametrize(
    ("generic", "problem"),
    [
        (None, "the file is missing"),
        ("word\n事業\n", "the columns are not word, reason"),
        ("word,reason\n事業,\n", "the cell is empty"),
    ],
)
def test_a_malformed_list_of_words_is_refused(tmp_path: Path, generic: str | None, problem: str) -> None:
    if generic is not None:
        (tmp_path / "generic-words.csv").write_text(generic, encoding="utf-8")
    with pytest.raises(DeclarationError, match=problem):
        read_vocabulary(tmp_path)
