"""Years, dates and ranges, as printed in the sources and as any office could print them."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.errors import DeclarationError
from graph_builder.values.eras import japanese_eras, read_eras
from graph_builder.values.years import (
    Precision,
    YearExpression,
    find_years,
    fiscal_year_of,
    label_en,
    label_ja,
    parse_year,
)
from tests.values.value_cases import cases, source_line

YEARS = st.integers(min_value=1990, max_value=2060)
FORMS = [
    "{era}{n}年度", "{letter}{n}年度", "{era} {n} 年度", "{era}{n}（{year}）年度", "{era}{n}({year})年度",
    "{era}{n}年度（{year}年度）", "{year}年度", "FY{year}", "{year}（{era}{n}）年度",
]  # fmt: skip
TEXT = st.text(
    st.characters() | st.sampled_from("令和平成昭RHS元年度月日0123456789０１２①（）().～~/から 　")
)


def said(found: YearExpression) -> tuple[str, ...]:
    moment = found.first
    return (
        moment.iso,
        moment.precision.value,
        found.last.iso if found.last else "",
        str(moment.fiscal_year or ""),
        "yes" if found.outside_era else "",
        "yes" if found.disagrees else "",
    )


def wanted(case: dict[str, str]) -> tuple[str, ...]:
    return tuple(case[c] for c in ("first", "precision", "last", "fiscal_year", "outside_era", "disagrees"))


@pytest.mark.parametrize("case", cases("years-in-sources.csv", 90), ids=lambda case: case["printed"])
def test_a_year_of_the_sources_is_read(case: dict[str, str]) -> None:
    line = source_line(case["document"], case["line"])
    found = [year for year in find_years(line) if year.text == case["printed"]]
    assert found
    assert said(found[0]) == wanted(case)


@pytest.mark.parametrize("case", cases("years-made.csv", 41), ids=lambda case: case["text"])
def test_a_year_that_an_office_could_print_is_read(case: dict[str, str]) -> None:
    found = parse_year(case["text"])
    assert (said(found) if found else ("",) * 6) == wanted(case)


@given(YEARS, st.sampled_from(FORMS), st.booleans())
def test_a_fiscal_year_comes_back_from_every_form_it_is_printed_in(year: int, form: str, wide: bool) -> None:
    era = next(era for era in reversed(japanese_eras()) if era.first_year <= year)
    number = year - era.first_year + 1
    text = form.format(era=era.kanji, letter=era.letter, n="元" if number == 1 else number, year=year)
    if wide:
        text = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)
    found = parse_year(f"は{text}に")
    assert found is not None
    assert (found.text, found.first.fiscal_year, found.last) == (text, year, None)
    assert found.first.precision is Precision.FISCAL_YEAR
    assert not found.disagrees


@given(YEARS, st.integers(0, 20), st.sampled_from(["～", "〜", "~", "から"]))
def test_a_range_of_fiscal_years_comes_back(year: int, length: int, link: str) -> None:
    found = parse_year(f"{label_ja(year)}{link}{label_ja(year + length)}まで")
    assert found is not None
    assert [moment.fiscal_year for moment in found.moments] == [year, year + length]


@given(st.dates(min_value=japanese_eras()[2].first_day))
def test_a_day_comes_back_as_precise_as_printed(day: object) -> None:
    era = next(era for era in reversed(japanese_eras()) if era.first_day.isoformat() <= str(day))
    year, month, number = (int(part) for part in str(day).split("-"))
    count = year - era.first_year + 1
    if count < 100:
        found = parse_year(f"{era.kanji}{count}年{month}月{number}日")
        assert found is not None
        assert (found.first.iso, found.outside_era) == (str(day), False)
        assert found.first.fiscal_year == fiscal_year_of(year, month)


@given(TEXT)
def test_no_text_makes_the_year_parser_fail_and_every_span_quotes_itself(text: str) -> None:
    found = find_years(text)
    assert all(text[year.start : year.end] == year.text for year in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(st.sampled_from("令和平成RH元年度月日0123456789０１２９（）()．.～から ")))
def test_years_do_not_depend_on_the_width_of_their_characters(text: str) -> None:
    narrow = unicodedata.normalize("NFKC", text)
    assert [said(year) for year in find_years(text)] == [said(year) for year in find_years(narrow)]


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    assert [fiscal_year_of(2022, month) for month in (1, 3, 4, 12)] == [2021, 2021, 2022, 2022]


def test_a_calendar_year_lies_in_no_one_fiscal_year() -> None:
    found = parse_year("令和元年中")
    assert found is not None
    assert found.first.fiscal_year is None


def test_labels_are_those_of_the_era_in_which_the_calendar_year_ends() -> None:
    assert [label_ja(year) for year in (1988, 1989, 2018, 2019, 2022)] == [
        "昭和63年度", "平成元年度", "平成30年度", "令和元年度", "令和4年度",
    ]  # fmt: skip
    assert label_ja(1800) == "1800年度"
    assert label_en(2022) == "FY2022"


def test_a_contradiction_of_era_and_common_year_is_kept_as_printed() -> None:
    found = parse_year("令和３（２０２２）年度")
    assert found is not None
    assert found.disagrees
    assert (found.first.year, found.first.printed_year, found.first.era_year) == (2021, 2022, 3)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("kanji,name\n", "columns"), ("name,kanji,letter,first_year,first_day,last_day\na,b,c,d,e,f\n", "era")],
)
def test_a_malformed_table_of_eras_is_an_error_that_names_its_place(
    tmp_path: Path, content: str, complaint: str
) -> None:
    table = tmp_path / "eras.csv"
    table.write_text(content, "utf-8")
    with pytest.raises(DeclarationError, match=complaint):
        read_eras(table)


def test_a_missing_table_of_eras_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="missing"):
        read_eras(tmp_path / "eras.csv")
