"""The frame of every page: one language, its publication, where to report an error, no way to do harm."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import html5rdf
import httpx
import pytest

from api.language import LANGUAGES, texts
from api.pages.frame import Publication, published, report_address
from api.pages.links import Link
from api.pages.question_groups import grouped
from api.settings import Settings
from graph_builder.errors import CallError
from graph_builder.folders import Folders
from sparql.asking import Term
from sparql.library import read_questions
from sparql.refusals import Reason
from tests.pages.reading import CONTACT, tree_of
from tests.serve.running import LIMITS, running

API = Path(__file__).resolve().parents[2] / "api"
PAGES = (
    "/",
    "/about",
    "/questions",
    "/questions/what-laws-mandate",
    "/ontology",
    "/problems/busy",
    "/nothing",
)
VERSION = "0123456789abcdef" * 4
PUBLICATION = Publication(VERSION, "2026-11-21")
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def reader(family: Folders) -> Iterator[httpx.Client]:
    """A client of the service on the family, which says where to report an error."""
    manifest = (family.published or family).manifest
    manifest.write_text(json.dumps({"version": VERSION}), "utf-8")
    os.utime(manifest, (1_763_700_000, 1_763_700_000))
    settings = replace(LIMITS, contact=CONTACT)
    with running(settings, family) as service, httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened


def shown(reader: httpx.Client, path: str, language: str) -> httpx.Response:
    return reader.get(path, headers={"Accept": "text/html", "Accept-Language": language})


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_correct_html_in_one_language(reader: httpx.Client, path: str, language: str) -> None:
    answer = shown(reader, path, language)
    tree = tree_of(answer, answer.status_code)
    assert tree.get("lang") == answer.headers["content-language"] == language
    assert {"Accept", "Accept-Language", "Cookie"} <= set(re.split(r",\s*", answer.headers["vary"]))
    assert {
        landmark
        for landmark in ("header", "nav", "main", "footer")
        if tree.find(f".//{landmark}") is not None
    } == {
        "header",
        "nav",
        "main",
        "footer",
    }
    for field in tree.findall(".//input"):
        named = field.get("id") and tree.find(f".//label[@for='{field.get('id')}']") is not None
        assert named or field.get("type") == "checkbox", field.attrib


# Definitions of the ontology quote a Japanese word now and then; a literal cannot mark it.
@pytest.mark.parametrize("path", [path for path in PAGES if path != "/ontology"])
def test_an_english_page_marks_every_japanese_word(reader: httpx.Client, path: str) -> None:
    tree = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(shown(reader, path, "en").text)
    assert list(unmarked(tree, "en")) == []


def unmarked(element: object, language: str) -> Iterator[str]:
    """Yield the Japanese texts of elements whose language is English."""
    language = element.get("lang") or language  # type: ignore[attr-defined]
    tag = element.tag  # type: ignore[attr-defined]
    if tag.rpartition("}")[2] in {"textarea", "option", "title", "code", "script"}:
        return  # no markup can stand in these
    texts_here = [element.text or ""]  # type: ignore[attr-defined]
    for child in element:  # type: ignore[attr-defined]
        if isinstance(child.tag, str):
            yield from unmarked(child, language)
        texts_here.append(child.tail or "")
    if language == "en":
        yield from (text for text in texts_here if JAPANESE.search(text))


def test_the_reader_switches_the_language_and_stays_on_the_page(reader: httpx.Client) -> None:
    path = "/questions/fate-of-a-plans-projects?plan=ict-data-action-plan-2020"
    page = shown(reader, path, "ja").text
    found = re.search(r'<a class="language" href="([^"]+)"', page)
    assert found
    assert found[1] == "?plan=ict-data-action-plan-2020&amp;lang=en"
    english = httpx.get(f"{reader.base_url}{path}&lang=en", headers={"Accept": "text/html"})
    assert english.headers["content-language"] == "en"
    assert "lang=en" in english.headers["set-cookie"]


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/%2f%2fevil.example", "/\\evil.example", "/nothing?lang=javascript:x"]
)
def test_no_path_makes_a_link_of_the_frame_lead_to_a_stranger(reader: httpx.Client, path: str) -> None:
    page = httpx.get(f"{str(reader.base_url).rstrip('/')}{path}", headers={"Accept": "text/html"}).text
    links = re.findall(r'href="([^"]*)"', page)
    assert len(links) > 10
    assert [link for link in links if not re.match(r"/(?!/)|\?|#|mailto:data@example\.jp\?", link)] == []


def test_every_page_says_which_publication_it_shows(reader: httpx.Client) -> None:
    page = shown(reader, "/about", "en").text
    assert VERSION in page
    assert "Published on 2025-11-21" in page


def test_a_build_that_says_nothing_of_itself_is_passed_over(tmp_path: Path) -> None:
    manifest = tmp_path / "build.json"
    assert published(manifest) is None
    for text in ("", "[]", "{}", '{"version": 3}'):
        manifest.write_text(text, "utf-8")
        assert published(manifest) is None


def test_a_report_of_an_error_names_page_and_version(reader: httpx.Client) -> None:
    page = shown(reader, "/questions", "ja").text
    found = re.search(r'href="(mailto:[^"]+)"', page)
    assert found
    assert found[1].startswith("mailto:data@example.jp?subject=")
    assert "%2Fquestions" in found[1]
    assert VERSION in found[1]


@pytest.mark.parametrize(
    ("contact", "start"),
    [
        ("mailto:a@example.jp", "mailto:a@example.jp?subject="),
        ("https://example.jp/issues/new", "https://example.jp/issues/new?title="),
        ("https://example.jp/new?template=data", "https://example.jp/new?template=data&title="),
    ],
)
def test_a_report_goes_where_the_setting_says(contact: str, start: str) -> None:
    address = report_address(contact, "/doc/x&y", PUBLICATION, "en")
    assert address
    assert address.startswith(start)
    assert "x%26y" in address
    assert not re.search(r"[\s\"<>#]", address)


def test_without_a_contact_nothing_is_offered() -> None:
    assert report_address("", "/", PUBLICATION, "ja") is None


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "http://example.jp/",
        "mailto:",
        "mailto:a@b?bcc=c@d",
        "https://a/#x",
        "https://a/\n",
    ],
)
def test_a_contact_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(CallError, match="mailto: or https:"):
        Settings.from_environment({"KEIFU_CONTACT": text})


def test_both_languages_have_every_word_and_the_same_places() -> None:
    files = sorted((API / "texts").glob("*.toml"))
    assert len(files) >= 6
    for file in files:
        for key, entry in tomllib.loads(file.read_text("utf-8")).items():
            assert set(entry) == set(LANGUAGES), f"{file.name}: {key}"
            places = [set(re.findall(r"\{(\w+)\}", entry[language])) for language in LANGUAGES]
            assert places[0] == places[1], f"{file.name}: {key}"
            assert not JAPANESE.search(entry["en"]) or key == "other-language", f"{file.name}: {key}"


def test_every_reason_of_an_error_is_explained_in_both_languages() -> None:
    for reason in Reason:
        for language in LANGUAGES:
            assert reason.heading(language)
            assert reason.detail(language, None)
            assert reason.remedy(language)


def test_each_question_stands_in_one_group() -> None:
    library = {question.name: question for question in read_questions(Folders.questions)}
    listed = [question.name for group in grouped(library) for question in group.questions]
    assert sorted(listed) == sorted(library)


@pytest.mark.parametrize(
    ("names", "language", "wanted"),
    [
        ((("計画", "ja"), ("Plan", "en")), "ja", ["計画"]),
        ((("計画", "ja"), ("Plan", "en")), "en", ["Plan", "計画"]),
        ((("計画", "ja"),), "en", ["計画"]),
        ((("Plan", "en"),), "ja", ["Plan"]),
        ((("RPA", "ja"), ("RPA", "en")), "en", ["RPA"]),
        ((), "ja", []),
    ],
)
def test_a_thing_is_called_by_its_name_in_the_language_of_the_page(
    names: tuple[tuple[str, str], ...], language: str, wanted: list[str]
) -> None:
    link = Link("x", None, tuple(Term(text, is_address=False, language=of) for text, of in names))
    assert [name.value for name in link.spoken(language)] == wanted


def test_the_policy_lets_only_our_own_scripts_run(reader: httpx.Client) -> None:
    policy = shown(reader, "/", "ja").headers["content-security-policy"].split("; ")
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_the_script_of_every_page_is_small() -> None:
    assert (API / "static" / "keifu.js").stat().st_size <= 10_240


def test_the_words_of_a_report_hold_what_they_are_given() -> None:
    assert "x{y}" in texts("en")("site.report-title", path="x{y}")
