"""The list of fiscal year 2022: all rows, all lines, nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph_builder.documents import Document, Layout, Line, read_document
from graph_builder.errors import DeclarationError
from graph_builder.readers.merged.table import propose, read
from graph_builder.readers.reading import DirectionRecord, EntryRecord, Reading, Span
from graph_builder.values.text import compared
from tests.read.merged_dumps import dump
from tests.read.test_merged_table_unseen import FOLDER, scaffold

NONSENSE = [
    "lorem ipsum",
    "qwerty\tuiop\tasdf",
    "でたらめな行です",
    "でたらめ\tうそ\tまぼろし\tから\tむなしい\tおわり",
    "x\ty\tz\tx\ty\tz\tx",
    "\t9(9)\tでたらめな項目\t\t\t\t",
    "9(9) でたらめな項目",
    "9(9)\t\t\t\t\t",
    "\t計画\tでたらめ\t\t\t\t",
    "\t\t怪奇部 怪奇課\tでたらめ事業\tでたらめ。\tでたらめ。",
]


def read_all(document: Document) -> Reading:
    whole = Reading()
    for layout in document.layouts:
        part = read(document, layout)
        whole.entries += part.entries
        whole.directions += part.directions
        whole.problems += part.problems
        whole.covered.update(part.covered)
    return whole


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(FOLDER)


@pytest.fixture(scope="module")
def reading(document: Document) -> Reading:
    return read_all(document)


def with_lines(document: Document, lines: Sequence[str]) -> Document:
    """The document with other lines; its layout ends with them."""
    layout = document.layouts[0]
    made = tuple(Line(number, text, text) for number, text in enumerate(lines, 1))
    return replace(document, layouts=(replace(layout, last=len(lines)),), lines=made, corrections=())


def unnamed(document: Document, at: int) -> list[str]:
    """Kinds of nonsense that no problem names when they are inserted before line `at`."""
    lines = [line.text for line in document.lines]
    broken = with_lines(document, [*lines[: at - 1], *NONSENSE, *lines[at - 1 :]])
    named = {problem.place.line for problem in read_all(broken).problems}
    return [text for offset, text in enumerate(NONSENSE) if at + offset not in named]


def test_every_line_is_a_row_or_a_declared_head(document: Document, reading: Reading) -> None:
    printed = {line.number for line in document.lines if not line.is_blank}
    assert reading.problems == []
    assert printed == set(reading.covered)
    assert sum(kind == "entry" for kind in reading.covered.values()) == 124
    assert sum(kind == "item" for kind in reading.covered.values()) == 7
    assert sum(entry.count for entry in document.ignored) == len(printed) - 124 - 7


def test_entries_stand_in_two_parts(reading: Reading) -> None:
    parts = [entry.directions[0].part for entry in reading.entries]
    assert (parts.count("1"), parts.count("2")) == (53, 71)


def test_every_cell_is_found_in_the_print(document: Document, reading: Reading) -> None:
    columns = {"name": "name", "summary": "summary", "target_text": "target_text"}
    corrected = {correction.line for correction in document.corrections}
    for entry in reading.entries:
        for column, attribute in columns.items():
            span = entry.cells.get(column)
            text = getattr(entry, attribute)
            assert (span is None) == (text is None)
            if span and entry.span.first not in corrected:
                printed = document.lines[span.first - 1].printed[span.start : span.end]
                assert compared(printed) == compared(text)
        assert {"field", "item", "responsible", "name"} <= entry.cells.keys()


def test_every_direction_stands_once(reading: Reading) -> None:
    keys = [(d.part, d.broader, d.notation, compared(d.label)) for d in reading.directions]
    assert len(keys) == len(set(keys))
    used = {direction for entry in reading.entries for direction in entry.directions}
    assert used <= set(reading.directions)
    assert {direction.broader for direction in used} <= set(reading.directions)


def test_entries_marked_as_of_the_plan_belong_to_it_alone(reading: Reading) -> None:
    for entry in reading.entries:
        marked = entry.directions[0].notation == "計画"
        expected = ("digital-plan-2022",) if marked else ("dx-basic-policy", "digital-plan-2022")
        assert entry.plans == expected
        assert entry.fiscal_year == 2022


def entry_at(reading: Reading, line: int) -> EntryRecord:
    return next(entry for entry in reading.entries if entry.span == Span(line, line))


def test_items_below_an_entry_belong_to_it(reading: Reading) -> None:
    codes = [direction.notation for direction in entry_at(reading, 130).directions]
    assert codes == ["4(3)ア", "4(3)イ", "4(3)ウ", "4(3)エ", "4(3)オ"]
    assert entry_at(reading, 130).cells["item"] == Span(130, 134)
    assert [direction.notation for direction in entry_at(reading, 68).directions] == [
        "2(1)", "2(2)", "2(3)", "2(4)",
    ]  # fmt: skip


def test_line_breaks_inside_cells_are_joined_and_meant_spaces_stay(reading: Reading) -> None:
    assert entry_at(reading, 63).name == "デジタル変革（DX）推進事業（ICTアドバイザー市町村派遣事業）"
    assert entry_at(reading, 62).summary == (
        "市町村におけるAI、RPA等の先端技術の活用によるDX及びデジタル化の取組を財政支援する。"
    )
    assert "目標とする。 ②スマートシティに取り組む市町村について" in (entry_at(reading, 68).target_text or "")
    assert "テクノアカデミー会津 観光プロデュース学科" in (entry_at(reading, 108).summary or "")


def test_a_name_is_split_at_its_outermost_trailing_bracket(reading: Reading) -> None:
    nested = entry_at(reading, 28)
    assert nested.umbrella_name == "人事・給与・行政組織等管理事業"
    assert nested.child_name == "県庁のDX・業務改革推進事業(業務プロセスの見直しと連携したRPA等導入事業)"
    assert entry_at(reading, 152).child_name == "家族で学ぶ防災セミナー"
    assert entry_at(reading, 161).umbrella_name is None


def test_nonsense_inserted_anywhere_is_named(document: Document) -> None:
    missed = {at: kinds for at in range(1, len(document.lines) + 2) if (kinds := unnamed(document, at))}
    assert missed == {}


def test_a_single_line_of_nonsense_is_named_where_it_stands(document: Document) -> None:
    """The declared lines stay as they are: the last line of the text falls out of them."""
    lines = [line.text for line in document.lines]
    for at in range(1, len(lines) + 1, 24):
        for text in NONSENSE:
            broken = with_lines(document, [*lines[: at - 1], text, *lines[at - 1 :]])
            broken = replace(broken, layouts=document.layouts)
            assert at in {problem.place.line for problem in read_all(broken).problems}, (at, text)


def test_nonsense_in_a_list_that_was_scaffolded_is_named() -> None:
    unseen = scaffold(dump(municipality=1, level=2, seed=3).lines)
    missed = {at: kinds for at in range(1, len(unseen.lines) + 2) if (kinds := unnamed(unseen, at))}
    assert missed == {}


def test_a_row_too_few_is_a_problem_that_says_both_counts(document: Document) -> None:
    lines = [line.text for line in document.lines]
    lines[23] = ""
    problems = read_all(with_lines(document, lines)).problems
    assert [problem.what for problem in problems] == ["the list 1 has 52 entries, 53 are declared"]


def test_the_proposal_for_the_same_text_reads_it_whole(document: Document) -> None:
    proposal = propose([line.text for line in document.lines])
    assert proposal is not None
    assert [part["rows"] for part in proposal.layouts[0]["parts"]] == [53, 71]
    assert set(proposal.lookups["departments"]) == set(document.lookups["departments"])
    assert set(proposal.lookups["bureaux"]) == set(document.lookups["bureaux"])


def test_a_text_that_is_no_table_is_not_proposed() -> None:
    assert propose(["はじめに", "", "この計画は、次の事項を定める。", "1 目的", "\t字下げした段落。"]) is None


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"row": 3}, "there is no option 'row'"),
        ({"parts": [{"plans": []}]}, "there is no option 'plans'"),
        ({"fiscal_year": "2022"}, "fiscal_year must be a whole number"),
        ({"item_codes": ["("]}, "item_codes must be a regular expression"),
        ({"plans_by_code": ["x"]}, "plans_by_code must be a table"),
    ],
)
def test_an_option_that_cannot_be_used_is_an_error(
    document: Document, options: dict[str, Any], says: str
) -> None:
    layout = document.layouts[0]
    with pytest.raises(DeclarationError, match=says.replace("(", r"\(")):
        read(document, Layout(layout.reader, 1, 166, {**layout.options, **options}))


def printed_label(direction: DirectionRecord) -> str | None:
    return None if direction.label == direction.notation else direction.label


def plain(row: dict[str, Any]) -> str:
    """A row as text in which only what counts is left: NFKC and no white space."""
    return compared(json.dumps(row, ensure_ascii=False, sort_keys=True))


def as_gold(entry: EntryRecord) -> dict[str, Any]:
    field = entry.directions[0].broader
    assert field is not None
    first = entry.responsible[0]
    return {
        "part": int(entry.directions[0].part or 0),
        "field": f"{field.notation or ''} {field.label}",
        "items": [{"code": d.notation, "label": printed_label(d)} for d in entry.directions],
        "department": first.department,
        "bureau": first.bureau,
        "divisions": [
            unit.division for unit in entry.responsible if unit.department == first.department
        ],
        "departments_all": [[unit.department, unit.division] for unit in entry.responsible],
        "name": entry.name,
        "parent_name": entry.umbrella_name,
        "child_name": entry.child_name,
        "summary": entry.summary,
        "kpi": entry.target_text,
    }  # fmt: skip


@pytest.mark.needs_shared
def test_every_row_of_the_public_sample_is_right(shared: Path, reading: Reading) -> None:
    sample = json.loads((shared / "gold" / "fy2022-projects.sample.json").read_text("utf-8"))
    assert len(sample) == 31
    for row in sample:
        found = as_gold(entry_at(reading, row["source_line"]))
        assert plain(found) == plain({key: row[key] for key in found}), row["source_line"]
