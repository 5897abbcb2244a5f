"""The rows of a page come in one answer, in order, and no more of them than the page shows."""

from __future__ import annotations

import pytest

from api.pages.entity.asking import first, in_order
from graph_builder.namespaces import XSD
from sparql.asking import Row, Term


def address(value: str) -> Term:
    return Term(value, is_address=True)


def number(value: str) -> Term:
    return Term(value, is_address=False, datatype=XSD.integer)


LINES = [address(f"passage/plan-2022.{line}-{line}") for line in ("100", "20", "3")]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("?place", ["3", "20", "100"]),
        ("DESC(?place)", ["100", "20", "3"]),
        ("?year ?place", ["20", "3", "100"]),
        ("DESC(?year) ?place", ["3", "100", "20"]),
        ("", ["100", "20", "3"]),
    ],
)
def test_lines_and_numbers_are_in_the_order_of_their_numbers(order: str, expected: list[str]) -> None:
    years = [number("10"), number("9"), number("10")]
    rows: list[Row] = [{"place": place, "year": year} for place, year in zip(LINES, years, strict=True)]
    found = [row["place"].value.rpartition("-")[2] for row in in_order(rows, order)]
    assert found == expected


def test_what_has_no_value_goes_first_and_equals_keep_their_order() -> None:
    rows: list[Row] = [{"a": number("1"), "b": LINES[0]}, {"b": LINES[1]}, {"a": number("1"), "b": LINES[2]}]
    assert [row["b"] for row in in_order(rows, "?a")] == [LINES[1], LINES[0], LINES[2]]


def test_the_first_things_keep_all_their_rows_and_the_others_are_counted() -> None:
    rows: list[Row] = [{"thing": LINES[0], "n": number(str(n))} for n in range(3)]
    rows += [{"thing": LINES[1]}, {"n": number("9")}, {"thing": LINES[2]}]
    kept, count = first(rows, "thing", 2)
    assert (len(kept), count) == (4, 3)
