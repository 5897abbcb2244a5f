"""Action plans never seen are read by the declarations that are proposed from their own lines.

KEIFU_EVERY_CASE=1 runs twenty times as many invented plans.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from graph_builder.readers.reading import EntryRecord
from graph_builder.readers.wrapped.rows import propose
from graph_builder.values.text import compared
from tests.read.wrapped_rows_documents import FOLDER, of_proposal, read_unseen, read_whole
from tests.read.wrapped_rows_dumps import SHAPES, Dump, Truth, dump_of

SEEDS = range(20) if os.environ.get("KEIFU_EVERY_CASE") else range(1)
CASES = [(level, shape) for level in (0, 1, 2) for shape in range(len(SHAPES))]


def right(entry: EntryRecord, truth: Truth) -> dict[str, bool]:
    units = tuple(unit.division for unit in entry.responsible)
    return {
        "name": compared(entry.name) == compared(truth.name),
        "department": {unit.department for unit in entry.responsible} == {truth.department},
        "divisions": units == truth.divisions,
        "marks": (entry.is_new, entry.is_repeat) == (truth.is_new, truth.is_repeat),
        "section": entry.directions[0].label == truth.title,
        "summary": compared(entry.summary or "") == compared("".join(truth.summary)),
        "target": compared(entry.target_text or "") == compared("".join(truth.target)),
    }


def score(dump: Dump) -> Counter[str]:
    reading = read_unseen(dump.lines)
    rows = [(entry.directions[0].notation, entry.number) for entry in reading.entries]
    assert rows == [(str(truth.section), truth.number) for truth in dump.rows]
    counts = Counter({"rows": len(rows), "problems": len(reading.problems)})
    for entry, truth in zip(reading.entries, dump.rows, strict=True):
        counts.update(column for column, is_right in right(entry, truth).items() if is_right)
    return counts


@pytest.mark.parametrize(("level", "shape"), CASES)
def test_all_rows_of_an_unseen_plan_are_found_and_their_cells_are_right(level: int, shape: int) -> None:
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        counts += score(dump_of(1000 + seed, level, SHAPES[shape]))
    assert counts["rows"] == 72 * len(SEEDS)
    for column in ("name", "department", "divisions", "marks", "section"):
        assert counts[column] >= 0.99 * counts["rows"], (column, counts)
    for column in ("summary", "target"):
        assert counts[column] >= 0.98 * counts["rows"], (column, counts)


def test_the_proposed_declarations_leave_no_problem() -> None:
    problems = [problem for shape in SHAPES for problem in read_unseen(dump_of(7, 1, shape).lines).problems]
    assert problems == []


def test_a_plan_of_few_rows_and_one_section_is_read() -> None:
    dump = dump_of(3, 1, count=12, sections=1)
    assert score(dump)["name"] == 12


def test_the_real_plan_is_read_without_its_folder() -> None:
    lines = (FOLDER / "source.txt").read_text("utf-8").removesuffix("\n").split("\n")
    proposal = propose(lines)
    assert proposal is not None
    assert proposal.certainty > 0.9
    proposed = read_whole(of_proposal(proposal, lines))
    assert proposed.problems == []
    assert [section["rows"] for section in proposal.layouts[0]["sections"]] == [10, 30, 23, 10, 37]
    assert proposal.layouts[0]["widths"] == {"name": 8, "summary": 20, "target_text": 20, "prose": 41}


def test_prose_is_no_wrapped_table() -> None:
    assert propose(["　これは表ではない。", "", "　行はなく、番号もない。"]) is None
    assert propose([]) is None
