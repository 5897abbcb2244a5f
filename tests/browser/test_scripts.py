"""What the scripts add to pages that are whole without them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visiting import reading
from tests.serve.running import Service

PROJECT = "070009/project/f57f6501ba"
CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture
def page(browser: Browser, of_documents: Service) -> Iterator[Page]:
    """A reader who lets pages read the clipboard, so that the test can."""
    permissions = ["clipboard-read", "clipboard-write"]
    with reading(browser, of_documents.address, permissions=permissions) as opened:
        yield opened


def test_the_address_of_a_thing_is_copied_and_the_button_says_so(page: Page) -> None:
    page.goto(f"/doc/{PROJECT}")
    page.get_by_text("BibTeX", exact=True).click()
    buttons = page.locator("button.copy")
    for number in range(buttons.count()):
        button = buttons.nth(number)
        words = button.inner_text()
        button.click()
        expect(button).to_have_text("コピーしました")
        assert page.evaluate(CLIPBOARD) == button.get_attribute("data-copy")
        expect(button).to_have_text(words)
    assert f"https://w3id.org/keifu/id/{PROJECT}" in {
        button.get_attribute("data-copy") for button in buttons.all()
    }


def test_the_address_of_an_answer_is_copied_whole(page: Page) -> None:
    page.goto("/questions/figures-of-a-year?year=2022")
    page.locator("button.copy").click()
    copied = page.evaluate(CLIPBOARD)
    assert copied.startswith("http://127.0.0.1:")
    page.goto(copied)
    expect(page.get_by_role("heading", level=1)).to_have_text("年度の事業が掲げる数値と担当課")


@pytest.mark.parametrize(("path", "name"), [("/", "#home-q"), ("/plans", "#site-q"), ("/search", "#words")])
def test_a_search_box_suggests_names(page: Page, path: str, name: str) -> None:
    page.goto(path)
    with page.expect_response("**/search/suggest*") as answer:
        page.locator(name).press_sequentially("森林")
    assert answer.value.ok
    options = page.locator(f"{name}-names option")
    expect(options.first).to_have_attribute("value", "森林整備課")
    page.locator(name).fill("")
    expect(options).to_have_count(0)


def test_a_lineage_is_filtered_and_the_address_says_how(page: Page) -> None:
    page.goto(f"/lineage/id/{PROJECT}")
    page.get_by_label("たどる向き").select_option("up")
    page.get_by_label("確からしさの下限").fill("0.9")
    page.get_by_label("同一").check()
    page.get_by_role("button", name="絞り込む").click()
    assert {"direction=up", "confidence=0.9", "type=same"} <= set(page.url.partition("?")[2].split("&"))
    expect(page.get_by_label("同一")).to_be_checked()
    page.get_by_role("link", name="すべて").first.click()
    expect(page.get_by_label("同一")).not_to_be_checked()


def test_a_lineage_is_taken_along_as_svg_and_as_png(page: Page) -> None:
    page.goto(f"/lineage/id/{PROJECT}")
    with page.expect_download() as drawing:
        page.get_by_role("link", name="SVG").click()
    assert Path(drawing.value.path()).read_text("utf-8").startswith("<svg")
    with page.expect_download() as image:
        page.get_by_role("button", name="PNG").click()
    body = Path(image.value.path()).read_bytes()
    assert body.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", body[16:24])
    assert width > 1000
    assert height > 500


def test_a_box_of_a_lineage_shows_its_neighbours(page: Page) -> None:
    page.goto(f"/lineage/id/{PROJECT}")
    picture = page.locator("svg.lineage-picture")
    box = picture.get_by_role("link", name="デジタル化推進計画 2022–2025")
    box.focus()
    expect(picture).to_contain_class("is-focused")
    near, boxes = picture.locator(".box.is-near").count(), picture.locator(".box").count()
    assert 2 <= near < boxes
    box.blur()
    expect(picture).not_to_contain_class("is-focused")


def test_a_picture_is_dragged_and_no_link_is_followed_by_that(page: Page) -> None:
    page.goto(f"/lineage/id/{PROJECT}")
    page.get_by_role("button", name="拡大").click()
    frame = page.get_by_role("region", name="系譜の図")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    before = frame.evaluate("frame => frame.scrollLeft")
    page.mouse.move(box["x"] + 400, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 200, steps=5)
    page.mouse.up()
    assert frame.evaluate("frame => frame.scrollLeft") == pytest.approx(before + 100, abs=3)
    assert PROJECT in page.url


def test_a_line_that_another_page_of_the_text_has_is_found(page: Page) -> None:
    page.goto("/read/digital-plan-2022#L1155")
    expect(page.locator("#L1155")).to_be_in_viewport()
