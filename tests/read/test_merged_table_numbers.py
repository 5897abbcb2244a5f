"""Numbers of fields and items, their order, and the spaces that line breaks left."""

from __future__ import annotations

import re

import pytest

from graph_builder.readers.merged.items import Item, Numbering
from graph_builder.readers.merged.numbers import follows, leading_number, pattern_like
from graph_builder.readers.merged.wrap import unwrap

NUMBERED = [
    ("1 窓口の改革", "1", r"\d+(?=\s|$)"),
    ("第4-1 市町村支援", "第4-1", r"第\d+-\d+"),
    ("基本目標3 まち", "基本目標3", r"基本目標\d+(?=\s|$)"),
    ("3(2) ア", "3(2)ア", r"\d+\(\d+\)"),
    ("３（２）イ テクノ", "3(2)イ", r"\d+\(\d+\)"),
    ("3(2)アプリの活用", "3(2)", r"\d+\(\d+\)"),
    ("Ⅱ 暮らし", "Ⅱ", r"[Ⅰ-Ⅻⅰ-ⅻ]+(?=\s|$)"),
    ("①オンライン", "①", "[①-⑳]"),
    ("A-1 予約", "A-1", r"[A-Z]-\d+"),
]
UNNUMBERED = ["12市町村の連携", "5Gの整備", "3次元データ", "AIの活用", "ICT 推進", "1人1台端末", "ア 予約"]


@pytest.mark.parametrize(("text", "number", "pattern"), NUMBERED)
def test_a_number_is_found_and_generalised(text: str, number: str, pattern: str) -> None:
    found = leading_number(text)
    assert found is not None
    assert found.text == number
    assert pattern_like(found.base) == pattern
    assert re.match(pattern, f"{found.base} ")


@pytest.mark.parametrize("text", UNNUMBERED)
def test_digits_and_letters_of_a_word_are_no_number(text: str) -> None:
    assert leading_number(text) is None


@pytest.mark.parametrize(
    ("before", "after", "right"),
    [
        ("2(1)", "2(2)", True),
        ("4(3)ア", "4(3)イ", True),
        ("4(2)ウ", "4(3)ア", True),
        ("①", "②", True),
        ("Ⅰ-9", "Ⅰ-10", True),
        ("2(1)", "2(3)", False),
        ("2(1)", "2(1)", False),
        ("2(2)", "2(1)", False),
        ("2(1)", "9(9)", False),
        ("2(1)", "2(1)ア", False),
        ("計画", "2(1)", False),
    ],
)
def test_one_number_follows_another(before: str, after: str, right: bool) -> None:
    assert follows(before, after) == right


@pytest.mark.parametrize(
    ("cells", "items"),
    [
        (["1(1)", "予約"], [("1(1)", "予約")]),
        (["1(1) 予約", "予約"], [("1(1)", "予約")]),
        (["1(1)", "1(1) 予約"], [("1(1)", "予約")]),
        (["1(1) 1(2)", "予約 決済"], [("1(1)", "予約"), ("1(2)", "決済")]),
        (["1(1) AIの活用 議事録の作成"], [("1(1)", "AIの活用 議事録の作成")]),
        (["計画的な整備"], [(None, "計画的な整備")]),
        (
            ["1(1) 1(2) 予約の電子化と決済の導 入 端末の整備と回線の更新 と保守"],
            [("1(1)", "予約の電子化と決済の導 入"), ("1(2)", "端末の整備と回線の更新 と保守")],
        ),
        (["1(1) 予約", "迷子"], None),
    ],
)
def test_items_of_a_line(cells: list[str], items: list[tuple[str | None, str]] | None) -> None:
    numbering = Numbering((r"\d+\(\d+\)",), "[ア-ン]", ("計画",))
    expected = None if items is None else tuple(Item(code, label) for code, label in items)
    assert numbering.items(cells) == expected


def test_spaces_at_line_breaks_go_and_meant_ones_stay() -> None:
    wrapped = [
        "市町村におけるデジタル変革 の取組を財政の面から支援し て推進する。",
        "専門家を市町村へ派遣し、課 題に助言する。 また、研修会を開催し、成 果を広める。",
    ]
    assert unwrap(wrapped) == [
        "市町村におけるデジタル変革の取組を財政の面から支援して推進する。",
        "専門家を市町村へ派遣し、課題に助言する。 また、研修会を開催し、成果を広める。",
    ]


def test_a_column_that_is_not_wrapped_keeps_its_spaces() -> None:
    texts = [
        "仕様を策定する。 また、接続を行う。",
        "動画を作製する。",
        "テクノアカデミー会津 観光学科において実施する。",
    ]
    assert unwrap(texts) == texts
