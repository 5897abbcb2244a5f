"""A language and colours are chosen once, and stay chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visiting import reading
from tests.serve.running import Service

PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(251, 250, 246)", "rgb(21, 24, 29)"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_language_is_switched_on_the_page_and_stays(page: Page) -> None:
    page.goto("/plans")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plans")
    page.get_by_role("navigation", name="Main pages").get_by_role("link", name="Report").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="日本語").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("検査報告")
    page.goto("/plans")
    expect(page.locator("html")).to_have_attribute("lang", "ja")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_comes_in_the_language_of_the_browser(page: Page, language: str) -> None:
    page.goto("/doc/070009/plan/digital-plan-2022")
    expect(page.locator("html")).to_have_attribute("lang", language)
    names = {"ja": ["デジタル化推進計画"], "en": ["Digitalisation Promotion Plan", "デジタル化推進計画"]}[
        language
    ]
    for name in names:
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_colours_are_those_of_the_system_until_others_are_chosen(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/about")
    button = page.get_by_role("banner").get_by_role("button", name="表示の明るさ")
    expect(button).to_have_accessible_name("表示の明るさ: 自動")
    assert page.evaluate(PAPER) == DARK
    button.click()
    expect(button).to_have_accessible_name("表示の明るさ: 明")
    assert page.evaluate(PAPER) == LIGHT
    page.goto("/plans")
    assert page.evaluate(PAPER) == LIGHT
    button.click()
    assert page.evaluate(PAPER) == DARK
    page.emulate_media(color_scheme="light")
    page.reload()
    expect(button).to_have_accessible_name("表示の明るさ: 暗")
    assert page.evaluate(PAPER) == DARK


def test_without_scripts_the_colours_follow_the_system(browser: Browser, of_documents: Service) -> None:
    for scheme, paper in (("light", LIGHT), ("dark", DARK)):
        with reading(browser, of_documents.address, java_script_enabled=False, color_scheme=scheme) as page:
            page.goto("/")
            expect(page.locator("body")).to_have_css("background-color", paper)
            expect(page.get_by_role("button", name="表示の明るさ")).to_have_count(0)


def test_paper_gets_a_light_page_without_what_only_screens_need(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/doc/070009/plan/digital-plan-2022")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.get_by_role("navigation", name="主な頁")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
