"""The small tables inside prose: what is declared is found, what does not fit is a problem with its line."""

from __future__ import annotations

from typing import Any

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.readers.prose import history_table, indicator_table, outcome_table, statistics_blocks
from graph_builder.readers.prose.history_table import split_items
from graph_builder.readers.reading import Reading
from tests.read.prose_dumps import made

ITEMS = {
    "電子自治体の構築 通信環境の整備": ("電子自治体の構築", "通信環境の整備"),
    "学校の ICT 化 地域の整備": ("学校のICT化", "地域の整備"),
    "整備促進 IT を活用した暮らし": ("整備促進", "ITを活用した暮らし"),
    "教育現場への ICT の導入": ("教育現場へのICTの導入",),
    "電子県庁の推進 ・ 県民の便利 ・ ICT を活用した改革": (
        "電子県庁の推進",
        "県民の便利",
        "ICTを活用した改革",
    ),
    "": (),
}
OUTLINE: dict[str, Any] = {
    "reader": "outline",
    "spacing": "single",
    "headings": [
        {"level": 1, "pattern": "^(?P<notation>[1-9]) (?P<label>.+)$"},
        {"level": 2, "pattern": r"^(?P<notation>\((?P<number>[1-9])\)) (?P<label>.+)$"},
    ],
    "directions": [{"scheme": "plan", "under": "成果"}],
}
OUTCOMES: dict[str, Any] = {
    "reader": "outcome-table", "from": "^復興\t", "to": "^産業\t", "rows": 2, "entries": 3, "scheme": "plan",
    "plans": ["plan"], "start_year": 2015, "end_year": 2018, "bullet": "○",
    "ignored": [{"kind": "and others", "text": "ほか", "count": 1}],
}  # fmt: skip
STATISTICS: dict[str, Any] = {
    "reader": "statistics-blocks", "from": "^令和", "to": "^割合 ",
    "rows": [
        {"value": "fiscal_year", "pattern": "^(?P<values>令和.+)$"},
        {"value": "item_count", "pattern": "^項目 (?P<values>.+)$"},
        {"value": "achieved_count", "pattern": "^達成 (?P<values>.+)$"},
        {"value": "achieved_rate", "pattern": "^割合 (?P<values>.+)$"},
    ],
}  # fmt: skip
HISTORY: dict[str, Any] = {
    "reader": "history-table", "from": "^計画\t", "to": "^第 2 期", "rows": 2,
    "columns": ["計画", "テーマ", "取組", "成果"],
    "generation": "^第 (?P<generation>[0-9]+) 期 (?P<period>.+)$",
}  # fmt: skip
INDICATOR: dict[str, Any] = {
    "reader": "indicator-table", "from": "^指標$", "to": r"^\S+％ \S+％$", "name": "指標", "baseline": "現況",
    "target": "目標", "name_width": [4.5, 5.5],
}  # fmt: skip


def _outcomes(text: str, **changes: object) -> Reading:
    headings = "1 成果\n\n(1) 復興\n\n(2) 産業\n\n"
    document = made(headings + text, OUTLINE, {**OUTCOMES, **changes})
    return outcome_table.read(document, document.layouts[1])


def _statistics(text: str) -> Reading:
    document = made(text, OUTLINE, STATISTICS)
    return statistics_blocks.read(document, document.layouts[1])


def _history(text: str) -> Reading:
    document = made(text, HISTORY)
    return history_table.read(document, document.layouts[0])


def _indicator(text: str) -> Reading:
    document = made(text, {**OUTLINE, "spacing": "double", "full": [9, 11]}, INDICATOR)
    return indicator_table.read(document, document.layouts[1])


def _what(reading: Reading) -> list[tuple[int | None, str]]:
    return [(problem.place.line, problem.what) for problem in reading.problems]


@pytest.mark.parametrize("cell", ITEMS)
def test_the_items_of_a_cell_are_told_apart(cell: str) -> None:
    assert split_items(cell) == ITEMS[cell]


def test_a_history_needs_its_header_and_its_rows() -> None:
    rows = "第 1 期 H13～ H15 年度\t甲\t乙\t丙\n第 2 期 H16～ H18 年度\t甲\t乙\t丙"
    assert _history(f"計画\tテーマ\t取組\t成果\n{rows}").problems == []
    assert _what(_history(f"計画\tテーマ\t施策\t成果\n{rows}"))[0][0] == 1
    missing = _history("計画\tテーマ\t取組\t成果\n第 2 期 H16～ H18 年度\t甲\t乙\t丙")
    assert _what(missing) == [(1, "the table has 1 generations, 2 are declared")]


def test_a_generation_without_a_period_or_a_cell_is_a_problem() -> None:
    broken = "第 1 期 いつか\t甲\t乙\t丙\n第 1 期 H13～ H15 年度\t甲\t乙"
    text = f"計画\tテーマ\t取組\t成果\n{broken}\n第 2 期 H16～ H18 年度\t甲\t乙\t丙"
    assert [line for line, _ in _what(_history(text))] == [2, 3, 1]


def test_a_table_without_its_last_row_is_a_problem() -> None:
    reading = _history("計画\tテーマ\t取組\t成果\n第 1 期 H13～ H15 年度\t甲\t乙\t丙")
    assert _what(reading)[0] == (1, "the history-table that begins here has no last row")


def test_entries_take_the_pillar_of_their_row() -> None:
    reading = _outcomes("復興\t○ICT まちづくり事業 ○見守り事業 ほか\n産業\t○立地補助金")
    assert reading.problems == []
    found = [(entry.name, entry.directions[0].notation, entry.start_year) for entry in reading.entries]
    assert found == [("ICTまちづくり事業", "1", 2015), ("見守り事業", "1", 2015), ("立地補助金", "2", 2015)]
    assert [(entry.span.start, entry.span.end) for entry in reading.entries] == [(4, 15), (17, 22), (4, 9)]


def test_what_is_neither_a_project_nor_ignored_by_name_is_a_problem() -> None:
    reading = _outcomes("復興\t<ul> ○まちづくり ○見守り ほか\n教育\t○研修\n産業\t○立地補助金")
    assert _what(reading) == [
        (7, "「<ul>」 stands before the first ○"),
        (8, "「教育\t○研修」 is no row of the table: it begins with no pillar and tab"),
    ]


def test_counts_other_than_the_declared_ones_are_problems() -> None:
    reading = _outcomes("復興\t○まちづくり\n産業\t○立地補助金", count=2)
    assert [what for _, what in _what(reading)] == [
        "1 tables of layout outcome-table are there, 2 are declared",
        "the table has 2 entries, 3 are declared",
        "the table has 0 「ほか」, 1 are declared",
    ]


def test_an_observation_belongs_to_the_heading_above() -> None:
    reading = _statistics(
        "1 成果\n\n(1) 復興\n\n令和元年度 令和２年度\n項目 12 10\n達成 9 8\n割合 75.0％ 80％\n"
    )
    assert reading.problems == []
    first, second = reading.observations
    assert (first.fiscal_year, first.item_count, first.achieved_count, first.achieved_rate) == (
        2019,
        12,
        9,
        "75.0",
    )
    assert first.direction is not None
    assert first.direction.label == "復興"
    assert (second.fiscal_year, second.achieved_rate) == (2020, "80")
    assert (second.cells["item_count"].first, second.cells["item_count"].start) == (6, 6)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("令和元年度 令和２年度\n項目 12\n達成 9 8\n割合 75％ 80％", 2),
        ("令和元年度 令和２年度\n項目 12 十\n達成 9 8\n割合 75％ 80％", 2),
        ("令和元年度 令和２年度\n項目 12 10\n達成 9 8\n割合 75％ 80", 4),
        ("令和元年度 令和々年度\n項目 12 10\n達成 9 8\n割合 75％ 80％", 1),
        ("令和元年度 令和２年度\n達成 9 8\n項目 12 10\n割合 75％ 80％", 2),
    ],
)
def test_a_figure_that_is_missing_or_unreadable_is_a_problem(text: str, line: int) -> None:
    reading = _statistics(text)
    assert line in [at for at, _ in _what(reading)]
    assert reading.observations == []


def test_rows_that_do_not_name_all_values_are_an_error() -> None:
    document = made("", OUTLINE, {**STATISTICS, "rows": STATISTICS["rows"][:3]})
    with pytest.raises(DeclarationError, match="achieved_rate"):
        statistics_blocks.read(document, document.layouts[1])


HEADINGS = "指標 \n\n現況 \n\n（令和３年\n\n度） \n\n目標 \n\n（令和７年度） \n\n"
FIGURES = "４８.２％ ８０.０％ \n"


def test_an_indicator_is_read_cell_by_cell() -> None:
    reading = _indicator(f"{HEADINGS}オンライン\n\n率 \n{FIGURES}")
    assert reading.problems == []
    (indicator,) = reading.indicators
    assert (indicator.label, indicator.baseline_year, indicator.target_year) == ("オンライン率", 2021, 2025)
    assert (indicator.baseline_text, indicator.target_text) == ("４８.２％", "８０.０％")


def test_a_line_that_does_not_fill_the_column_of_names_is_a_problem() -> None:
    reading = _indicator(f"{HEADINGS}オンライ\n\n率 \n{FIGURES}")
    assert _what(reading) == [(13, "「オンライ」 does not belong to the table of the indicator")]


def test_an_indicator_without_a_year_is_a_problem() -> None:
    reading = _indicator("指標 \n\n現況 \n\n目標 \n\n（令和７年度） \n\n率 \n４８.２％ ８０.０％ \n")
    assert reading.indicators == []
    assert "the table lacks a year, its name or one of its two values" in [what for _, what in _what(reading)]
