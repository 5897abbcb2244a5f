"""Questions have titles in both languages, and an answer on the real graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from graph_builder.errors import DeclarationError
from graph_builder.folders import ROOT, Folders
from sparql.library import read_question, read_questions

QUESTIONS = read_questions(Folders.questions)


def test_there_are_questions() -> None:
    assert [question.name for question in QUESTIONS] == ["figures-of-a-year"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_an_answer(built: Folders, question: object) -> None:
    store = Store.read_only(str(built.store.resolve()))
    (asked,) = [each for each in QUESTIONS if each == question]
    answer = store.query(asked.query)
    assert isinstance(answer, QuerySolutions)
    assert len(list(answer)) == 10
    assert asked.title_ja
    assert asked.title_en


def test_the_first_query_of_the_readme_is_a_question() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"'query=\n(.*?)'$", readme, re.DOTALL | re.MULTILINE)
    assert found
    assert found[1].strip() == read_question(Folders.questions / "figures-of-a-year.rq").query.strip()


def test_a_question_without_a_title_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "what.rq"
    file.write_text("# title@ja: 何\nASK {}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="no title in en"):
        read_question(file)
