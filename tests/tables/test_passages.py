"""Passages quote the print, at its lines, as tightly as the record allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder.documents import Document, read_document
from graph_builder.readers.reading import Span
from graph_builder.rows import PassageRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.passages import Passages
from tests.tables.written import write_document

TEXT = "1\nインターネット広\n報広聴事業\n\n　職員を対象としたCMS研修（12回／年）\nの開催。\n総務部\t広報課\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    folder = write_document(tmp_path / "list-2020", TEXT)
    (folder / "corrections.csv").write_text(
        "line,printed,corrected,kind,reason\n3,広聴,公聴,ocr,for the test\n", encoding="utf-8"
    )
    return read_document(folder)


def row(document: Document, span: Span) -> PassageRow:
    tables = Tables()
    Passages(document, tables).of(span)
    (passage,) = tables.of(PassageRow)
    return passage


def test_a_passage_of_lines_quotes_their_print_without_blank_lines(document: Document) -> None:
    passage = row(document, Span(2, 5))
    assert passage.exact == "インターネット広\n報広聴事業\n職員を対象としたCMS研修（12回／年）"
    assert passage.passage == "list-2020.2-5"


def test_a_passage_quotes_what_was_printed_not_what_was_corrected(document: Document) -> None:
    assert row(document, Span(3, 3)).exact == "報広聴事業"


def test_characters_are_counted_from_the_beginning_of_the_text(document: Document) -> None:
    passage = row(document, Span(2, 3))
    assert TEXT[int(passage.start_char) : int(passage.end_char)] == "インターネット広\n報広聴事業"


def test_a_part_of_a_line_is_a_passage_of_its_own(document: Document) -> None:
    passage = row(document, Span(7, 7, 4, 7))
    assert (passage.passage, passage.exact) == ("list-2020.7-7.4-7", "広報課")
    assert TEXT[int(passage.start_char) : int(passage.end_char)] == "広報課"


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("12回／年", Span(5, 5)),
        ("研修（12回／年）の開催", Span(5, 6)),
        ("インターネット広報", Span(2, 3)),
        ("広聴事業", Span(3, 3)),
        ("which is not there", Span(1, 7)),
    ],
)
def test_a_quote_is_located_on_the_fewest_lines(document: Document, quote: str, span: Span) -> None:
    assert Passages(document, Tables()).locate(Span(1, 7), quote) == span


def test_a_place_that_is_asked_for_twice_is_one_passage(document: Document) -> None:
    tables = Tables()
    passages = Passages(document, tables)
    assert passages.of(Span(2, 3)) == passages.of(Span(2, 3))
    assert len(tables.of(PassageRow)) == 1
