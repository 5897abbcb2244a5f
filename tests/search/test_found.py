"""What is found for what people write: cases read out of the documents, in `found.csv` and `alike.csv`."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from api.search.results import Result
from api.search.searching import Found, Wanted, search
from tests.search.conftest import Find

HERE = Path(__file__).resolve().parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FOUND, ALIKE = rows("found.csv"), rows("alike.csv")


def addresses(found: Found) -> list[str]:
    return [result.address for result in found.results]


def is_expected(result: Result, case: dict[str, str]) -> bool:
    if case["kind"] and result.kind.slug != case["kind"]:
        return False
    if "id/" in case["expected"]:
        return case["expected"] in result.address
    return result.label.text == case["expected"] or (
        result.kind.slug == "passage" and result.label.text.startswith(case["expected"])
    )


def test_there_are_as_many_cases_as_there_should_be() -> None:
    assert len(FOUND) == 136
    assert len(ALIKE) == 41
    assert all(case["why"] for case in (*FOUND, *ALIKE))


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case['query']}-{case['expected']}")
def test_what_is_meant_is_among_the_first(find: Find, case: dict[str, str]) -> None:
    results = find(case["query"]).results
    place = next((at for at, result in enumerate(results, 1) if is_expected(result, case)), None)
    if case["within"] == "0":
        assert place is None
    else:
        assert place is not None, [result.label.text for result in results[:10]]
        assert place <= int(case["within"])


@pytest.mark.parametrize("case", ALIKE, ids=lambda case: f"{case['left']}-{case['right']}")
def test_two_ways_to_write_one_thing_find_the_same(find: Find, case: dict[str, str]) -> None:
    left, right = find(case["left"]), find(case["right"])
    assert set(addresses(left)) == set(addresses(right))
    assert left.is_relaxed == right.is_relaxed


def test_all_forms_of_a_year_find_the_entries_of_that_year(find: Find, index: sqlite3.Connection) -> None:
    entries = {result.address for result in search(index, Wanted("", {"year": ("2022",)}, 1000)).results}
    assert len(entries) > 200
    assert entries <= set(addresses(find("R4")))


def test_a_number_is_not_found_inside_another(find: Find) -> None:
    found = find("5件")
    assert 0 < found.total < 20
    for result in found.results:
        texts = f"{result.label.text} {result.snippet.text}"
        assert "5件" in texts or "５件" in texts
        assert "15件" not in texts.replace("15件増", "")


def test_the_two_fifth_terms_are_not_confused(find: Find) -> None:
    nation, prefecture = find("第5期科学技術基本計画"), find("第5期情報化推進計画")
    assert nation.results[0].address.endswith("/jp/strategy/science-technology-plan-5")
    assert prefecture.results[0].address.endswith("/070009/plan/ict-strategy-2015")
    assert prefecture.results[0].address not in addresses(nation)
    assert nation.results[0].address not in addresses(prefecture)


def test_all_words_have_to_match_and_a_minus_leaves_out(find: Find) -> None:
    forest, both, without = find("森林"), find("森林 クラウド"), find("森林 -クラウド")
    assert set(addresses(both)) < set(addresses(forest))
    assert set(addresses(both)).isdisjoint(addresses(without))
    assert both.total + without.total == forest.total


def test_a_phrase_keeps_its_order(find: Find) -> None:
    assert find('"推進 復興"').is_relaxed
    assert not find("推進 復興").is_relaxed
    assert find('"復興の推進"').total < find("復興 推進").total


def test_where_nothing_has_all_words_what_has_some_is_shown_and_said_so(find: Find) -> None:
    found = find("森林 ブロックチェーン")
    assert found.is_relaxed
    labels = {result.label.text for result in found.results}
    assert {"ブロックチェーン", "森林計画課"} <= labels


def test_nothing_is_made_up_for_a_word_that_nothing_is_like(find: Find) -> None:
    for query in ("zzzzqqqq", "!!!", "。", "ー", "-", '""', "ぱぴぷぺぽぱぴ"):
        assert find(query).total == 0, query


def test_an_empty_query_lists_everything_what_has_a_name_first(find: Find) -> None:
    found = find("  ")
    assert found.total > 1900
    assert found.results[0].kind.slug == "plan"


def test_pages_of_results_are_disjoint_and_whole(index: sqlite3.Connection, find: Find) -> None:
    whole = addresses(find("デジタル"))
    pages = [
        addresses(search(index, Wanted("デジタル", limit=25, offset=at))) for at in range(0, len(whole), 25)
    ]
    assert [address for page in pages for address in page] == whole
    assert len(set(whole)) == len(whole) > 100
