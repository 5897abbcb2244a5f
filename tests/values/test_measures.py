"""The measures of target texts: what is measured, how much, as what, and for which year."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.values.measures import MeasureContext, MeasureRecord, find_measures
from graph_builder.values.text import compared
from tests.values.value_cases import cases

TEXT = st.text(
    st.characters() | st.sampled_from("0123456789０件人％数率について、。年度令和R実績現在目標（）()①・　 \n")
)
SIGNS = {"=": "equal", ">=": "at-least", "<=": "at-most", "~": "about", "+": "increase-by"}


@pytest.mark.parametrize("case", cases("measures.csv", 42), ids=lambda case: case["text"][:30])
def test_a_measure_is_read_with_its_meaning(case: dict[str, str]) -> None:
    context = MeasureContext(int(case["list_year"]) if case["list_year"] else None, case["summary"])
    found = find_measures(case["text"].replace("\\n", "\n"), context)
    assert [" ".join(_said(measure)) for measure in found] == case["measures"].split(" / ")


@pytest.mark.parametrize("case", cases("indicators.csv", 19), ids=lambda case: case["text"][:30])
def test_what_is_measured_is_composed_from_the_words_around_the_figure(case: dict[str, str]) -> None:
    found = find_measures(case["text"].replace("\\n", "\n"))
    assert [measure.indicator_text for measure in found] == case["indicators"].split(" / ")


@pytest.mark.parametrize("case", cases("not-measures.csv", 35), ids=lambda case: case["text"])
def test_what_is_no_quantity_is_no_measure_either(case: dict[str, str]) -> None:
    assert find_measures(case["text"]) == (), case["why"]


@given(TEXT)
def test_no_text_makes_the_finder_fail_and_every_quote_stands_in_the_text(text: str) -> None:
    for measure in find_measures(text, MeasureContext(2022, text)):
        assert text[measure.start : measure.end] == measure.quote
        assert measure.quote


def test_the_year_of_the_list_holds_where_the_text_states_none() -> None:
    text = "利用件数について、24,595件を目標とする。"
    assert [measure.fiscal_year for measure in find_measures(text, MeasureContext(2022))] == [2022]
    assert [measure.fiscal_year for measure in find_measures(text)] == [None]


def test_a_figure_of_one_year_is_no_rate_per_year() -> None:
    text = "講義時間数について、年間500時間を目標とする。"
    assert [measure.unit_text for measure in find_measures(text, MeasureContext(2022))] == ["時間"]
    assert [measure.unit_text for measure in find_measures(text)] == ["時間/年"]


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("sample", "column", "list_year"),
    [("action-plan-2020.sample.json", "target", None), ("fy2022-projects.sample.json", "kpi", 2022)],
)
def test_the_sample_is_met(shared: Path, sample: str, column: str, list_year: int | None) -> None:
    rows: list[dict[str, Any]] = json.loads((shared / "gold" / sample).read_text("utf-8"))
    wanted: list[tuple[object, ...]] = []
    found: list[tuple[object, ...]] = []
    for at, row in enumerate(rows):
        context = MeasureContext(list_year, row.get("summary") or "")
        wanted += [(at, *_truth(measure)) for measure in row.get("measures", [])]
        found += [(at, *_reading(measure)) for measure in find_measures(row[column] or "", context)]
    hits = _matches(wanted, found)
    assert wanted
    assert hits / len(wanted) >= 0.95
    assert hits / len(found) >= 0.95


def _said(measure: MeasureRecord) -> list[str]:
    year = str(measure.fiscal_year or "-")
    value = f"{measure.value.normalize():f}"
    return [value, measure.unit_text or "-", measure.comparator, measure.measure_kind, year]


def _truth(measure: dict[str, Any]) -> tuple[object, ...]:
    year = int(measure["fiscal_year"]) if measure["fiscal_year"] else None
    unit = compared(measure["unit"] or "")
    return (Decimal(str(measure["value"])), unit, SIGNS[measure["comparator"]], measure["kind"], year)


def _reading(measure: MeasureRecord) -> tuple[object, ...]:
    return (
        measure.value, measure.unit_text, measure.comparator, measure.measure_kind, measure.fiscal_year,
    )  # fmt: skip


def _matches(wanted: list[tuple[object, ...]], found: list[tuple[object, ...]]) -> int:
    """How many of the wanted measures are among the found ones, each found one counted once."""
    rest = list(found)
    hits = 0
    for measure in wanted:
        if measure in rest:
            rest.remove(measure)
            hits += 1
    return hits
