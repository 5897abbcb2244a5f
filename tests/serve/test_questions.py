"""Questions and lineage over HTTP: pages for people, tables and graphs for machines, on a family of plans."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import html5rdf
import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from graph_builder.folders import Folders
from sparql.library import Question, read_questions
from tests.ask.family import CASES
from tests.pages.reading import tree_of
from tests.serve.running import LIMITS, running

HTML = {"Accept": "text/html"}
QUESTIONS = read_questions(Folders.questions)
PLAN = "/lineage/id/070009/plan/digital-plan-2022"
HOSTILE = "\"'><script>alert(1)</script>&amp;"


@pytest.fixture(scope="module")
def reader(family: Folders) -> Iterator[httpx.Client]:
    """A client of the service on the family; it follows no redirect on its own."""
    with (
        running(LIMITS, family) as service,
        httpx.Client(base_url=service.address, timeout=30) as opened,
    ):
        yield opened


def page(client: httpx.Client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=HTML)
    tree_of(answer, status)
    assert answer.text.count("<script") == 1
    return answer.text


def test_the_list_names_every_question_in_both_languages(reader: httpx.Client) -> None:
    text = page(reader, "/questions")
    listed = re.findall(r'href="/questions/([a-z-]+)"', text)
    assert sorted(listed) == [question.name for question in QUESTIONS]
    assert "計画の事業は、その後どうなったか" in text
    assert (
        "What became of every project of a plan"
        in reader.get("/questions", headers={**HTML, "Accept-Language": "en"}).text
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_page_of_a_question_answers_its_example(reader: httpx.Client, question: Question) -> None:
    text = page(reader, f"/questions/{question.name}")
    with (CASES / f"{question.name}.csv").open(encoding="utf-8") as rows:
        count = len(list(csv.reader(rows))) - 1
    assert f'<span class="meta">{count} 件</span>' in text
    for parameter in question.parameters:
        assert f'name="{parameter.name}"' in text
    links = re.findall(r'href="(/questions/[^"]+\.(?:csv|json)[^"]*)"', text)
    assert len(links) == 2
    answers = [reader.get(link.replace("&amp;", "&")) for link in links]
    assert [answer.status_code for answer in answers] == [200, 200]


def test_the_query_behind_an_answer_can_be_run(reader: httpx.Client) -> None:
    text = page(reader, "/questions/fate-of-a-plans-projects?plan=ict-data-action-plan-2020")
    tree = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(text)
    query = tree.find(".//textarea").text
    assert "VALUES (?plan)" in query
    rows = reader.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(rows) == 4


def test_things_and_lines_are_links(reader: httpx.Client) -> None:
    text = page(reader, "/questions/fate-of-a-plans-projects?plan=アクションプラン2020")
    assert (
        '<a href="/id/070009/entry/dx-projects-2022.2"><bdi lang="ja">道路管理情報提供事業</bdi></a>' in text
    )
    assert '<a class="line" href="/read/ict-data-action-plan-2020/L30">30～34行目</a>' in text


@pytest.mark.parametrize(
    ("path", "accept", "content_type"),
    [
        ("figures-of-a-year", "text/csv", "text/csv; charset=utf-8"),
        ("figures-of-a-year", "application/sparql-results+json", "application/sparql-results+json"),
        ("figures-of-a-year", "application/json", "application/json"),
        ("figures-of-a-year", "text/html,application/json;q=0.5", "text/html; charset=utf-8"),
        ("figures-of-a-year.csv", "text/html", "text/csv; charset=utf-8"),
        ("figures-of-a-year.json", "text/html", "application/sparql-results+json"),
        ("figures-of-a-year.tsv", "*/*", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_a_question_is_answered_in_the_wanted_format(
    reader: httpx.Client, path: str, accept: str, content_type: str
) -> None:
    answer = reader.get(f"/questions/{path}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert "Accept" in answer.headers["vary"]
    again = reader.get(
        f"/questions/{path}", headers={"Accept": accept, "If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_table_is_the_exact_answer(reader: httpx.Client) -> None:
    answer = reader.get("/questions/what-laws-mandate.csv", params={"law": "官民データ法"})
    assert answer.text.splitlines() == (CASES / "what-laws-mandate.csv").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/questions/none.csv", 404, "no question named none.csv"),
        ("/questions/figures-of-a-year.pdf", 404, "no question named"),
        ("/questions/fate-of-a-plans-projects.csv", 400, "a value is missing"),
        ("/questions/fate-of-a-plans-projects.csv?plan=x", 400, "no plan is known as 'x'"),
        ("/questions/fate-of-a-plans-projects.csv?paln=x", 400, "there is no parameter paln"),
        ("/lineage/id/none/none.json", 404, "nothing is known as id/none/none"),
        ("/lineage/id/日本.json", 404, "nothing is known"),
        (f"{PLAN}.json?direction=sideways", 400, "no direction sideways"),
    ],
)
def test_what_is_wrong_is_a_problem(reader: httpx.Client, path: str, status: int, detail: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]
    assert answer.json()["remedy"]


@pytest.mark.parametrize("path", ["/questions/figures-of-a-year", PLAN])
def test_what_no_one_has_is_not_acceptable(reader: httpx.Client, path: str) -> None:
    assert reader.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_a_wrong_value_is_said_on_the_page_and_stays_in_the_form(reader: httpx.Client) -> None:
    text = page(reader, f"/questions/fate-of-a-plans-projects?{urlencode({'plan': HOSTILE})}", 400)
    assert 'role="alert"' in text
    assert "no plan is known" in text
    tree = html5rdf.HTMLParser(namespaceHTMLElements=False).parse(text)
    fields = {field.get("name"): field.get("value") for field in tree.findall(".//input")}
    assert fields["plan"] == HOSTILE


def test_a_hostile_word_is_a_word(reader: httpx.Client) -> None:
    word = '" } UNION { ?entry ?p ?o } # <b>'
    answer = reader.get("/questions/projects-that-speak-of-a-word.csv", params={"word": word})
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("ending", "media_type", "form"),
    [
        ("ttl", "text/turtle", RdfFormat.TURTLE),
        ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
        ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
    ],
)
def test_a_lineage_is_the_same_graph_in_every_format(
    reader: httpx.Client, ending: str, media_type: str, form: RdfFormat
) -> None:
    by_ending = reader.get(f"{PLAN}.{ending}")
    by_header = reader.get(PLAN, headers={"Accept": media_type})
    assert by_ending.content == by_header.content
    assert by_ending.headers["content-type"].startswith(media_type)
    statements = {(quad.subject, quad.predicate, quad.object) for quad in parse(by_ending.content, form)}
    wanted = {
        (quad.subject, quad.predicate, quad.object)
        for quad in parse(reader.get(f"{PLAN}.nt").content, RdfFormat.N_TRIPLES)
    }
    assert statements == wanted
    assert len(statements) > 50


def test_a_lineage_is_json_with_its_limits(reader: httpx.Client) -> None:
    record = reader.get(f"{PLAN}.json", params={"direction": "up"}).json()
    assert record["thing"] == "https://w3id.org/keifu/id/070009/plan/digital-plan-2022"
    assert record["limits"] == {"depth": 12, "things": 500}
    assert len(record["nodes"]) == 6
    assert len(record["edges"]) == 5


def test_an_address_with_dots_is_no_ending(reader: httpx.Client) -> None:
    text = reader.get("/lineage/id/070009/entry/ict-data-action-plan-2020.5-2", headers=HTML).text
    assert "ＲＰＡ活用事業" in text


def test_the_way_leads_from_the_home_page_and_from_a_thing(reader: httpx.Client) -> None:
    assert 'href="/questions"' in page(reader, "/")
    assert f'href="{PLAN}"' in page(reader, "/doc/070009/plan/digital-plan-2022")
    assert "/lineage/" not in page(reader, "/doc/070009/passage/digital-plan-2022.5-6")
