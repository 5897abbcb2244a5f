"""The parts that pages are made of: each escapes what it is given, and speaks the language of the page."""

from __future__ import annotations

import html5rdf
import pytest
from markupsafe import Markup

from api.language import Language
from api.pages.frame import Frame, Publication
from api.pages.links import Link
from api.pages.rendering import _environment
from api.pages.thing import Evidence
from sparql.asking import Term

HOSTILE = "\"'><script>alert(1)</script>\u202e" + "長" * 10_000
NAMED = Link("javascript:alert(1)", None, (Term(HOSTILE, is_address=False, language="ja"),))
FRAME = Frame("/x", Publication("0123456789abcdef", "2026-11-21"), "mailto:data@example.jp")


def written(macro: str, *values: object, language: Language = "ja") -> str:
    """What a macro writes; it must be HTML that a page may hold."""
    markup = getattr(_environment(language).get_template("terms.html").module, macro)(*values)
    assert isinstance(markup, Markup)
    html5rdf.HTMLParser(strict=True).parse(
        f"<!DOCTYPE html><html><head><title>x</title></head><body>{markup}</body></html>"
    )
    return str(markup)


@pytest.mark.parametrize(
    ("macro", "values"),
    [
        ("text", (Term(HOSTILE, is_address=False),)),
        ("names", (NAMED,)),
        ("name", (NAMED,)),
        ("anchor", (NAMED,)),
        ("badge", (HOSTILE, "warning")),
        ("chip", (HOSTILE, "/x", "ja")),
        ("date", (HOSTILE,)),
        ("breadcrumbs", ([(HOSTILE, "/x")],)),
        ("pager", ("/x?page=1", "/x?page=3", HOSTILE)),
        ("copy_button", (HOSTILE,)),
        ("canonical", (HOSTILE,)),
        ("place", (HOSTILE, HOSTILE, HOSTILE)),
        ("cite", (HOSTILE, HOSTILE, FRAME)),
        ("query_form", (HOSTILE,)),
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_hostile_value_is_text(macro: str, values: tuple[object, ...], language: Language) -> None:
    markup = written(macro, *values, language=language)
    assert "<script" not in markup
    assert "alert(1)" in markup


def test_a_quotation_is_one_click_from_its_line() -> None:
    document = Link("https://example.org/id/070009/document/plan-2022", "/id/070009/document/plan-2022")
    quoted = Term("電子申請", is_address=False, language="ja")
    proof = Evidence(Link("p", "/id/070009/passage/p"), document, "12", "14", quoted)
    markup = written("evidence", proof, language="en")
    assert '<a class="line" href="/read/plan-2022/L12">lines 12–14</a>' in markup
    assert '<bdi lang="ja">電子申請</bdi>' in markup


@pytest.mark.parametrize(("last", "words"), [("12", "12行目"), ("14", "12～14行目")])
def test_lines_are_said_as_people_say_them(last: str, words: str) -> None:
    assert written("lines", "12", last) == words


def test_a_citation_names_the_version_of_the_data() -> None:
    words = written("cite", "計画", "https://example.org/id/x", FRAME)
    assert "（データの版 0123456789ab、2026-11-21 公開）" in words
    assert "データの版" not in written("cite", "計画", "https://example.org/id/x", None)


def test_a_thing_is_to_be_had_in_every_form_for_machines() -> None:
    markup = written("machine_formats", "/data/x")
    assert [f"/data/x.{ending}" in markup for ending in ("ttl", "jsonld", "nt", "rdf")] == [True] * 4


def test_where_nobody_takes_reports_none_is_offered() -> None:
    assert "mailto:" in written("report_error", FRAME)
    assert written("report_error", Frame("/x", None, "")).strip() == ""


@pytest.mark.parametrize(
    ("text", "language", "tag"),
    [("第9条", "en", "ja"), ("第9条", "ja", None), ("RPA", "en", None)],
)
def test_a_text_that_names_no_language_is_marked_where_it_is_not_the_pages(
    text: str, language: Language, tag: str | None
) -> None:
    markup = written("text", Term(text, is_address=False), language=language)
    assert markup.strip() == (f'<bdi lang="{tag}">{text}</bdi>' if tag else f"<bdi>{text}</bdi>")


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("/id/x", '<bdi lang="en">One</bdi> <small class="original"><bdi lang="ja">一</bdi></small>'),
        ("/concept/x/one", '<bdi lang="en">One</bdi>'),
        ("/id/fiscal-year/1", '<bdi lang="en">One</bdi>'),
    ],
)
def test_the_original_stands_beside_a_name_unless_it_is_a_mere_translation(href: str, words: str) -> None:
    names = tuple(Term(text, is_address=False, language=tag) for text, tag in (("一", "ja"), ("One", "en")))
    assert written("names", Link("x", href, names), language="en") == words
    assert written("names", Link("x", href, names)) == '<bdi lang="ja">一</bdi>'
