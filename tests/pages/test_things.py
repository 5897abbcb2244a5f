"""Every kind of thing has a page: a heading that a person understands, its context, and its evidence."""

from __future__ import annotations

import csv
import gzip
import re
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from api.pages.entity.kinds import kind_of, kinds
from tests.pages.reading import text_of, tree_of

CASES = list(csv.DictReader((Path(__file__).parent / "kinds.csv").read_text("utf-8").splitlines()))
PROJECT = "/doc/070009/project/f57f6501ba"


def test_every_kind_has_a_case() -> None:
    assert len(CASES) == 30
    assert {case["kind"] for case in CASES} | {"instrument"} == {kind.name for kind in kinds()}


def test_the_narrower_kind_wins() -> None:
    types = [f"https://w3id.org/keifu/ontology#{name}" for name in ("Instrument", "Plan")]
    plan = kind_of(types)
    assert plan is not None
    assert plan.name == "plan"
    assert kind_of(["https://example.org/Unknown"]) is None


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["path"])
def test_a_page_is_correct_and_says_what_it_is(
    site: httpx.Client, case: dict[str, str], language: str
) -> None:
    answer = site.get(f"/doc/{case['path']}", params={"lang": language})
    tree = tree_of(answer)
    assert tree.get("lang") == answer.headers["content-language"] == language
    assert case["japanese" if language == "ja" else "english"] in answer.text
    heading = text_of(next(tree.iter("h1")))
    assert re.search(r"[^\W\d_]{2}", heading)
    assert "None" not in heading
    assert len(gzip.compress(answer.content)) < 100_000
    assert [script.get("src") for script in tree.findall(".//script")] == ["/static/keifu.js"]


def test_the_headings_of_a_page_do_not_leave_out_a_level(site: httpx.Client) -> None:
    for case in CASES:
        levels = [int(found) for found in re.findall(r"<h([1-6])", site.get(f"/doc/{case['path']}").text)]
        assert levels[0] == 1
        assert all(later <= level + 1 for level, later in pairwise(levels))


def test_a_page_leads_to_the_lines_the_data_the_report_and_the_lineage(site: httpx.Client) -> None:
    page = site.get("/doc/070009/plan/digital-plan-2022").text
    assert 'href="/read/digital-plan-2022/L62"' in page
    assert 'href="/report?thing=https%3A//w3id.org/keifu/id/070009/plan/digital-plan-2022"' in page
    assert 'href="/lineage/id/070009/plan/digital-plan-2022"' in page
    assert 'href="/compare?from=ict-data-plan-2019&amp;to=digital-plan-2022"' in page
    assert 'href="/entries?plan=digital-plan-2022"' in page
    assert 'data-copy="https://w3id.org/keifu/id/070009/plan/digital-plan-2022"' in page
    for ending in ("ttl", "jsonld", "nt", "rdf"):
        assert f'href="/data/070009/plan/digital-plan-2022.{ending}"' in page
    assert "利用条件は示されていない" in page


def test_a_project_shows_its_entries_side_by_side_with_what_changed(site: httpx.Client) -> None:
    page = site.get(PROJECT).text
    table = page[page.index('<table class="versions">') : page.index("</table>")]
    assert table.count('scope="col"') == 5
    assert table.index("平成27年度") < table.index("令和2年度") < table.index("令和4年度")
    assert re.search(r"<ins><span class=\"visually-hidden\">追加：</span>", table)
    assert re.search(r"<del><span class=\"visually-hidden\">削除：</span>", table)
    assert "変更あり" in table
    assert "デジタル変革課" in table


def test_an_indicator_is_drawn_and_its_table_has_the_same_figures(site: httpx.Client) -> None:
    page = site.get("/doc/070009/indicator/online-use-rate").text
    page = page[page.index("<main") :]
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert {"48.2", "61", "80"} <= set(re.findall(r'text-anchor="middle">([\d.]+)</text>', drawing))
    assert {"2021", "2022", "2025"} <= set(re.findall(r'text-anchor="middle">(\d+)</text>', drawing))
    table = page[page.index("<table") : page.index("</table>")]
    for figure in ("48.2", "61", "80"):
        assert f">{figure}<" in table


def test_a_page_is_in_one_language_and_names_keep_theirs(site: httpx.Client) -> None:
    english = site.get("/doc/jp/concept/digital-transformation", params={"lang": "en"}).text
    name = '<bdi lang="en">Digital transformation</bdi> <small class="original"><bdi lang="ja">'
    assert f"<h1>{name}" in english
    assert "施策" not in re.sub(r'<(bdi|span|p) [^>]*lang="ja"[^>]*>.*?</\1>', "", english, flags=re.DOTALL)
    assert '<small class="original">' not in site.get(PROJECT, params={"lang": "ja"}).text


def test_what_means_harm_is_shown_and_does_nothing(hostile: httpx.Client) -> None:
    page = hostile.get("/doc/070009/entry/hostile").text
    assert "&lt;script&gt;alert" in page
    assert page.count("<script") == 1
    assert 'href="javascript' not in page
    assert "普通\u202eこの先は逆\u202c 終わり \ufffd</bdi>" in page
    term = hostile.get("/doc/070009/term/harm").text
    assert 'href="javascript' not in term
    assert "<code><bdi>javascript:alert(1)</bdi></code>" in term
    assert 'href="http://example.org/%E6%97%A5%E6%9C%AC%E8%AA%9E" rel="external noreferrer"' in term
    long = hostile.get("/doc/070009/project/long")
    assert long.status_code == 200
    assert "長" * 10_000 in long.text


def test_what_has_no_kind_keeps_the_plain_page(site: httpx.Client) -> None:
    page = site.get("/doc/graph/lineage", params={"lang": "en"})
    assert page.status_code == 200
    assert "Contents" in page.text
