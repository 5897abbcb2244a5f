"""One line of a merged table: every shift and doublet that a dump shows, and every line that is no row."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from graph_builder.documents import Line
from graph_builder.readers.merged.layout import proposed_layout
from graph_builder.readers.merged.rows import Misfit, Row, read_row

CASES = tomllib.loads((Path(__file__).parent / "merged_table" / "lines.toml").read_text("utf-8"))
LAYOUT = proposed_layout(
    {
        "fields": ["1 窓口", "2 産業", "第3-1 基盤"],
        "item_codes": [r"\d+\(\d+\)"],
        "item_suffix": "[ア-ン]",
        "item_marks": ["計画"],
    },
    {
        "departments": ["総務部", "企画部", "会計課"],
        "bureaux": ["市民局"],
        "division_endings": ["課", "室"],
    },
)


def read_line(text: str) -> Row | Misfit:
    line = text.replace("→", "\t")
    return read_row(Line(7, line, line), LAYOUT)


@pytest.mark.parametrize("case", CASES["rows"], ids=lambda case: case["case"])
def test_a_row_is_read_cell_by_cell(case: dict[str, Any]) -> None:
    row = read_line(case["line"])
    assert isinstance(row, Row), row
    assert row.field == case.get("field")
    assert [f"{item.notation or ''}|{item.label or ''}" for item in row.items] == case["items"]
    units = [f"{unit.department}|{unit.bureau or ''}|{unit.division or ''}" for unit in row.responsible]
    assert units == case["responsible"]
    assert [cell.text if cell else "" for cell in row.texts] == case["texts"]
    assert row.is_entry == bool(case["texts"][0])


@pytest.mark.parametrize("case", CASES["misfits"], ids=lambda case: case["case"])
def test_a_line_that_is_no_row_says_why_and_in_which_column(case: dict[str, Any]) -> None:
    misfit = read_line(case["line"])
    assert isinstance(misfit, Misfit), misfit
    assert case["says"] in misfit.what
    assert misfit.column == case["column"]
    assert misfit.remedy


def test_there_are_29_rows_and_12_misfits() -> None:
    assert (len(CASES["rows"]), len(CASES["misfits"])) == (29, 12)


def test_a_cell_is_quoted_from_the_print_where_it_stands() -> None:
    printed = "1 窓ロ\t\t総務部 人事課\t 予約事業 \t概要。"
    row = read_row(Line(7, printed.replace("窓ロ", "窓口"), printed), LAYOUT)
    assert isinstance(row, Row)
    assert row.field == "1 窓口"
    assert row.field_cell is not None
    assert row.texts[0] is not None
    spans = [row.field_cell.span, row.responsible_cells[0].span, row.texts[0].span]
    assert [printed[span.start : span.end] for span in spans] == ["1 窓ロ", "総務部 人事課", "予約事業"]
