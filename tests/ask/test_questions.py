"""Questions have titles in both languages, parameters that are bound as terms, and exact answers."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from graph_builder.errors import CallError, DeclarationError
from graph_builder.folders import ROOT, Folders
from sparql.answering import Asked, answer
from sparql.asking import Table, read_table
from sparql.columns import columns_of, headings
from sparql.library import Question, parse_question, read_question, read_questions
from sparql.resolution import bind
from sparql.spelling import spelled_out
from tests.ask.family import CASES, Inside

QUESTIONS = read_questions(Folders.questions)
HOSTILE = (
    '" } UNION { ?entry ?p ?o } #',
    "'> <http://e/> . } ; DROP ALL #",
    "\\u0022 . ?s ?p ?o",
    "?entry } { #",
    "x\n} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
)

by_name = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def asked(folders: Folders, question: Question, **values: str) -> Table:
    given = values or dict(question.example)
    return read_table(asyncio.run(answer(Inside(folders), Asked(question, given), "json")))


def named(name: str) -> Question:
    return read_question(Folders.questions / f"{name}.rq")


def test_there_are_as_many_questions_as_cases() -> None:
    assert len(QUESTIONS) == 34
    assert {question.name for question in QUESTIONS} == {path.stem for path in CASES.glob("*.csv")}


@by_name
def test_a_question_is_complete(question: Question) -> None:
    assert question.title_ja
    assert question.title_en
    assert {name for name, _ in question.example} <= {parameter.name for parameter in question.parameters}
    required = {parameter.name for parameter in question.parameters if parameter.is_required}
    assert required <= {name for name, _ in question.example}
    prefixes = set(re.findall(r"^PREFIX ([\w-]+):", question.query, re.MULTILINE))
    unused = {prefix for prefix in prefixes if question.query.count(f"{prefix}:") == 1}
    assert unused == set()


@by_name
def test_a_question_has_its_exact_answer_in_the_family(family: Folders, question: Question) -> None:
    body = asyncio.run(answer(Inside(family), Asked(question, dict(question.example)), "csv"))
    found = list(csv.reader(io.StringIO(body.decode())))
    expected = list(csv.reader(io.StringIO((CASES / f"{question.name}.csv").read_text("utf-8"))))
    assert len(expected) > 1
    assert found == expected


@by_name
def test_a_question_has_an_answer_on_the_real_graph(built: Folders, question: Question) -> None:
    assert asked(built, question).rows


@by_name
def test_the_query_that_is_shown_gives_the_same_answer(family: Folders, question: Question) -> None:
    bindings = asyncio.run(bind(Inside(family), question, dict(question.example)))
    shown = Store.read_only(str(family.store.resolve())).query(spelled_out(question.query, bindings))
    assert isinstance(shown, QuerySolutions)
    columns = [variable.value for variable in shown.variables]
    rows = [[term.value if term else None for term in row] for row in shown]
    table = asked(family, question)
    assert columns == list(table.columns)
    assert rows == [[row[name].value if name in row else None for name in columns] for row in table.rows]


@by_name
def test_every_column_has_a_heading(family: Folders, question: Question) -> None:
    columns = columns_of(question, asked(family, question))
    assert [column.variable for column in columns if column.variable not in headings()] == []
    assert columns


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_a_text(family: Folders, value: str) -> None:
    assert asked(family, named("projects-that-speak-of-a-word"), word=value).rows == ()


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("descent-of-a-plan", "plan"),
        ("links-that-await-review", "below"),
        ("contradictions-in-the-documents", "severity"),
    ],
)
def test_a_hostile_name_number_or_choice_is_refused(
    family: Folders, name: str, parameter: str, value: str
) -> None:
    with pytest.raises(CallError, match=f"^{parameter}: "):
        asked(family, named(name), **{parameter: value})


def test_a_hostile_text_that_is_shown_stays_a_text(family: Folders) -> None:
    question = named("projects-that-speak-of-a-word")
    store = Store.read_only(str(family.store.resolve()))
    for value in HOSTILE:
        bindings = asyncio.run(bind(Inside(family), question, {"word": value}))
        rows = store.query(spelled_out(question.query, bindings))
        assert isinstance(rows, QuerySolutions)
        assert list(rows) == []


def test_an_optional_parameter_that_is_not_given_means_all(family: Folders) -> None:
    question = named("departments-by-number-of-projects")
    assert len(asked(family, question, year="").rows) == 4
    assert len(asked(family, question, year="2022").rows) == 2


def test_a_parameter_has_its_default(family: Folders) -> None:
    question = named("contradictions-in-the-documents")
    assert asked(family, question, severity="").rows == asked(family, question, severity="Warning").rows
    assert len(asked(family, question, severity="Info").rows) == 1


def test_the_first_query_of_the_readme_is_a_question(built: Folders) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"'query=\n(.*?)'$", readme, re.DOTALL | re.MULTILINE)
    assert found
    question = named("figures-of-a-year")
    bindings = asyncio.run(bind(Inside(built), question, {"year": "令和4年度"}))
    assert found[1].strip() == f"{spelled_out(question.query, bindings).strip()} LIMIT 10"


def test_a_question_without_a_title_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "what.rq"
    file.write_text("# title@ja: 何\nASK {}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="no title in en"):
        read_question(file)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("# param: plan", "write: name type"),
        ("# param: plan castle required 城 | castle", "there is no type castle"),
        ("# param: severity one-of(none:Such) required 重さ | severity", "none"),
        ("# example: plan", "'plan' is no name=value"),
    ],
)
def test_a_line_that_cannot_be_read_is_an_error(line: str, what: str) -> None:
    with pytest.raises(DeclarationError, match=f"own.rq, line 2: .*{what}"):
        parse_question(f"# title@ja: 何\n{line}\nASK {{}}\n", "own", "own.rq")
