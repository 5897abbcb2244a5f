"""Japanese text: normal forms, widths, wrapped lines, and the folding that remembers its places."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.values.folding import fold
from graph_builder.values.text import compared, em_width, join_lines, normal


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0.0),
        ("福島県", 3.0),
        ("DX推進", 3.0),
        ("ＤＸ", 2.0),
        ("ｱﾌﾟﾘ", 2.0),
        ("１件", 2.0),
        ("e\u0301", 0.5),
    ],
)
def test_a_full_width_character_is_one_em_and_a_half_width_one_half(text: str, width: float) -> None:
    assert em_width(text) == width


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["インターネット広", "報広聴事業"], "インターネット広報広聴事業"),
        (["サイト「Fukushima", "Travel」の"], "サイト「Fukushima Travel」の"),
        (["ふくしまICT", "データ"], "ふくしまICTデータ"),
        (["6７,", "000件"], "6７,000件"),
        (["ＲＰ", "Ａの活用"], "ＲＰＡの活用"),
        (["AI", "2020"], "AI 2020"),
        (["20", "20年"], "2020年"),
        (["　職員を", "", "　対象に "], "職員を対象に"),
        ([], ""),
    ],
)
def test_wrapped_lines_join_without_a_space_except_between_latin_words(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_what_is_compared_ignores_width_and_white_space() -> None:
    assert compared("デジタル変革（ＤＸ）\n　推進 事業") == compared("デジタル変革(DX)推進事業")
    assert normal("ＩＣＴ　ｱﾌﾟﾘ") == "ICT アプリ"


@given(st.text())
def test_what_is_compared_has_no_white_space_and_compares_with_itself(text: str) -> None:
    once = compared(text)
    assert not any(character.isspace() for character in once)
    assert compared(unicodedata.normalize("NFKC", text)) == once


@given(st.text())
def test_every_folded_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


def test_folding_keeps_list_marks_and_drops_the_spaces_strewn_between_japanese_characters() -> None:
    assert fold("①４２団 体（累計）　１０ 件").text == "①42団体(累計)\u300010 件"
    assert fold("ﾀﾞｳﾝﾛｰﾄﾞ").text == "ダウンロード"
