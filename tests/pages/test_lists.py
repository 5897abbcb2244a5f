"""Lists: every kind has one; filters, order and pages are in the address, and the CSV holds all rows."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest

from api.pages.listing.chosen import read_choice
from api.pages.listing.declared import listings
from tests.pages.reading import tree_of

COUNTS = {
    "plans": 13,
    "projects": 243,
    "entries": 282,
    "divisions": 98,
    "laws": 15,
    "strategies": 32,
    "indicators": 148,
    "documents": 5,
    "organisations": 107,
}
"""Things of the five documents; the terms are counted by what the graph holds."""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_ten_lists_are_declared() -> None:
    assert set(listings()) == {*COUNTS, "terms"}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(listings()))
def test_a_list_is_a_correct_page_with_a_form(site: httpx.Client, name: str, language: str) -> None:
    answer = site.get(f"/{name}", params={"lang": language})
    tree = tree_of(answer)
    fields = [*tree.findall(".//select"), *tree.findall(".//main//input")]
    labels = {label.get("for") for label in tree.findall(".//label")}
    assert {field.get("id") for field in fields if field.get("type") != "hidden"} <= labels
    sorted_by = [head.get("aria-sort") for head in tree.findall(".//th") if head.get("aria-sort")]
    assert sorted_by == ["ascending"]
    assert len(tree.findall(".//tbody/tr")) <= 50


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_the_csv_holds_every_thing_once(site: httpx.Client, name: str, count: int) -> None:
    answer = site.get(f"/{name}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    found = [row["iri"] for row in rows(answer.text)]
    assert (len(found), len(set(found))) == (count, count)


def test_pages_follow_each_other_and_leave_nothing_out(site: httpx.Client) -> None:
    first = site.get("/entries").text
    assert '<link rel="next" href="/entries?page=2">' in first
    assert 'rel="prev"' not in first
    seen = [
        entry
        for page in range(1, 7)
        for entry in re.findall(
            r'<th scope="row"><a href="(/id/[^"]+)"', site.get("/entries", params={"page": page}).text
        )
    ]
    assert len(seen) == len(set(seen)) == 282
    assert 'rel="next"' not in site.get("/entries", params={"page": 6}).text
    assert "<span>6 / 6</span>" in site.get("/entries", params={"page": 600}).text


def test_filters_narrow_a_list_and_its_csv_alike(site: httpx.Client) -> None:
    chosen = {"plan": "ict-data-action-plan-2020", "new": "yes"}
    found = rows(site.get("/entries.csv", params=chosen).text)
    assert 0 < len(found) < 110
    assert {row["新規"] for row in found} == {"true"}
    assert f"CSV（全{len(found)}件）" in site.get("/entries", params=chosen).text
    rest = rows(site.get("/entries.csv", params=chosen | {"new": "no"}).text)
    assert len(found) + len(rest) == 110


def test_a_word_in_a_name_is_found_and_hostile_words_are_only_words(site: httpx.Client) -> None:
    found = rows(site.get("/projects.csv", params={"q": "森林"}).text)
    assert found
    assert all("森林" in row["名称"] for row in found)
    for word in ('")) } DELETE WHERE { ?s ?p ?o } #', "\\", "'", "<script>", "\u202e", "x" * 5000):
        page = site.get("/projects", params={"q": word})
        assert page.status_code == 200
        assert "条件に合うものはありません" in page.text
        assert "<script>" not in page.text


@pytest.mark.parametrize(
    ("sort", "is_descending"), [("entries", False), ("-entries", True), ("-last_year", True)]
)
def test_a_list_is_sorted_by_a_column_either_way(site: httpx.Client, sort: str, is_descending: bool) -> None:
    table = rows(site.get("/projects.csv", params={"sort": sort, "lang": "en"}).text)
    word = "Entries" if "entries" in sort else "Last year"
    numbers = [int(row[word]) for row in table if row[word]]
    assert len(set(numbers)) > 1
    assert numbers == sorted(numbers, reverse=is_descending)


def test_what_a_list_does_not_know_is_passed_over(site: httpx.Client) -> None:
    odd = {"sort": "nothing", "page": "-1", "colour": "red"}
    assert site.get("/plans", params=odd).status_code == 200
    assert read_choice(listings()["plans"], odd).href() == "/plans"
    assert "条件に合うものはありません" in site.get("/entries", params={"plan": "nothing"}).text


def test_a_list_is_csv_where_the_client_likes_it(site: httpx.Client) -> None:
    assert rows(site.get("/laws", headers={"Accept": "text/csv"}).text)
    assert rows(site.get("/laws", params={"format": "csv"}).text)
