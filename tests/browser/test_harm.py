"""What strangers wrote into the data is text in a browser too, and the policy stops what were not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.browser.visiting import reading
from tests.serve.running import Service

PATHS = [
    "/doc/070009/entry/hostile",
    "/doc/070009/project/long",
    "/doc/070009/term/harm",
    "/entries",
    "/projects",
    "/terms",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "/query?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D",
    "/questions/fate-of-a-plans-projects?plan=%3Cscript%3Ealert(1)%3C/script%3E",
    "/lineage/id/070009/plan/small",
    "/doc/070009/plan/%3Cscript%3Ealert(1)%3C/script%3E",
    "/compare?from=%3Cscript%3E&to=javascript:alert(1)",
]
DANGEROUS = """() => [...document.querySelectorAll("[href], [src], [action], [formaction]")]
  .flatMap((each) => ["href", "src", "action", "formaction"].map((name) => each.getAttribute(name)))
  .filter((value) => value && /^\\s*(javascript|data|vbscript):/i.test(value))"""
FOREIGN = """() => [
  ...[...document.scripts].filter((each) => !each.src.startsWith(`${location.origin}/static/`)),
  ...[...document.querySelectorAll("*")]
    .filter((each) => each.getAttributeNames().some((name) => /^on/.test(name))),
  ...document.querySelectorAll("img, iframe, object, embed, style, [style], base"),
].map((each) => each.outerHTML)"""


@pytest.fixture
def page(browser: Browser, of_harm: Service) -> Iterator[Page]:
    """A reader of the hostile dataset, whom no page may ask anything."""
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    with reading(browser, of_harm.address, forgiven=(400, 404)) as opened:
        opened.on("dialog", hear)
        yield opened
    assert asked == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_harmful_values_does_no_harm(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(DANGEROUS) == []
    assert page.evaluate(FOREIGN) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_script_is_read_as_it_was_written(page: Page) -> None:
    page.goto("/doc/070009/entry/hostile")
    expect(page.get_by_role("heading", level=1)).to_contain_text("""<script>alert("1")</script>'"&amp;""")
    page.goto("/query?query=SELECT%20*%20%7B%20?s%20?p%20?o%20FILTER(isLiteral(?o))%20%7D")
    expect(page.get_by_role("table")).to_contain_text("</textarea></title><img src=x onerror=alert(1)>")


def test_an_address_that_would_run_is_no_link(page: Page) -> None:
    page.goto("/query?query=SELECT%20*%20%7B%20?s%20?p%20?o%20FILTER(isIRI(?o))%20%7D")
    expect(page.get_by_role("table")).to_contain_text("javascript:alert(1)")
    expect(page.get_by_role("table")).to_contain_text("data:text/html,x")
    expect(page.get_by_role("link", name="javascript:alert(1)")).to_have_count(0)


def test_letters_that_turn_the_direction_turn_no_more_than_their_own_text(page: Page) -> None:
    page.goto("/doc/070009/entry/hostile")
    value = page.locator("bdi", has_text="この先は逆").first
    assert value.evaluate("element => getComputedStyle(element).unicodeBidi") == "isolate"


def test_a_name_of_ten_thousand_letters_leaves_the_page_usable(page: Page) -> None:
    page.goto("/doc/070009/project/long")
    page.get_by_role("banner").get_by_label("探す").fill("計画")
    page.get_by_role("banner").get_by_role("button", name="検索").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("探す")


def test_the_policy_stops_a_script_that_came_into_a_page_all_the_same(
    browser: Browser, of_harm: Service
) -> None:
    ran = "document.documentElement.dataset.ran"

    def inject(route: Route) -> None:
        answer = route.fetch()
        harm = f'<script>{ran} = "yes"</script><b id="harm" onclick="{ran} = 1" style="color: red">x</b>'
        route.fulfill(response=answer, body=answer.text().replace("<main", f"{harm}<main", 1))

    context = browser.new_context(base_url=of_harm.address)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.route("**/about", inject)
    page.goto("/about")
    page.locator("#harm").click()
    assert page.evaluate(ran) is None
    assert page.locator("#harm").evaluate("each => getComputedStyle(each).color") != "rgb(255, 0, 0)"
    assert sum("Content Security Policy" in text for text in refused) >= 2
    context.close()
