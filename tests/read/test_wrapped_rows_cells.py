"""The cells of one row: each case is a file of lines with the name, summary and target they make."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from graph_builder.documents import Line
from graph_builder.readers.wrapped.cells import Columns, split
from graph_builder.readers.wrapped.geometry import first_piece, is_full, overflows
from graph_builder.readers.wrapped.pieces import pieces_of, starts_of, without_marks
from graph_builder.readers.wrapped.text import text_of
from graph_builder.values.text import join_lines

CASES = sorted((Path(__file__).parent / "wrapped_rows" / "cells").glob("*.toml"))
COLUMNS = Columns(name=16, summary=38, target_text=38)


def test_there_are_nine_cases() -> None:
    assert len(CASES) == 9


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_cells_of_a_row_are_told_apart(case: Path) -> None:
    expected = tomllib.loads(case.read_text("utf-8"))
    lines = expected["lines"].split("\n")
    cells = split(pieces_of(Line(at, text, text) for at, text in enumerate(lines, 1)), COLUMNS)
    columns = Columns(16, 38, 38, frozenset({"令和2年1月末現在", "目標数　年間　15,000件"}))
    found = {
        "name": join_lines([piece.text for piece in cells.name]),
        "summary": text_of(cells.summary, columns.begins_paragraph),
        "target_text": text_of(cells.target_text, columns.begins_paragraph),
    }
    assert found == {key: expected[key] for key in found}


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("ター", "ター"),
        ("課", "課"),
        ("Society5.0推進", "Society5.0"),
        ("（環境創造", "（環"),
        ("AI・IoT", "AI・"),
        ("ティを", "ティ"),
        ("", ""),
    ],
)
def test_the_first_piece_is_what_a_line_may_end_with(text: str, piece: str) -> None:
    assert first_piece(text) == piece


def test_a_line_is_full_where_the_next_piece_has_no_room() -> None:
    assert is_full("教育セン", "ター", 10)
    assert not is_full("教育セン", "課", 10)
    assert is_full("障がい福祉", "課", 10)


def test_a_full_stop_may_hang_over_the_edge_and_a_letter_may_not() -> None:
    assert not overflows("情報を発信する。", 14)
    assert overflows("情報を発信すること", 16)


@pytest.mark.parametrize(
    ("text", "number", "is_new", "rest"),
    [
        ("4 〇", 4, True, ""),
        (" 9", 9, False, ""),
        ("１２　○", 12, True, ""),
        ("5 中小企業制度資金", 5, False, "中小企業制度資金"),
        ("17 〇防災事業", 17, True, "防災事業"),
        ("3　産業振興", 3, False, "産業振興"),
    ],
)
def test_a_number_line_gives_number_mark_and_name(text: str, number: int, is_new: bool, rest: str) -> None:
    (start,) = starts_of(pieces_of([Line(1, text, text)]))
    assert (start.value, start.is_new, start.rest) == (number, is_new, rest)


@pytest.mark.parametrize(
    "text", ["1,200,000件", "140台（全市町村）", "5業務に導入した", "2020年度", "総務部"]
)
def test_a_figure_is_no_number_line(text: str) -> None:
    assert starts_of(pieces_of([Line(1, text, text)])) == []


@pytest.mark.parametrize(
    "lines", [["（再掲）", "防災事業"], ["(再掲)防災事業"], ["〇", "（再 掲） 防災事業"]]
)
def test_a_reprint_is_marked_and_its_mark_is_no_part_of_the_name(lines: list[str]) -> None:
    pieces, is_new, is_repeat = without_marks(
        pieces_of(Line(at, text, text) for at, text in enumerate(lines, 1))
    )
    assert [piece.text for piece in pieces] == ["防災事業"]
    assert is_repeat
    assert is_new == (lines[0] == "〇")
