"""A curated discrepancy stands only as long as both texts stand where it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.documents import Document, read_document
from graph_builder.errors import DeclarationError
from graph_builder.rows import PassageRow
from graph_builder.rows.discrepancies import DiscrepancyRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.discrepancies import add_discrepancies
from graph_builder.tables.passages import Passages
from tests.tables.written import write_document

TEXT = "図表1 計画の歩み\n人々の生活をあらゆる面\nでより良い方向に\n計画のあゆみ\n"
HEADER = (
    "document,lines,printed,compared_document,compared_lines,compared_text,"
    "kind,expected,reason_ja,reason_en\n"
)
ROW = "plan,1,計画の歩み,plan,4,計画のあゆみ,spelling,,同じ語である。,It is one word.\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return read_document(write_document(tmp_path / "plan", TEXT))


def added(document: Document, rows: str, header: str = HEADER) -> Tables:
    tables = Tables()
    reference = document.folder.parent / "reference"
    reference.mkdir()
    (reference / "discrepancies.csv").write_text(header + rows, encoding="utf-8")
    add_discrepancies(reference, {document.key: Passages(document, tables)})
    return tables


def test_a_row_names_two_passages_that_quote_their_texts(document: Document) -> None:
    tables = added(document, ROW)
    (row,) = tables.of(DiscrepancyRow)
    passages = {passage.passage: passage.exact for passage in tables.of(PassageRow)}
    assert (passages[row.passage], passages[row.compared_passage]) == ("計画の歩み", "計画のあゆみ")
    assert row.expected is None


def test_a_text_may_run_over_lines_and_differ_in_white_space(document: Document) -> None:
    row = "plan,2-3,あらゆる面でより 良い方向に,plan,4,計画のあゆみ,word,直した形,理由。,Why.\n"
    tables = added(document, row)
    (made,) = tables.of(DiscrepancyRow)
    assert (made.passage, made.expected) == ("plan.2-3", "直した形")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (ROW.replace("plan,1,", "plan,2,"), r"line 2, column printed: '計画の歩み' does not stand at plan:2"),
        (ROW.replace("plan,4,", "plan,9,"), r"column compared_text: '計画のあゆみ' does not stand at plan:9"),
        (ROW.replace("plan,4,", "plan,4-1,"), r"does not stand at plan:4-1"),
        (ROW.replace("同じ語である。", ""), r"line 2, column reason_ja: the reason_ja is missing"),
    ],
)
def test_a_row_that_does_not_hold_stops_the_build(document: Document, row: str, what: str) -> None:
    with pytest.raises(DeclarationError, match=what):
        added(document, row)


def test_the_columns_are_fixed(document: Document) -> None:
    with pytest.raises(DeclarationError, match=r"line 1: the columns are document, lines"):
        added(document, ROW, header=HEADER.replace("reason_en", "reason"))


def test_a_row_about_a_document_that_is_not_built_waits(document: Document) -> None:
    assert added(document, ROW.replace("plan,4,", "review,4,")).of(DiscrepancyRow) == []
