"""Numbers in every printed form."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kanjize import number2kanji

from graph_builder.values.numbers import find_numbers, kanji_integer, parse_number
from tests.values.value_cases import cases

TEXT = st.text(st.characters() | st.sampled_from("0123456789０１２,，.．万億千百十一二〇▲%①件 　"))
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@pytest.mark.parametrize("case", cases("numbers-made.csv", 34), ids=lambda case: case["text"])
def test_a_number_is_read(case: dict[str, str]) -> None:
    value = parse_number(case["text"])
    assert value == (Decimal(case["value"]) if case["value"] else None)


@given(st.integers(0, 10**15), st.booleans(), st.booleans())
def test_an_integer_comes_back_with_and_without_commas_in_either_width(
    number: int, commas: bool, wide: bool
) -> None:
    text = f"{number:,}" if commas else str(number)
    assert parse_number(text.translate(WIDE) if wide else text) == number


@given(st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_an_integer_comes_back_from_its_hundred_millions_and_ten_thousands(
    large: int, middle: int, small: int
) -> None:
    text = f"{large:,}億" + (f"{middle:,}万" if middle else "") + (f"{small:,}" if small else "")
    assert parse_number(text) == large * 10**8 + middle * 10**4 + small


@given(st.decimals(0, 10**6, places=2, allow_nan=False))
def test_a_decimal_keeps_its_places(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == number


@given(st.integers(11, 10**12).filter(lambda number: len(number2kanji(number)) > 1))
def test_a_kanji_numeral_comes_back(number: int) -> None:
    assert kanji_integer(number2kanji(number)) == number
    assert parse_number(number2kanji(number)) == number


@given(TEXT)
def test_no_text_makes_the_number_parser_fail_and_every_span_quotes_itself(text: str) -> None:
    found = find_numbers(text)
    assert all(text[number.start : number.end] == number.text for number in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(st.sampled_from("0123456789０１２９,，.．万億千％%件人 ")))
def test_numbers_do_not_depend_on_the_width_of_their_characters(text: str) -> None:
    narrow = unicodedata.normalize("NFKC", text)
    assert [number.value for number in find_numbers(text)] == [n.value for n in find_numbers(narrow)]


def test_numbers_of_a_sentence_are_found_where_they_stand() -> None:
    text = "共同導入した１１万件のうち、3,000件。"
    assert [(number.text, number.value) for number in find_numbers(text)] == [
        ("１１万", Decimal(110000)),
        ("3,000", Decimal(3000)),
    ]
