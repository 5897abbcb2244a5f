"""What holds for every name in the graph, and for any way to write it."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.search.searching import LIMIT_AT_MOST, Wanted, search
from api.search.suggesting import suggest
from api.search.words import LENGTH_AT_MOST, understand
from graph_builder.search.folding import compact, fold, fold_with_places
from graph_builder.search.grams import pieces
from graph_builder.search.years import canonical
from tests.search.conftest import Find

KATAKANA = {ord("ァ") + at: ord("ぁ") + at for at in range(86)}
TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
HALF_KANA = dict(zip("アイウエオカキクケコ", "ｱｲｳｴｵｶｷｸｹｺ", strict=True))
LETTERS = [
    st.characters(min_codepoint=first, max_codepoint=last, exclude_categories=["Cs", "No"])
    for first, last in ((0x20, 0x2FF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))
]
TEXTS = st.text(st.one_of(LETTERS), max_size=40)
JAPANESE = st.text("アカサタナハガパーッャぁかきくけ森林県第期・、 　ＡｂC１2.,-（）%", max_size=20)


def spellings(text: str) -> list[str]:
    """The ways to write a text that a search must not tell apart."""
    return [
        unicodedata.normalize("NFKC", text),
        unicodedata.normalize("NFD", text),
        text.translate(TO_FULL_WIDTH),
        "".join(HALF_KANA.get(letter, letter) for letter in text),
        text.lower(),
        text.upper(),
        text.translate(KATAKANA),
    ]


def names(index: sqlite3.Connection, condition: str = "1") -> list[tuple[str, str]]:
    """Address and label of every thing that has a name."""
    query = f"SELECT address, label FROM thing WHERE folded <> '' AND {condition} ORDER BY address"  # noqa: S608
    return [(address, label) for address, label in index.execute(query)]


@given(st.one_of(TEXTS, JAPANESE))
def test_every_spelling_is_folded_alike(text: str) -> None:
    """Enclosed and raised digits apart: ① is a list mark, and must not grow together with a number."""
    for spelling in spellings(text):
        if (
            unicodedata.normalize("NFKC", spelling).casefold()
            == unicodedata.normalize("NFKC", text).casefold()
        ):
            assert fold(spelling) == fold(text)


@given(st.one_of(st.text(max_size=60), JAPANESE))
def test_folding_never_fails_and_knows_every_place(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert '"' not in "".join(pieces(folded.text))


@given(st.one_of(st.text(max_size=300), st.text('"-*(){}:^+ AND OR NOT NEAR森林R4', max_size=60)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_no_query_fails(index: sqlite3.Connection, text: str) -> None:
    found = search(index, Wanted(text))
    assert len(found.results) <= found.total
    for result in found.results:
        for marked in (result.label, result.snippet):
            assert all(0 <= a < b <= len(marked.text) for a, b in marked.marks)
    assert len(understand(text).text) <= LENGTH_AT_MOST
    suggest(index, text)


def test_every_spelling_of_a_label_finds_the_same(index: sqlite3.Connection) -> None:
    labels = sorted({label for _, label in names(index, "kind <> 'figure'")})
    assert len(labels) > 800
    for label in labels[::17]:
        expected = {result.address for result in search(index, Wanted(label, limit=LIMIT_AT_MOST)).results}
        for spelling in spellings(label):
            if compact(spelling) == compact(label) and canonical(spelling) == canonical(label):
                found = search(index, Wanted(spelling, limit=LIMIT_AT_MOST)).results
                assert {result.address for result in found} == expected, spelling


def test_every_label_finds_its_own_thing_at_once(index: sqlite3.Connection) -> None:
    """Among the first three, or among those that have just the same label."""
    things = [(address, label) for address, label in names(index) if len(label) <= LENGTH_AT_MOST]
    assert len(things) > 1500
    late = []
    for address, label in things:
        found = search(index, Wanted(label, limit=60)).results
        place = next((at for at, result in enumerate(found, 1) if result.address == address), 1000)
        alike = sum(canonical(result.label.text) == canonical(label) for result in found)
        if place > max(3, alike):
            late.append((label, place))
    assert late == []


def test_every_one_and_two_characters_of_a_label_find_something_with_them(find: Find) -> None:
    """Japanese may be cut anywhere; Latin words and numbers stay whole."""
    labels = [
        "森林環境適正管理事業",
        "携帯電話通話エリア広域ネットワーク化事業",
        "「道の駅」地域拠点機能強化事業",
    ]
    labels += ["デジタル変革課", "書面規制、押印、対面規制の見直し"]
    count = 0
    for label in labels:
        for size in (1, 2):
            for at in range(len(label) - size + 1):
                part = label[at : at + size]
                if not compact(part):
                    continue
                found = find(part)
                assert label in {result.label.text for result in found.results}, part
                assert not found.is_relaxed
                count += 1
    assert count > 100


@pytest.mark.parametrize("condition", ["1", "kind = 'term'", "kind = 'division'", "kind = 'law'"])
def test_no_name_finds_nothing(index: sqlite3.Connection, condition: str) -> None:
    query = f"SELECT DISTINCT name.name FROM name JOIN thing USING (row) WHERE {condition}"  # noqa: S608
    asked = [name for (name,) in index.execute(query)]
    assert len(asked) > 20
    assert [name for name in asked if not search(index, Wanted(name, limit=1)).total] == []
    assert [name for name in asked if search(index, Wanted(name[:LENGTH_AT_MOST], limit=1)).is_relaxed] == []


def test_every_law_is_found_by_its_number(index: sqlite3.Connection) -> None:
    rows = index.execute(
        "SELECT address, name FROM name JOIN thing USING (row) WHERE name LIKE '%第%号'"
    ).fetchall()
    assert len(rows) == 7
    for address, number in rows:
        assert search(index, Wanted(number)).results[0].address == address


def test_a_choice_counts_what_it_leaves(index: sqlite3.Connection) -> None:
    """Whatever else is chosen: the count beside a value is the number of results it leads to."""
    checked = 0
    for text, filters in (
        ("RPA", {}),
        ("", {"plan": ("digital-plan-2022",)}),
        ("デジタル", {"year": ("令和4年度",), "kind": ("project", "project-entry")}),
        ("", {"technology": ("rpa",), "year": ("2020",)}),
    ):
        found = search(index, Wanted(text, filters))
        assert found.total
        for facet, choices in found.facets.items():
            for choice in choices[:12]:
                others = {name: values for name, values in filters.items() if name != facet}
                narrowed = search(index, Wanted(text, {**others, facet: (choice.value,)}, limit=1))
                assert narrowed.total == choice.count, (text, facet, choice.label)
                checked += 1
    assert checked > 100


def test_filters_may_be_written_as_people_write_them(index: sqlite3.Connection) -> None:
    for facet, ways in {
        "year": ("2022", "令和4年度", "R4", "FY2022", "平成34年度"),
        "plan": ("デジタル化推進計画", "digital-plan-2022"),
        "division": ("デジタル変革課", "ﾃﾞｼﾞﾀﾙ変革課"),
        "technology": ("RPA", "rpa", "https://w3id.org/keifu/id/jp/concept/rpa"),
    }.items():
        totals = {search(index, Wanted("", {facet: (way,)}, limit=1)).total for way in ways}
        assert len(totals) == 1, facet
        assert totals.pop() > 5
    for hostile in ("%", "_", "%'; DROP TABLE thing; --", "nothing"):
        assert search(index, Wanted("", {"plan": (hostile,)})).total == 0
