"""The real documents, searched for the instruments and plans of a table of their own."""

from __future__ import annotations

import csv

import pytest

from graph_builder.documents import read_document
from graph_builder.extraction import extract
from graph_builder.folders import Folders
from graph_builder.mentions.names import read_names
from graph_builder.tables.mentions import Mentioned, find_mentions
from tests.mentions.mention_cases import HERE, WORDS, said

with (HERE / "real.csv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))

# What the documents name and that table does not know.
OPEN = {
    "digital-plan-2022": [
        "519 ＡＬＰＳ処理水の処分に関する基本方針 ?",
        "653 AI ネットワーク社会推進会議 AI 利活用ガイドライン ?",
        "701 情報通信白書 ?",
        "956 ＡＬＰＳ処理水の処分に関する基本方針 ?",
        "1136-1138 地方公共団体における情報セキュリティポリシーに関するガイドライン ?",
        "1249 オープンデータ基本指針 ?",
        "1439 平成 24年版 情報通信白書 ?",
    ],
    "dx-projects-2022": [],
    "ict-data-action-plan-2020": [],
    "ict-data-plan-2019-chapter2": [
        "114 平成27年版 情報通信白書 ?",
        "116 平成28年版 情報通信白書 ?",
        "120 平成30年版 情報通信白書 ?",
        "138 平成30年版 情報通信白書 ?",
        "142 平成24年版 情報通信白書 ?",
        "162 平成30年版 情報通信白書 ?",
    ],
    "ict-data-plan-2019-review": [],
}


@pytest.fixture(scope="module")
def found() -> dict[str, list[Mentioned]]:
    names = read_names(HERE / "real-names.csv")
    documents = [read_document(folder.parent) for folder in Folders().mappings.glob("*/document.toml")]
    return {
        document.key: list(find_mentions(document, extract(document), names, WORDS)) for document in documents
    }


def test_there_are_as_many_cases_as_we_think() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['document']} {case['lines']} {case['name']}")
def test_a_document_names(case: dict[str, str], found: dict[str, list[Mentioned]]) -> None:
    expected = f"{case['lines']} {case['name']} = {case['thing']}"
    contexts = [each.context for each in found[case["document"]] if said(each) == expected]
    assert f"id/070009/{case['context']}" in contexts, case["why"]


def test_no_longer_name_is_taken_for_its_part(found: dict[str, list[Mentioned]]) -> None:
    short = [
        said(each)
        for mentions in found.values()
        for each in mentions
        if each.name == "官民データ活用推進基本計画"
    ]
    assert short == ["230 官民データ活用推進基本計画 = id/jp/strategy/it-declaration"]


def test_what_no_table_knows_is_open_and_nothing_else(found: dict[str, list[Mentioned]]) -> None:
    still_open = {
        key: [said(each) for each in mentions if len(each.things) != 1] for key, mentions in found.items()
    }
    assert still_open == OPEN


def test_so_many_mentions_are_found(found: dict[str, list[Mentioned]]) -> None:
    assert {key: len(mentions) for key, mentions in found.items()} == {
        "digital-plan-2022": 79,
        "dx-projects-2022": 3,
        "ict-data-action-plan-2020": 3,
        "ict-data-plan-2019-chapter2": 37,
        "ict-data-plan-2019-review": 4,
    }
