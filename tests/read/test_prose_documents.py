"""The three prose documents: every printed line accounted for, and what stands in their small tables."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from graph_builder.readers.reading import ObservationRecord, Span
from graph_builder.values.text import compared
from tests.read.prose_dumps import PROSE, read_all, real, uncovered

FIGURES = {"items": "item_count", "achieved": "achieved_count", "rate": "achieved_rate"}


@pytest.mark.parametrize("key", PROSE)
def test_every_printed_line_is_accounted_for(key: str) -> None:
    document = real(key)
    reading = read_all(document)
    printed = sum(not line.is_blank for line in document.lines)
    missing = uncovered(document, reading)
    sys.stdout.write(f"{key}: {1 - len(missing) / printed:.0%} of {printed} printed lines\n")
    assert reading.problems == []
    assert missing == []


@pytest.mark.parametrize("key", PROSE)
def test_every_paragraph_is_printed_in_its_spans(key: str) -> None:
    document = real(key)
    for paragraph in read_all(document).paragraphs:
        lines = [
            line.printed[span.start : span.end]
            for span in paragraph.spans
            for line in document.between(span.first, span.last)
        ]
        assert compared(paragraph.text) == compared("".join(lines))


def test_the_kinds_of_paragraphs_are_counted() -> None:
    kinds = {key: Counter(p.kind for p in read_all(real(key)).paragraphs) for key in PROSE}
    assert kinds["digital-plan-2022"] == {
        "paragraph": 131, "footnote": 6, "note": 2, "remark": 1, "placeholder": 1,
        "term": 37, "definition": 37, "reference": 16,
    }  # fmt: skip
    assert kinds["ict-data-plan-2019-chapter2"] == {
        "paragraph": 67, "list-item": 12, "footnote": 9, "caption": 2, "note": 1,
    }  # fmt: skip
    assert kinds["ict-data-plan-2019-review"] == {"list-item": 16, "title": 1, "issuer": 1}


def test_the_digital_plan_has_ten_directions_and_eight_below_them() -> None:
    directions = read_all(real("digital-plan-2022")).directions
    assert [d.notation for d in directions if d.broader is None] == [str(number) for number in range(1, 11)]
    narrower = [(d.notation, d.label) for d in directions if d.broader is not None]
    assert len(narrower) == 8
    assert narrower[0] == ("1.1", "行政サービスの向上")
    assert {d.scheme for d in directions} == {"digital-plan-2022"}


def test_the_two_visions_have_their_indicators() -> None:
    first, second = read_all(real("digital-plan-2022")).indicators
    assert (first.label, first.baseline_text, first.baseline_year) == (
        "県及び市町村の行政手続のオンライン利用率", "４８.２％", 2021,
    )  # fmt: skip
    assert (first.target_text, first.target_year) == ("８０.０％", 2025)
    assert first.vision is not None
    assert first.vision.label == "「誰もが行政手続をオンラインで行える社会」"
    assert [note.split("は、")[0] for note in first.notes] == ["※ 「オンライン利用率」"]
    assert (second.label, second.baseline_text, second.target_text) == (
        "スマートシティに取り組む市町村数", "１市町村", "７市町村",
    )  # fmt: skip
    assert second.notes == ("※ 「スマートシティに取り組む市町村数」は、県総合計画の補完指標",)


def test_the_glossary_has_37_terms_with_their_index_letters() -> None:
    terms = read_all(real("digital-plan-2022")).terms
    assert len(terms) == 37
    assert all(term.definition for term in terms)
    assert all(term.index is not None for term in terms)
    assert sum(bool(term.reference) for term in terms) == 16
    by_term = {term.term.text: term for term in terms}
    assert by_term["官民データ"].index == "か"
    assert by_term["ALPS処理水"].urls == ("https://fukushima-updates.reconstruction.go.jp/faq/fk_240.html",)


def test_the_history_has_five_generations() -> None:
    generations = read_all(real("ict-data-plan-2019-chapter2")).generations
    years = [(g.generation, g.start_year, g.end_year) for g in generations]
    assert years == [(1, 2001, 2003), (2, 2004, 2006), (3, 2007, 2010), (4, 2011, 2014), (5, 2015, 2018)]
    assert generations[2].main_measures == (
        "情報通信基盤の整備促進", "電子県庁の推進", "県民利便性・行政サービス向上", "ICTを活用した業務改革",
    )  # fmt: skip
    assert generations[3].outcomes[3:5] == ("ICT関連産業の振興", "ICT人材育成")


def test_the_plan_before_has_48_entries_under_five_pillars() -> None:
    document = real("ict-data-plan-2019-chapter2")
    entries = read_all(document).entries
    assert len(entries) == 48
    assert len({entry.name for entry in entries}) == 47
    pillars = Counter(entry.directions[0].notation for entry in entries)
    assert pillars == {"1": 8, "2": 11, "3": 11, "4": 10, "5": 8}
    for entry in entries:
        line = document.lines[entry.span.first - 1]
        assert compared(line.printed[entry.span.start : entry.span.end]) == compared(entry.name)


def test_the_review_has_18_observations_each_with_its_place() -> None:
    document = real("ict-data-plan-2019-review")
    observations = read_all(document).observations
    assert len(observations) == 18
    assert sum(observation.direction is None for observation in observations) == 3
    assert {observation.fiscal_year for observation in observations} == {2019, 2020, 2021}
    for observation in observations:
        assert _printed(document.lines[_line(observation, "items") - 1].printed, observation, "items") == str(
            observation.item_count
        )


@pytest.mark.needs_shared
def test_the_review_agrees_with_the_sample(shared: Path) -> None:
    sample = json.loads((shared / "gold" / "review-stats.sample.json").read_text("utf-8"))
    observations = {
        (o.direction.label if o.direction else "全体", o.fiscal_year): o
        for o in read_all(real("ict-data-plan-2019-review")).observations
    }
    assert len(sample) == 5
    for row in sample:
        found = observations[row["direction"], row["fy"]]
        assert (found.item_count, found.achieved_count) == (row["items"], row["achieved"])
        assert f"{found.achieved_rate}％" == row["rate_printed_text"]
        assert {figure: _line(found, figure) for figure in FIGURES} == row["lines"]


@pytest.mark.needs_shared
def test_the_generations_agree_with_the_sample(shared: Path) -> None:
    sample = json.loads((shared / "gold" / "plans.sample.json").read_text("utf-8"))
    generations = {g.generation: g for g in read_all(real("ict-data-plan-2019-chapter2")).generations}
    rows = [row for row in sample if row["generation"]]
    assert len(rows) == 3
    for row in rows:
        found = generations[row["generation"]]
        assert (found.start_year, found.end_year) == (row["start_fy"], row["end_fy"])
        for ours, theirs in (
            (found.themes, row["themes"]),
            (found.main_measures, row["main_measures"]),
            (found.outcomes, row["outcomes"]),
        ):
            assert [compared(text) for text in ours] == [compared(text) for text in theirs]


@pytest.mark.needs_shared
def test_the_glossary_agrees_with_the_sample(shared: Path) -> None:
    sample = json.loads((shared / "gold" / "glossary.sample.json").read_text("utf-8"))
    terms = {compared(term.term.text): term for term in read_all(real("digital-plan-2022")).terms}
    assert len(sample) == 14
    for row in sample:
        found = terms[compared(row["term"])]
        assert found.index == row["reading_index"]
        assert found.definition is not None
        assert compared(found.definition.text) == compared(row["definition"])
        assert list(found.urls) == row["references"]
        lines = found.reference.text.split("\n") if found.reference else []
        texts = "".join(line for line in lines if line not in found.urls)
        assert compared(texts) == compared(row["reference_text"] or "")


@pytest.mark.needs_shared
def test_the_footnotes_agree_with_the_sample(shared: Path) -> None:
    sample = json.loads((shared / "gold" / "footnotes.sample.json").read_text("utf-8"))
    documents = {"A": "digital-plan-2022", "B": "ict-data-plan-2019-chapter2"}
    rows = [row for row in sample if row["kind"] != "glossary_reference"]
    assert len(rows) == 6
    for row in rows:
        found = {
            p.spans[0].first: p
            for p in read_all(real(documents[row["doc"]])).paragraphs
            if p.kind == "footnote"
        }
        rest = row["continued"]["text"] if "continued" in row else ""
        assert compared(found[row["line"]].text) == compared(row["text"] + rest)


def _line(observation: ObservationRecord, figure: str) -> int:
    return observation.cells[FIGURES[figure]].first


def _printed(line: str, observation: ObservationRecord, figure: str) -> str:
    span: Span = observation.cells[FIGURES[figure]]
    return line[span.start : span.end]
