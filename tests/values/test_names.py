"""Umbrella and child projects in a printed name."""

from __future__ import annotations

import pytest

from graph_builder.values.names import split_umbrella

CASES = [
    ("収納業務委託事業（コンビニ収納委託事業）", ("収納業務委託事業", "コンビニ収納委託事業")),
    ("道路台帳整備事業(道路台帳電子化業務)", ("道路台帳整備事業", "道路台帳電子化業務")),
    ("総合窓口事業（税番号制度関連事業)", ("総合窓口事業", "税番号制度関連事業")),
    ("変革（DX）推進事業（相談員派遣事業）", ("変革（DX）推進事業", "相談員派遣事業")),
    (
        "行政組織等管理事業(業務改革推進事業(RPA等導入事業))",
        ("行政組織等管理事業", "業務改革推進事業(RPA等導入事業)"),
    ),
    (
        "森林管理事業（森林情報(ＧＩＳ)活用推進事業）",
        ("森林管理事業", "森林情報(ＧＩＳ)活用推進事業"),
    ),
    ("子育て支援事業（見守り事業（仮称））", ("子育て支援事業", "見守り事業（仮称）")),
    ("緊急情報ネットワークシステム（Ｅｍ－Ｎｅｔ）", None),
    ("全国瞬時警報システム（Ｊ－ＡＬＥＲＴ）", None),
    ("安否情報収集・提供システム（安否情報システム）", None),
    ("変革（DX）推進事業", None),
    ("（仮称）防災アプリ導入事業", None),
    ("（防災アプリ導入事業）", None),
    ("防災アプリ導入事業）", None),
    ("防災（アプリ導入事業", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "parts"), CASES)
def test_a_trailing_bracket_is_a_child_where_it_names_a_project(
    name: str, parts: tuple[str, str] | None
) -> None:
    assert split_umbrella(name) == parts


def test_the_endings_of_project_names_are_data() -> None:
    name = "防災啓発事業（出前講座）"
    assert split_umbrella(name) is None
    assert split_umbrella(name, ("講座",)) == ("防災啓発事業", "出前講座")
    assert len(CASES) == 16
