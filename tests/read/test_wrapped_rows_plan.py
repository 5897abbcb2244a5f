"""The action plan 2020: 110 rows that a dump tore apart, and the first page it moved among them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph_builder.readers.reading import EntryRecord, Reading
from graph_builder.values.text import compared
from tests.read.wrapped_rows_documents import plan, read_whole


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_whole(plan())


def test_110_rows_in_five_sections_are_read_without_a_problem(reading: Reading) -> None:
    assert reading.problems == []
    assert Counter(entry.directions[0].notation for entry in reading.entries) == {
        "1": 10, "2": 30, "3": 23, "4": 10, "5": 37,
    }  # fmt: skip


def test_every_line_that_is_not_blank_is_accounted_for(reading: Reading) -> None:
    lines = {line.number for line in plan().lines if not line.is_blank}
    assert lines <= reading.covered.keys()
    assert len(lines) == 1601


def test_the_rows_follow_each_other_without_overlap(reading: Reading) -> None:
    for before, after in pairwise(reading.entries):
        assert before.span.last < after.span.first


def test_every_cell_lies_within_its_row_in_the_order_of_the_columns(reading: Reading) -> None:
    for entry in reading.entries:
        spans = [entry.cells[cell] for cell in ("number", "name", "summary", "target_text", "responsible")]
        assert spans[0].first == entry.span.first
        assert spans[-1].last == entry.span.last
        assert all(before.first <= after.first for before, after in pairwise(spans))


def test_a_name_beside_its_number_has_its_place_within_the_line(reading: Reading) -> None:
    beside = [entry for entry in reading.entries if entry.cells["name"].start is not None]
    assert [entry.name for entry in beside] == ["中小企業制度資金", "業務改革推進事業", "博物館IT化事業"]
    for entry in beside:
        span = entry.cells["name"]
        assert plan().lines[span.first - 1].printed[span.start : span.end] == entry.name


def test_an_office_in_brackets_belongs_to_its_division_and_two_divisions_are_two(reading: Reading) -> None:
    units = {entry.span.first: [unit.division for unit in entry.responsible] for entry in reading.entries}
    assert units[189] == ["環境共生課（環境創造センター）"]
    assert units[208] == ["農林企画課", "農業振興課"]
    assert units[1326] == ["財務課施設財産室"]
    assert units[820] == ["一般廃棄物課"]


def test_circles_and_reprints_are_marked(reading: Reading) -> None:
    assert sum(entry.is_new is True for entry in reading.entries) == 13
    assert [entry.name for entry in reading.entries if entry.is_repeat] == [
        "携帯電話通話エリア広域ネットワーク化事業",
        "県民の情報リテラシー向上支援",
    ]


def test_paragraphs_list_items_and_hard_breaks_stay_apart(reading: Reading) -> None:
    by_line = {entry.span.first: entry for entry in reading.entries}
    assert by_line[532].target_text == (
        "「ふくしま健民アプリ」のダウンロード数を増やす働きかけを強化する。\n令和2年1月31日現在\n"
        "アプリダウンロード者件数　34,812\n目標数　年間　15,000ダウンロード"
    )
    assert by_line[1018].target_text == (
        "多言語観光情報サイト「Fukushima Travel」のページビュー数\n500,000PV（累計）"
    )


def test_the_first_page_is_prose_with_its_lines(reading: Reading) -> None:
    spans = {(p.kind, p.spans[0].first, p.spans[0].last) for p in reading.paragraphs}
    assert {("title", 159, 160), ("paragraph", 162, 165), ("item", 170, 170), ("note", 188, 188)} <= spans
    assert [section.span.first for section in reading.sections] == [166, 168, 402, 804, 1224, 1438]
    assert len(reading.paragraphs) == 12


def test_each_direction_has_its_heading_and_its_note(reading: Reading) -> None:
    assert [direction.label for direction in reading.directions] == [
        "復興の推進", "安全・安心、健康なくらし", "産業振興・地域活性化", "教育・ICT人材育成", "電子自治体",
    ]  # fmt: skip
    assert {direction.scheme for direction in reading.directions} == {"ict-data-plan-2019"}
    assert reading.directions[4].note == "～官民データやICTを活用した行政サービスの提供～"


def test_an_umbrella_is_a_project_and_an_abbreviation_is_none(reading: Reading) -> None:
    umbrellas = {entry.name: entry.umbrella_name for entry in reading.entries}
    assert (
        umbrellas["情報通信基盤運営事業（県情報通信ネットワークシステム運用管理事業）"]
        == "情報通信基盤運営事業"
    )
    assert umbrellas["緊急情報ネットワークシステム（Ｅｍ－Ｎｅｔ）"] is None
    assert sum(umbrella is not None for umbrella in umbrellas.values()) == 15


@pytest.mark.needs_shared
def test_the_sample_of_ground_truth_is_read_exactly(reading: Reading, shared: Path) -> None:
    sample = json.loads((shared / "gold" / "action-plan-2020.sample.json").read_text("utf-8"))
    entries = {(entry.directions[0].notation, entry.number): entry for entry in reading.entries}
    assert len(sample) >= 30
    for expected in sample:
        entry = entries[str(expected["section"]), expected["number"]]
        assert seen(entry) == wanted(expected)


def seen(entry: EntryRecord) -> dict[str, object]:
    return {
        "texts": [compared(text or "") for text in (entry.name, entry.summary, entry.target_text)],
        "marks": (entry.is_new, entry.is_repeat),
        "units": [(unit.department, unit.division) for unit in entry.responsible],
        "section": entry.directions[0].label,
        "lines": [entry.span.first, entry.span.last],
    }


def wanted(expected: dict[str, Any]) -> dict[str, object]:
    return {
        "texts": [compared(expected[key]) for key in ("name", "summary", "target")],
        "marks": (expected["new"], expected["repost"]),
        "units": [(expected["department"], division) for division in expected["divisions"]],
        "section": expected["section_label"],
        "lines": expected["source_lines"],
    }
