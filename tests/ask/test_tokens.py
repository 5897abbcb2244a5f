"""The tokens of a query: code is told apart from texts, comments and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graph_builder.folders import Folders
from sparql.library import read_questions
from sparql.tokens import Kind, form, has_dataset, tokens


def kinds(query: str) -> list[tuple[str, str]]:
    return [(token.kind.name, token.text) for token in tokens(query) if token.kind is not Kind.SPACE]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s a 'it''s' }", ["ASK", "{", "?s", "a", "'it'", "'s'", "}"]),
        ('"a\\"# <x> ?y" # "b"', ['"a\\"# <x> ?y"', '# "b"']),
        ('"""a" ""b\n?c"""?d', ['"""a" ""b\n?c"""', "?d"]),
        ("?a<?b && ?c>$d", ["?a", "<", "?b", "&", "&", "?c", ">", "$d"]),
        ("<http://e/#a>#b\r?c", ["<http://e/#a>", "#b", "?c"]),
        ("kf:a/^kf:b-c\\#d?", ["kf:a", "/", "^", "kf:b-c\\#d", "?"]),
        ("?名前 :x _:b 1.5e3", ["?名前", ":x", "_:b", "1", ".", "5", "e3"]),
        ("SELECT*FROM<g>", ["SELECT", "*", "FROM", "<g>"]),
    ],
)
def test_a_query_has_its_tokens(query: str, expected: list[str]) -> None:
    assert [text for _, text in kinds(query)] == expected


@given(some.text(alphabet="\"'\\<>?#{} \nab:$", max_size=60))
def test_every_character_is_in_a_token(query: str) -> None:
    assert "".join(token.text for token in tokens(query)) == query


def test_a_form_and_a_dataset_are_keywords_and_nothing_else() -> None:
    assert form("PREFIX ask: <http://e/SELECT> # ASK\ncOnstruct {} { ?SELECT ?x 'ASK' }") == "CONSTRUCT"
    assert has_dataset("SELECT * from <http://e/g> {}")
    assert not has_dataset("SELECT ?from { ?from kf:from 'FROM' # FROM\n }")
    assert {form(question.query) for question in read_questions(Folders.questions)} == {"SELECT"}
