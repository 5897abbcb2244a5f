"""What people come for, by clicking what they would click; with scripts and without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

PHONES = "携帯電話通話エリア広域ネットワーク化事業"
EITHER = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def follow(page: Page, name: str | re.Pattern[str], inside: Locator | None = None) -> None:
    """Click the first link of this name."""
    link = (inside or page.get_by_role("main")).get_by_role("link", name=name)
    link.first.click()


@EITHER
def test_from_the_home_page_to_the_line_of_the_source(page: Page) -> None:
    page.goto("/")
    follow(page, re.compile("^デジタル化推進計画（2022"))
    expect(heading(page)).to_have_text("デジタル化推進計画")
    follow(page, re.compile("^すべて見る（124件）"))
    page.get_by_label("名称").fill("携帯電話")
    page.get_by_role("button", name="絞り込む").click()
    follow(page, PHONES)
    follow(page, PHONES, page.get_by_role("definition"))
    expect(page.get_by_role("heading", name="一覧ごとの比較")).to_be_visible()
    follow(page, re.compile("令和4年度関連事業・取組一覧$"))
    expect(heading(page)).to_contain_text(PHONES)
    expect(page.get_by_role("main")).to_contain_text("令和4年度")
    follow(page, re.compile("162行目$"))
    line = page.locator("#L162")
    expect(page).to_have_url(re.compile("/read/dx-projects-2022.*#L162$"))
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(PHONES)
    assert is_marked(line)


def is_marked(line: Locator) -> bool:
    """Whether a line stands out from the others."""
    ground = "element => getComputedStyle(element).backgroundColor"
    other = line.page.locator("li.source-line:not(:target)").first
    return bool(line.evaluate(ground) != other.evaluate(ground))


@EITHER
@pytest.mark.parametrize(
    ("words", "found"), [("森林", "森林"), ("県", "県"), ("令和4年度", "2022"), ("RPA", "RPA")]
)
def test_a_search_finds(page: Page, words: str, found: str) -> None:
    page.goto("/")
    box = page.get_by_role("banner").get_by_label(re.compile("探す"))
    box.fill(words)
    box.press("Enter")
    expect(heading(page)).to_have_text("探す")
    results = page.get_by_role("main").locator("ol.results > li")
    assert int(page.get_by_role("status").locator("strong").inner_text()) >= results.count() >= 3
    expect(page.get_by_label("言葉")).to_have_value(words)
    assert found in results.all_inner_texts()[0] or found in page.get_by_role("main").inner_text()
    results.first.get_by_role("link").first.click()
    expect(heading(page)).not_to_have_text("探す")


@EITHER
def test_the_lineage_of_a_project_from_the_fifth_plan_to_2022(page: Page) -> None:
    page.goto("/projects")
    page.get_by_label("名称").fill(PHONES)
    page.get_by_role("button", name="絞り込む").click()
    follow(page, PHONES)
    follow(page, "系譜をたどる")
    expect(heading(page)).to_have_text(f"{PHONES}の系譜")
    picture = page.get_by_role("region", name="系譜の図")
    for years in ("2015–2018", "2020", "2022"):
        expect(picture.get_by_role("link", name=f"{PHONES} {years}").first).to_be_attached()
    picture.get_by_role("link", name="ふくしま創生ICT戦略 2015–2018").first.scroll_into_view_if_needed()
    steps = page.get_by_role("table").get_by_role("row").filter(has_text=PHONES).filter(has_text="同一")
    assert steps.count() >= 3
    page.get_by_label("同一", exact=False).check()
    page.get_by_role("button", name="絞り込む").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(7)
    follow(page, re.compile(f"^{PHONES}.*"), rows.last)
    expect(heading(page)).to_contain_text(PHONES)


@EITHER
def test_the_comparison_of_2020_with_2022(page: Page) -> None:
    page.goto("/compare")
    page.get_by_label("前の一覧").select_option(
        "ふくしまＩＣＴデータ利活用社会推進アクションプラン2020（2020年度、110件）"
    )
    page.get_by_label("後の一覧").select_option("デジタル化推進計画（2022年度、124件）")
    page.get_by_role("button", name="比べる").click()
    expect(heading(page)).to_contain_text("デジタル化推進計画へ")
    counts = page.get_by_role("table", name=re.compile("事業項目の行き先"))
    totals = counts.get_by_role("row").last.get_by_role("cell")
    expect(totals.first).to_have_text("110")
    expect(totals.last).to_have_text("124")
    follow(page, "継続", counts)
    expect(page.get_by_role("heading", name=re.compile("^継続"))).to_be_in_viewport()
    follow(page, re.compile("^110$"), counts)
    expect(heading(page)).to_have_text("検索式（SPARQL）")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(111)


@EITHER
def test_a_question_is_asked_in_its_form(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="主な頁").get_by_role("link", name="問い").click()
    follow(page, "年度の事業が掲げる数値と担当課")
    answer = page.get_by_role("table", name="年度の事業が掲げる数値と担当課")
    of_2022 = answer.get_by_role("row").count()
    page.get_by_label("年度").fill("令和2年度")
    page.get_by_role("button", name="尋ねる").click()
    expect(page.get_by_label("年度")).to_have_value("令和2年度")
    assert answer.get_by_role("row").count() not in {0, 1, of_2022}
    with page.expect_download() as download:
        follow(page, "CSV")
    assert Path(download.value.path()).read_text("utf-8-sig").count("\n") > 10


@EITHER
@pytest.mark.parametrize("forgiven", [{400}], ids=[""])
def test_a_query_is_written_run_and_taken_along(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="主な頁").get_by_role("link", name="SPARQL").click()
    write(page, "SELECT (1 AS ?one) (2 AS ?two) {}")
    page.get_by_role("button", name="実行して表で見る").click()
    expect(page.get_by_role("table").get_by_role("row").last).to_have_text(re.compile(r"1\s*2"))
    write(page, "SELECT * WHERE { ?thing a ")
    page.get_by_role("button", name="実行して表で見る").click()
    expect(page.get_by_role("alert")).to_contain_text("1行27文字目")


def write(page: Page, query: str) -> None:
    """Replace the query, in the editor where scripts run."""
    page.wait_for_load_state()
    field = page.get_by_role("textbox", name="検索式")
    field.press("Control+a")
    field.press("Delete")
    page.keyboard.insert_text(query)


@EITHER
def test_a_warning_leads_to_its_line(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="主な頁").get_by_role("link", name="検査報告").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^警告")).first.click()
    finding = page.get_by_role("article").first
    words = finding.get_by_role("heading").inner_text()
    quoted = finding.locator("blockquote").first.inner_text().splitlines()[0].strip("…")
    follow(page, "この指摘の頁", finding)
    expect(heading(page)).to_have_text(words)
    follow(page, re.compile("行目$"))
    line = page.locator(f"#{page.url.rpartition('#')[2]}")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(quoted)
    assert is_marked(line)
    follow(page, re.compile(re.escape(words[:20])), line)
    expect(heading(page)).to_have_text(words)
