"""What is declared wrongly, or printed otherwise than declared, stops the reading with place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph_builder.documents import Document
from graph_builder.errors import DeclarationError, Problem
from graph_builder.readers.wrapped.rows import read
from tests.read.wrapped_rows_documents import plan, read_whole, with_lines, with_options


def printed(number: int, text: str) -> Document:
    """The plan with one line printed otherwise."""
    lines = [line.printed for line in plan().lines]
    lines[number - 1] = text
    return with_lines(plan(), lines)


def at(document: Document, line: int) -> list[Problem]:
    return [problem for problem in read_whole(document).problems if problem.place.line == line]


def test_an_unknown_department_is_named_at_its_line() -> None:
    problems = at(printed(63, "広報部"), 63)
    assert any("unknown department 「広報部」" in problem.what for problem in problems)
    assert any("lookups.toml" in problem.remedy for problem in problems)


def test_an_unknown_division_is_named_at_its_line() -> None:
    problems = at(printed(64, "宣伝課"), 64)
    assert any("unknown division 「宣伝課」 of 総務部" in problem.what for problem in problems)


def test_a_department_missing_in_lookups_is_named_at_its_line() -> None:
    lookups = dict(plan().lookups)
    lookups["departments"] = [unit for unit in lookups["departments"] if unit["name"] != "警察本部"]
    (problem,) = at(replace(plan(), lookups=lookups), 753)
    assert "警察本部" in problem.what


def test_a_row_number_that_is_skipped_is_a_problem() -> None:
    assert at(printed(355, "9"), 355)


def test_a_row_that_is_lost_is_missed_in_its_section() -> None:
    lines = [line.printed for line in plan().lines]
    problems = read_whole(with_lines(plan(), lines[:2080])).problems
    assert any("section 5 has 36 rows, 37 are declared" in problem.what for problem in problems)


def test_a_heading_printed_otherwise_is_left_over_and_missed() -> None:
    problems = read_whole(printed(804, "3　産業の振興")).problems
    assert any(problem.place.line == 804 and "belongs to no row" in problem.what for problem in problems)
    assert any("「3　産業振興・地域活性化」 is printed nowhere" in problem.what for problem in problems)


def test_a_name_with_an_unknown_ending_is_a_problem_at_its_last_line() -> None:
    (problem,) = at(printed(898 + 2, "企業立地支援計画"), 900)
    assert "unknown ending" in problem.what


WRONG: list[tuple[str, Callable[[Document], Document]]] = [
    ("colour", lambda document: with_options(document, colour="red")),
    ("sections", lambda document: with_options(document, sections=[{"number": 1}])),
    ("rowz", lambda document: with_options(document, sections=[{"rowz": 1}])),
    ("begin", lambda document: with_options(document, prose=[{"begin": "x"}])),
    ("widths", lambda document: with_options(document, widths={"name": 8})),
    ("offices", lambda document: replace(document, lookups={**document.lookups, "offices": []})),
    ("departments", lambda document: replace(document, lookups={})),
]


@pytest.mark.parametrize(("key", "spoil"), WRONG, ids=[key for key, _spoil in WRONG])
def test_a_malformed_declaration_is_an_error_that_names_its_file(
    key: str, spoil: Callable[[Document], Document]
) -> None:
    document = spoil(plan())
    with pytest.raises(DeclarationError) as caught:
        read(document, document.layouts[0])
    (problem,) = caught.value.problems
    assert problem.place.file.endswith(".toml"), key
