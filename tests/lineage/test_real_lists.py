"""The matcher over the three lists of Fukushima Prefecture."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import pytest

from graph_builder.folders import Folders
from graph_builder.lineage.matching.matcher import Proposals, propose
from graph_builder.lineage.matching.names import key
from graph_builder.lineage.matching.narrative import Paragraph, paragraphs
from graph_builder.lineage.words import read_vocabulary
from graph_builder.rows.base import Row
from graph_builder.rows.documents import PassageTextRow, SectionRow
from graph_builder.rows.projects import EntryRow

WORDS = read_vocabulary(Folders().mappings / "matching")
DOCUMENTS = ("ict-data-plan-2019-chapter2", "ict-data-action-plan-2020", "dx-projects-2022")
AnyRow = TypeVar("AnyRow", bound=Row)


@pytest.fixture(scope="module")
def lists(built: Folders) -> list[list[EntryRow]]:
    return [_rows(built, document, "entries", EntryRow) for document in DOCUMENTS]


@pytest.fixture(scope="module")
def prose(built: Folders) -> list[Paragraph]:
    texts = _rows(built, DOCUMENTS[0], "passage_texts", PassageTextRow)
    return paragraphs(texts, _rows(built, DOCUMENTS[0], "sections", SectionRow))


@pytest.fixture(scope="module")
def proposals(lists: list[list[EntryRow]], prose: list[Paragraph]) -> Proposals:
    return propose(lists, WORDS, prose)


def test_the_order_of_the_rows_does_not_matter(
    lists: list[list[EntryRow]], prose: list[Paragraph], proposals: Proposals
) -> None:
    shuffled = [random.Random(7).sample(rows, len(rows)) for rows in lists]  # noqa: S311
    assert propose(shuffled, WORDS, prose) == proposals


def test_every_proposal_can_be_checked(lists: list[list[EntryRow]], proposals: Proposals) -> None:
    at = {row.entry: place for place, rows in enumerate(lists) for row in rows}
    for proposal in proposals.entries:
        assert at[proposal.earlier] < at[proposal.later]
        assert proposal.reason.endswith("。")
        assert 0 < proposal.confidence < 1
        assert round(proposal.confidence, 2) == proposal.confidence


def test_no_pair_is_proposed_twice(proposals: Proposals) -> None:
    pairs = [(proposal.earlier, proposal.later) for proposal in proposals.entries]
    assert len(set(pairs)) == len(pairs)


def test_equal_names_of_neighbouring_lists_are_all_proposed(
    lists: list[list[EntryRow]], proposals: Proposals
) -> None:
    proposed = {(proposal.earlier, proposal.later) for proposal in proposals.entries}
    equal = {
        (one.entry, other.entry)
        for earlier, later in pairwise(lists)
        for one in earlier
        for other in later
        if key(one.name) == key(other.name)
    }
    assert len(equal) == 40
    assert equal <= proposed


def test_how_much_is_proposed(proposals: Proposals) -> None:
    # Far fewer would be a blind matcher, far more a guessing one.
    assert 80 <= len(proposals.entries) <= 120
    assert {(umbrella.earlier_name, umbrella.later_name) for umbrella in proposals.umbrellas} == {
        ("ふくしまSociety5.0推進事業", "デジタルコミュニケーション推進事業"),
        ("ふくしまSociety5.0推進事業", "デジタル変革（DX）推進事業"),
    }


def test_the_page_break_in_the_prose_is_joined(prose: Sequence[Paragraph]) -> None:
    assert any("ICT 機器の導入に必要な資金" in paragraph.text for paragraph in prose)


def _rows(built: Folders, document: str, table: str, row: type[AnyRow]) -> list[AnyRow]:
    with (built.tables / document / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        read = [{name: value or None for name, value in cells.items()} for cells in csv.DictReader(file)]
    return [row(**cells) for cells in read]  # type: ignore[arg-type]
