"""Mentions as rows: one for a thing and its lines, with the fewest whole lines as evidence."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from graph_builder.documents import Line
from graph_builder.folders import Folders
from graph_builder.identifiers import entry_key, mention_key
from graph_builder.readers.reading import EntryRecord, ParagraphRecord, Reading, Span
from graph_builder.rows import PassageRow, PlanRow, SeriesRow
from graph_builder.rows.mentions import MentionRow, OpenMentionCandidateRow, OpenMentionRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.known_names import labels
from graph_builder.tables.mentions import add_mentions
from tests.mentions.mention_cases import HERE, small_document


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """A folder of curated tables with the names of the cases and the words of the repository."""
    shutil.copy(HERE / "names.csv", tmp_path)
    shutil.copy(Folders().mappings / "reference" / "anaphora.toml", tmp_path)
    return tmp_path


def tables_of(text: str, reference: Path) -> Tables:
    tables = Tables()
    add_mentions([small_document({"text": text})], tables, reference)
    return tables


def entry_tables(line: str, entry: EntryRecord, reference: Path) -> Tables:
    document, _ = small_document({"text": ""})
    document = replace(document, lines=(Line(1, line, line),))
    tables = Tables()
    add_mentions([(document, Reading(entries=[entry]))], tables, reference)
    return tables


def test_a_thing_named_twice_on_a_line_is_one_mention(reference: Path) -> None:
    (row,) = tables_of("個人情報保護法と、同法と、個人情報の保護に関する法律\n", reference).of(MentionRow)
    assert (row.thing, row.name, row.passage) == ("id/jp/law/privacy-act", "個人情報保護法", "case.1-1")


def test_a_name_of_its_own_goes_before_a_word_that_stands_for_it(reference: Path) -> None:
    document, reading = small_document(
        {"text": "前計画「ふくしま創生ICT戦略」は\n", "declared": {"前計画": "id/070009/plan/ict-strategy"}}
    )
    tables = Tables()
    add_mentions([(document, reading)], tables, reference)
    assert [row.name for row in tables.of(MentionRow)] == ["ふくしま創生ICT戦略"]


def test_all_mentions_of_a_line_share_its_passage(reference: Path) -> None:
    tables = tables_of("AIとRPA、\nそしてAIと官民デー\nタ活用推進基本法\n", reference)
    places = [(row.name, row.passage) for row in tables.of(MentionRow)]
    assert places == [
        ("AI", "case.1-1"),
        ("RPA", "case.1-1"),
        ("AI", "case.2-2"),
        ("官民データ活用推進基本法", "case.2-3"),
    ]
    assert len({row.passage for row in tables.of(PassageRow)}) == 3


def test_a_mention_tells_the_paragraph_it_stands_in(reference: Path) -> None:
    rows = tables_of("最初の行、\nAIの行\n\n# AIの章\n", reference).of(MentionRow)
    assert [row.context for row in rows] == ["id/070009/passage/case.1-2", "id/070009/section/case.s4"]


def test_a_name_that_a_footnote_parts_is_one_mention_with_two_passages(reference: Path) -> None:
    text = "個人情報の保護に関\n! 脚注\nする法律\n"
    rows = tables_of(text, reference).of(MentionRow)
    assert [row.passage for row in rows] == ["case.1-1", "case.3-3"]
    assert len({row.mention for row in rows}) == 1


def test_an_open_mention_keeps_its_candidates(reference: Path) -> None:
    tables = tables_of("第5期の「新しい戦略」\n", reference)
    assert [row.name for row in tables.of(OpenMentionRow)] == ["第5期", "新しい戦略"]
    candidates = tables.of(OpenMentionCandidateRow)
    assert [row.candidate for row in candidates] == [
        "id/jp/strategy/science-plan-5",
        "id/070009/plan/ict-strategy",
    ]
    assert {row.mention for row in candidates} == {tables.of(OpenMentionRow)[0].mention}


def test_a_part_of_a_line_is_quoted_as_that_part(reference: Path) -> None:
    entry = EntryRecord(Span(1, 1, 1, 6), "AI事業", (), cells={"name": Span(1, 1, 1, 6)})
    (row,) = entry_tables("○AI事業 ○別の事業", entry, reference).of(MentionRow)
    assert row.passage == "case.1-1.1-6"


def test_a_row_of_one_line_is_quoted_whole(reference: Path) -> None:
    cells = {"name": Span(1, 1, 4, 8), "summary": Span(1, 1, 9, 15)}
    entry = EntryRecord(Span(1, 1), "AI事業", (), cells=cells)
    tables = entry_tables("総務部\tAI事業\tAIとRPA", entry, reference)
    assert [(row.name, row.passage) for row in tables.of(MentionRow)] == [
        ("AI", "case.1-1"),
        ("RPA", "case.1-1"),
    ]
    assert {row.context for row in tables.of(MentionRow)} == {f"id/070009/entry/{entry_key('case', entry)}"}


def test_the_cells_of_a_row_are_texts_of_their_own(reference: Path) -> None:
    cells = {"name": Span(1, 1, 0, 5), "summary": Span(1, 1, 6, 14)}
    entry = EntryRecord(Span(1, 1), "官民データ", (), cells=cells)
    assert entry_tables("官民データ\t活用推進基本法の", entry, reference).of(MentionRow) == []


def test_a_paragraph_of_one_line_is_its_own_evidence(reference: Path) -> None:
    document, _ = small_document({"text": "用語 AIのこと\n"})
    paragraph = ParagraphRecord((Span(1, 1, 3, 8),), "definition", "AIのこと")
    tables = Tables()
    add_mentions([(document, Reading(paragraphs=[paragraph]))], tables, reference)
    (row,) = tables.of(MentionRow)
    assert (row.passage, row.context) == ("case.1-1.3-8", "id/070009/passage/case.1-1.3-8")


def test_a_mention_is_known_by_its_lines_and_its_thing() -> None:
    one = mention_key("case", Span(3, 4), "id/jp/law/a")
    assert one.startswith("case.3-4.")
    assert one != mention_key("case", Span(3, 4), "id/jp/law/b")
    assert one != mention_key("case", Span(3, 3), "id/jp/law/a")


def test_the_tables_give_their_names(tmp_path: Path) -> None:
    tables = Tables()
    tables.add(
        PlanRow("d", "070009", "p", "戦略2015", None, "第5期計画", None, None, None, None, None),
        SeriesRow("d", "070009", "s", "計画", None),
    )
    (tmp_path / "concepts.csv").write_text(
        "authority,key,scheme,label,label_en,term,reason\n"
        "jp,dx,ideas,デジタル変革（DX）,DX,デジタル・トランスフォーメーション,why\n"
        "jp,ai,technologies,AI,AI,AI,why\n",
        "utf-8",
    )
    assert [(name.name, name.thing, name.label_class) for name in labels(tables, tmp_path)] == [
        ("戦略2015", "id/070009/plan/p", "plan"),
        ("第5期計画", "id/070009/plan/p", "plan"),
        ("計画", "id/070009/plan-series/s", "plan-series"),
        ("デジタル変革（DX）", "id/jp/concept/dx", "concept"),
        ("デジタル・トランスフォーメーション", "id/jp/concept/dx", "concept"),
        ("AI", "id/jp/concept/ai", "concept"),
    ]


def test_without_a_file_of_words_nothing_is_looked_for(tmp_path: Path) -> None:
    shutil.copy(HERE / "names.csv", tmp_path)
    assert tables_of("個人情報保護法\n", tmp_path).of(MentionRow) == []
