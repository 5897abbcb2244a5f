"""The tokens of a query: code is told apart from texts, comments and addresses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rdflib.plugins.sparql import parser

from graph_builder.folders import Folders
from sparql.library import read_questions
from sparql.tokens import Kind, Token, form, has_dataset, joined, tokens, without_gaps

TOKENS = [
    ("<http://h/SERVICE>", Kind.IRI),
    ('"SERVICE <http://h/> {"', Kind.TEXT),
    ('"a\\"b{"', Kind.TEXT),
    ("'''it's\n{ '' \\''' }'''", Kind.TEXT),
    ('"""\n" "" \\""""', Kind.TEXT),
    ('""', Kind.TEXT),
    ("?service", Kind.VARIABLE),
    ("$service", Kind.VARIABLE),
    ("?計画、一", Kind.VARIABLE),
    ("service:a", Kind.NAME),
    (":SERVICE", Kind.NAME),
    ("from-a.service:", Kind.NAME),
    ("_:service", Kind.NAME),
    ("ex:a\\(b.c", Kind.NAME),
    ("ex:%7Ba:b", Kind.NAME),
    ("@ja-Hira", Kind.LANGUAGE),
    ("1.5e-3", Kind.NUMBER),
    ("1.e3", Kind.NUMBER),
    (".5", Kind.NUMBER),
    ("SERVICE", Kind.WORD),
    ("a", Kind.WORD),
    ("&&", Kind.MARK),
    ("^^", Kind.MARK),
    ("!=", Kind.MARK),
    ("{", Kind.MARK),
]
GAPS = [" ", "\n", "\r", "\t ", " # SERVICE <http://canary/> {\n", "#}{\r", "\n#'\"\n", "#\n#SERVICE\r\n"]


@pytest.mark.parametrize(("text", "kind"), TOKENS)
def test_a_token_is_one_and_of_its_kind(text: str, kind: Kind) -> None:
    assert list(tokens(text)) == [Token(kind, text, 0)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s a 'it''s' }", ["ASK", "{", "?s", "a", "'it'", "'s'", "}"]),
        ('"a\\"# <x> ?y" # "b"', ['"a\\"# <x> ?y"', '# "b"']),
        ('"""a" ""b\n?c"""?d', ['"""a" ""b\n?c"""', "?d"]),
        ('"""a"?b', ['""', '"a"', "?b"]),
        ("?a<?b && ?c>$d", ["?a", "<", "?b", "&&", "?c", ">", "$d"]),
        ("<http://e/#a>#b\r?c", ["<http://e/#a>", "#b", "?c"]),
        ("kf:a/^kf:b-c\\#d?", ["kf:a", "/", "^", "kf:b-c\\#d", "?"]),
        ("?名前 :x _:b 1.5e3", ["?名前", ":x", "_:b", "1.5e3"]),
        ("SELECT*FROM<g>", ["SELECT", "*", "FROM", "<g>"]),
        ("1e5FROM 1.e:f 1.?s", ["1e5", "FROM", "1", ".", "e:f", "1", ".", "?s"]),
        ("a.b.:c a-b.c:d. :e.", ["a", ".", "b", ".", ":c", "a-b.c:d", ".", ":e", "."]),
        ("a:-1 ex:a\\{b", ["a:", "-", "1", "ex:a", "\\", "{", "b"]),
    ],
)
def test_a_query_has_its_tokens(query: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(query) if token.kind is not Kind.SPACE] == expected


@given(some.text(alphabet="\"'\\<>?#{} \r\nab:.-_1e@é、", max_size=60) | some.text())
def test_every_character_is_in_a_token(query: str) -> None:
    found = list(tokens(query))
    assert "".join(token.text for token in found) == query
    assert [query[token.start : token.end] for token in found] == [token.text for token in found]


@given(some.lists(some.tuples(some.sampled_from(TOKENS), some.sampled_from(GAPS))))
def test_no_gap_and_no_neighbour_hides_a_token(parts: list[tuple[tuple[str, Kind], str]]) -> None:
    query = "".join(text + gap for (text, _), gap in parts)
    assert [(token.text, token.kind) for token in without_gaps(query)] == [token for token, _ in parts]
    assert joined(without_gaps(query)) == " ".join(text for (text, _), _ in parts)


@given(some.text(alphabet="?#{} \r\nab:.-_1e@é、", max_size=60))
def test_what_is_joined_has_the_same_tokens(query: str) -> None:
    kept = without_gaps(query)
    again = without_gaps(joined(kept))
    assert [(token.kind, token.text) for token in again] == [(token.kind, token.text) for token in kept]


@given(some.text(min_size=1))
def test_a_variable_has_the_name_that_a_parser_reads(text: str) -> None:
    expected = parser.VARNAME.re.match(text)
    assert next(tokens(f"?{text}")).variable == (expected[0] if expected else "")


@pytest.mark.parametrize("word", ["ſERVICE", "SERVıCE", "FRO\N{COMBINING ACUTE ACCENT}M"])
def test_only_plain_letters_make_a_keyword(word: str) -> None:
    assert not any(token.keyword in {"SERVICE", "FROM"} for token in tokens(word))


@pytest.mark.parametrize(
    "piece", ["a.", "a-", '"\\"', '"""\\"', "<a", "a:.", "\"'", "'''\"\"\"\n", "@a-", "1.e", "_:a.", "é"]
)
def test_a_strange_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    start = time.perf_counter()
    assert sum(len(token.text) for token in tokens(piece * 100_000)) == len(piece) * 100_000
    assert time.perf_counter() - start < 30, "a text looked through again at each token takes an hour"


def test_a_form_and_a_dataset_are_keywords_and_nothing_else() -> None:
    assert form("PREFIX ask: <http://e/SELECT> # ASK\ncOnstruct {} { ?SELECT ?x 'ASK' }") == "CONSTRUCT"
    assert has_dataset("SELECT * from <http://e/g> {}")
    assert not has_dataset("SELECT ?from { ?from kf:from 'FROM' # FROM\n }")
    assert {form(question.query) for question in read_questions(Folders.questions)} == {"SELECT"}


def test_text_is_joined_without_its_comments_and_nothing_fuses() -> None:
    text = "?a-1 # SERVICE\n<http://h/#x>\t'#'@ja^^:b.?c/:d?  \n {}"
    assert joined(without_gaps(text)) == "?a-1 <http://h/#x> '#'@ja^^:b.?c/:d? {}"
