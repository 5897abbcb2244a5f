"""The comparison of two lists: every number is right, has its query, and stands in the table that is sent."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pyoxigraph import QuerySolutions, Store

from graph_builder.folders import ROOT, Folders
from sparql.comparison.comparing import Comparison, Entry, Link, compare, fates
from sparql.comparison.lists import PlanList, find_list, read_lists
from sparql.comparison.reading import read_comparison
from sparql.lineage.family import Label
from tests.ask.family import Inside
from tests.pages.reading import HTML, read, words

PAIRS = [
    ("2015", "2020", 48, 110, {"same": 28, "renamed": 3, "successor": 4, "split": 2, "component": 9}, 11, 67),
    (
        "2020", "2022", 110, 124,
        {"same": 24, "renamed": 6, "successor": 8, "merged": 3, "split": 5, "component": 10}, 68, 72,
    ),
    ("2015", "2022", 48, 124, {"same": 7, "successor": 5, "split": 2, "component": 3}, 34, 108),
]  # fmt: skip
DECISIONS = [
    ("2015", "2020", "ict-data-plan-2019-chapter2", "ict-data-action-plan-2020"),
    ("2020", "2022", "ict-data-action-plan-2020", "dx-projects-2022"),
]
HOSTILE = "\"'><script>alert(1)</script>"


def compared(folders: Folders, one: str, other: str) -> Comparison:
    async def run() -> Comparison:
        backend = Inside(folders, seconds=60)
        lists = await read_lists(backend)
        earlier, later = [await find_list(backend, lists, text, "list") for text in (one, other)]
        return await read_comparison(backend, earlier, later)

    return asyncio.run(run())


@pytest.mark.parametrize(("one", "other", "before", "after", "pairs", "dropped", "new"), PAIRS)
def test_the_real_lists_are_counted_right(  # noqa: PLR0913, PLR0917
    built: Folders,
    one: str,
    other: str,
    before: int,
    after: int,
    pairs: dict[str, int],
    dropped: int,
    new: int,
) -> None:
    comparison = compared(built, one, other)
    assert (len(comparison.before), len(comparison.after)) == (before, after)
    assert Counter(pair.fate for pair in comparison.pairs) == pairs
    assert Counter(comparison.fate_before.values())[fates().dropped] == dropped
    assert Counter(comparison.fate_after.values())[fates().new] == new


@pytest.mark.parametrize(("one", "other", "earlier", "later"), DECISIONS)
def test_the_pairs_are_the_decisions_of_the_review(
    built: Folders, one: str, other: str, earlier: str, later: str
) -> None:
    with (ROOT / "mappings/lineage/projects.csv").open(encoding="utf-8") as rows:
        decided = {
            (row["link_type"], row["earlier_first_line"], row["later_first_line"])
            for row in csv.DictReader(rows)
            if (row["decision"], row["earlier_document"], row["later_document"]) == ("accept", earlier, later)
        }
    found = {
        (link.type, str(pair.earlier.evidence[0].first), str(pair.later.evidence[0].first))
        for pair in compared(built, one, other).pairs
        for link in pair.links
    }
    assert len(decided) > 30
    assert found == decided


def test_the_questions_agree_on_what_ended_and_what_is_new(real: httpx.Client) -> None:
    sent = real.get("/compare.csv", params={"from": "2020", "to": "2022"})
    rows = list(csv.DictReader(io.StringIO(sent.text)))
    ended = real.get(
        "/questions/projects-without-a-successor.csv", params={"plan": "ict-data-action-plan-2020"}
    )
    assert {row["earlier"] for row in rows if row["fate"] == "dropped"} == {
        row["entry"] for row in csv.DictReader(io.StringIO(ended.text))
    }
    fresh = real.get("/questions/projects-that-are-new.csv", params={"plan": "digital-plan-2022"})
    unmarked = [row for row in csv.DictReader(io.StringIO(fresh.text)) if row["sign"] == "前身なし"]
    assert {row["later"] for row in rows if row["fate"] == "new"} == {row["entry"] for row in unmarked}


@pytest.mark.parametrize(("one", "other"), [("2015", "2020"), ("2020", "2022"), ("2015", "2022")])
def test_every_number_is_what_its_query_gives(
    built: Folders, real: httpx.Client, one: str, other: str
) -> None:
    tree = read(real, f"/compare?from={one}&to={other}")
    store = Store.read_only(str(built.store.resolve()))
    figures = tree.findall(".//table[@class='fates']//td/a")
    assert len(figures) == 6 * 3 + 2 + 3
    for figure in figures:
        query = parse_qs(urlsplit(figure.get("href", "")).query)["query"][0]
        rows = store.query(query)
        assert isinstance(rows, QuerySolutions)
        assert str(len(list(rows))) == words(figure)


def test_the_page_shows_pairs_with_their_lines_and_reasons(reader: httpx.Client) -> None:
    tree = read(reader, "/compare?from=アクションプラン2020&to=2022")
    assert words(tree.find(".//h1")) == "アクションプラン2020からデジタル化推進計画へ"  # type: ignore[arg-type]
    hrefs = {link.get("href") for link in tree.iter("a")}
    assert "/id/070009/entry/ict-data-action-plan-2020.5-1" in hrefs
    assert "/id/070009/entry/dx-projects-2022.2" in hrefs
    assert "/read/dx-projects-2022/L20" in hrefs
    assert "新しい事業" in words(tree.find(".//section[@id='new']"))  # type: ignore[arg-type]
    flows = tree.findall(".//main//svg//path")
    table = tree.findall(".//details//tbody/tr")
    assert len(flows) == len(table) > 0


def test_an_english_page_is_in_english(reader: httpx.Client) -> None:
    tree = read(reader, "/compare?from=2020&to=2022", language="en")
    assert words(tree.find(".//h1")) == "From Action Plan 2020 to Digitalisation Promotion Plan"  # type: ignore[arg-type]


def test_the_older_list_comes_first_whichever_is_named_first(reader: httpx.Client) -> None:
    one, other = (
        reader.get("/compare.csv", params={"from": first, "to": second}).text
        for first, second in (("2020", "2022"), ("2022", "2020"))
    )
    assert one == other
    assert one.startswith("fate,earlier,earlier_name,")


def test_a_plan_without_a_list_is_known_by_the_one_that_carries_it_out(reader: httpx.Client) -> None:
    params = {"from": "ふくしまICTデータ利活用社会推進プラン", "to": "2022"}
    assert reader.get("/compare.csv", params=params).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "detail"),
    [
        ("1999", "2022", "'1999' names no plan with a list of projects"),
        (HOSTILE, "2022", "names no plan"),
        ("2022", "2022", "lists of the same years"),
        ("", "2022", "names no plan"),
    ],
)
def test_what_cannot_be_compared_is_said(reader: httpx.Client, one: str, other: str, detail: str) -> None:
    answer = reader.get("/compare.csv", params={"from": one, "to": other})
    assert answer.status_code == 400
    assert detail in answer.json()["detail"]
    if one:
        page = reader.get("/compare", params={"from": one, "to": other}, headers=HTML)
        assert page.status_code == 400
        assert 'role="alert"' in page.text
        assert "<script>alert" not in page.text


def test_without_two_lists_those_that_follow_each_other_are_offered(real: httpx.Client) -> None:
    tree = read(real, "/compare")
    offered = [link.get("href", "") for link in tree.findall(".//ul[@class='grid']//a")]
    assert len(offered) == 5
    assert all(real.get(href, headers=HTML).status_code == 200 for href in offered)


def made(steps: list[tuple[str, str, str, float]], twins: dict[str, str] | None = None) -> Comparison:
    """Two lists a… and c… with links that may lead over b…."""
    lists = (PlanList("p/a", Label("a"), 2015, 2015, 2), PlanList("p/c", Label("c"), 2022, 2022, 2))
    known = twins or {}
    before, after = (
        tuple(Entry(name, Label(name), twins=tuple(filter(None, [known.get(name)]))) for name in names)
        for names in (("a1", "a2"), ("c1", "c2"))
    )
    links = [Link(f"l{number}", *step) for number, step in enumerate(steps)]
    return compare(lists, before, after, links)


def test_a_way_of_several_steps_is_as_sure_as_its_least_and_as_far_as_its_farthest() -> None:
    comparison = made([("a1", "b1", "same", 1.0), ("b1", "c1", "renamed", 0.7)])
    (pair,) = comparison.pairs
    assert (pair.fate, pair.confidence, comparison.steps) == ("renamed", 0.7, 2)
    assert comparison.fate_before == {"a1": "renamed", "a2": "dropped"}
    assert comparison.fate_after == {"c1": "renamed", "c2": "new"}


def test_an_entry_with_several_links_counts_under_the_nearest() -> None:
    comparison = made([("a1", "c1", "component", 0.9), ("a1", "c2", "same", 0.9)])
    assert comparison.fate_before["a1"] == "same"
    assert comparison.fate_after == {"c1": "component", "c2": "same"}


def test_a_repeated_entry_shares_the_fate() -> None:
    comparison = made([("a1", "c1", "same", 1.0)], {"a2": "a1", "a1": "a2"})
    assert comparison.fate_before == {"a1": "same", "a2": "same"}


def test_links_in_a_circle_come_to_an_end() -> None:
    comparison = made([("a1", "b1", "same", 1.0), ("b1", "a1", "same", 1.0), ("b1", "c1", "same", 1.0)])
    assert [(pair.earlier.address, pair.later.address) for pair in comparison.pairs] == [("a1", "c1")]
