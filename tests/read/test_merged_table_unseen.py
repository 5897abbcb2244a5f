"""A list that was never seen is read by the declarations that are proposed from its own lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from graph_builder.documents import Document, Ignored, Layout, Line, read_document
from graph_builder.readers.merged.table import propose, read
from graph_builder.readers.reading import EntryRecord, Reading
from graph_builder.values.text import compared
from tests.read.merged_dumps import MUNICIPALITIES, Dump, Truth, dump

FOLDER = Path(__file__).resolve().parents[2] / "mappings" / "dx-projects-2022"
SEEDS = range(6)
CASES = [(town, level) for town in range(len(MUNICIPALITIES)) for level in (0, 1, 2)]


def scaffold(lines: list[str]) -> Document:
    """The document that a folder with the proposed declarations would give."""
    proposal = propose(lines)
    assert proposal is not None
    layouts = []
    for declared in proposal.layouts:
        options = dict(declared)
        reader, (first, last) = options.pop("reader"), options.pop("lines")
        layouts.append(Layout(reader, first, last, options))
    return replace(
        read_document(FOLDER),
        key="unseen",
        layouts=tuple(layouts),
        ignored=tuple(Ignored(**entry) for entry in proposal.ignored),
        corrections=(),
        lookups=proposal.lookups,
        lines=tuple(Line(number, text, text) for number, text in enumerate(lines, 1)),
    )


def read_all(document: Document) -> Reading:
    whole = Reading()
    for layout in document.layouts:
        part = read(document, layout)
        whole.entries += part.entries
        whole.problems += part.problems
        whole.covered.update(part.covered)
    return whole


def same(left: str | None, right: str | None) -> bool:
    return compared(left or "") == compared(right or "")


def wrong_columns(entry: EntryRecord, truth: Truth) -> list[str]:
    field = entry.directions[0].broader or entry.directions[0]
    items = {(d.notation or "", compared("" if d.label == d.notation else d.label)) for d in entry.directions}
    expected = {(compared(code or ""), compared(label or "")) for code, label in truth.items}
    units = tuple((unit.department, unit.bureau, unit.division) for unit in entry.responsible)
    checks = {
        "part": field.part == truth.part,
        "name": same(entry.name, truth.name),
        "summary": same(entry.summary, truth.summary),
        "target": same(entry.target_text, truth.target),
        "responsible": units == truth.responsible,
        "field": same(f"{field.notation or ''}{field.label}", truth.field),
        "items": {(compared(code), label) for code, label in items} == expected,
    }
    return [column for column, right in checks.items() if not right]


def said(entry: EntryRecord) -> str:
    directions = [(direction.notation, direction.label) for direction in entry.directions]
    return f"{directions} {entry.responsible} {entry.name} | {entry.summary} | {entry.target_text}"


def score(made: Dump) -> tuple[Counter[str], int, list[str]]:
    """Wrong cells by column, number of entries, and what was wrong, in words."""
    reading = read_all(scaffold(made.lines))
    entries = {entry.span.first: entry for entry in reading.entries}
    truths = {truth.line: truth for truth in made.truths}
    wrong: Counter[str] = Counter({"missing": len(truths.keys() - entries.keys())})
    wrong["invented"] = len(entries.keys() - truths.keys())
    wrong["problems"] = len(reading.problems)
    words = [str(problem) for problem in reading.problems]
    for line in truths.keys() & entries.keys():
        for column in wrong_columns(entries[line], truths[line]):
            wrong[column] += 1
            words.append(f"{column}: {made.lines[line - 1]!r} → {said(entries[line])} ≠ {truths[line]}")
    return wrong, len(truths), words


@pytest.mark.parametrize(("town", "level"), CASES)
def test_an_unseen_list_is_read_by_its_own_proposal(town: int, level: int) -> None:
    wrong: Counter[str] = Counter()
    total, words = 0, []
    for seed in SEEDS:
        one, count, report = score(dump(town, level, seed))
        wrong += one
        total += count
        words += report
    assert total > 60 * len(SEEDS)
    shown = "\n".join(words[:8])
    assert not wrong["missing"] + wrong["invented"] + wrong["problems"], shown
    assert all(
        wrong[column] <= 0.01 * total for column in ("name", "responsible", "items", "field", "part")
    ), shown
    assert all(wrong[column] <= 0.02 * total for column in ("summary", "target")), shown


def test_there_are_twenty_one_cases_of_generated_lists() -> None:
    assert len(CASES) == 21
