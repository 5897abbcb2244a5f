"""Terms as plain Python and as column expressions: the same on every string, and read back by two parsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from graph_builder.namespaces import XSD
from graph_builder.rml import term_columns, terms
from graph_builder.rml.datatypes import LEXICAL_FORMS

anything = st.text(st.characters(exclude_categories=["Cs"]))
awkward = st.text(st.sampled_from('\0\x01\b\t\n\f\r\x7f\x85 "\\%+*~/é計\ue000\ufffe\uffff😀\U000e0001'))

Column = Callable[[ir.StringValue], ir.StringValue]
RULES: dict[str, tuple[Callable[[str], str], Column]] = {
    "iri_safe": (terms.iri_safe, term_columns.iri_safe_column),
    "uri_safe": (terms.uri_safe, term_columns.uri_safe_column),
    "escaped": (terms.escaped, term_columns.escaped_column),
}


@pytest.fixture(scope="module")
def on_columns() -> Iterator[Callable[[str, list[str]], list[str]]]:
    """Run the column form of a rule on a list of texts."""
    connection = ibis.duckdb.connect(threads=1)
    texts = ibis.table({"place": "int64", "text": "string"}, name="texts")
    queries = {
        name: connection.compile(texts.select(texts.place, made=column(texts.text)).order_by("place"))
        for name, (_, column) in RULES.items()
    }

    def run(name: str, given_texts: list[str]) -> list[str]:
        table = pa.table({"place": range(len(given_texts)), "text": pa.array(given_texts, pa.string())})
        connection.con.register("texts", table)
        return [made for _, made in connection.con.execute(queries[name]).fetchall()]

    yield run
    connection.disconnect()


@pytest.mark.parametrize("name", RULES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(anything | awkward))
def test_the_column_form_of_a_rule_agrees_with_its_python_form(
    on_columns: Callable[[str, list[str]], list[str]], name: str, texts: list[str]
) -> None:
    assert on_columns(name, texts) == [RULES[name][0](text) for text in texts]


@pytest.mark.parametrize("name", RULES)
def test_the_two_forms_agree_on_every_character(
    on_columns: Callable[[str, list[str]], list[str]], name: str
) -> None:
    characters = [chr(n) for n in range(0x30000) if not 0xD800 <= n < 0xE000]
    characters += [chr((n << 16) + m) for n in range(3, 17) for m in (0, 1, 0xFFF, 0x1000, 0xFFFD, 0xFFFE)]
    assert on_columns(name, characters) == [RULES[name][0](character) for character in characters]


@pytest.mark.parametrize(
    ("text", "iri_safe", "uri_safe"),
    [
        # The table of RML-Core, section IRI encoding.
        ("42", "42", "42"),
        ("Hello World!", "Hello%20World%21", "Hello%20World%21"),
        ("2011-08-23T22:17:00Z", "2011-08-23T22%3A17%3A00Z", "2011-08-23T22%3A17%3A00Z"),
        ("~A_17.1-2¢", "~A_17.1-2¢", "~A_17.1-2%C2%A2"),
        ("Zoë Krüger", "Zoë%20Krüger", "Zo%C3%AB%20Kr%C3%BCger"),
        # Japanese letters stay; private characters (gaiji) do not.
        ("令和4年度", "令和4年度", "%E4%BB%A4%E5%92%8C4%E5%B9%B4%E5%BA%A6"),
        ("\ue000", "%EE%80%80", "%EE%80%80"),
    ],
)
def test_values_are_made_safe_by_the_rule_of_rml(text: str, iri_safe: str, uri_safe: str) -> None:
    assert (terms.iri_safe(text), terms.uri_safe(text)) == (iri_safe, uri_safe)


@given(anything | awkward)
def test_a_safe_value_makes_an_iri(text: str) -> None:
    iri = f"https://example.org/{terms.iri_safe(text)}"
    assert terms.is_iri(iri)
    (quad,) = ox.parse(f"<{iri}> <a:p> <a:o> .", format=ox.RdfFormat.N_QUADS)
    assert quad.subject == ox.NamedNode(iri)


def accepted(iri: str) -> bool:
    """Whether a strict parser takes the IRI."""
    try:
        return bool(list(ox.parse(f"<{iri}> <a:p> <a:o> .", format=ox.RdfFormat.N_QUADS)))
    except SyntaxError:
        return False


URL = st.text(st.sampled_from("ahx:/?#[]@!$&'()*+,;=%41. é計\ue000\"<>\\^`{|}\t"))


@given(st.sampled_from(["", "http://a/", "http:", "urn:a:", "http://a", "http://a?"]), URL | anything)
@example("http://", "[::1]:80/")
@example("http://", "a:b/")
@example("http://a", "@@")
@example("http://a/", "%4")
def test_an_iri_is_what_a_strict_parser_takes(start: str, rest: str) -> None:
    iri = start + rest
    if terms.is_iri(iri):
        assert accepted(iri)
    elif "\\" not in iri and ">" not in iri and "[" not in iri:
        assert not accepted(iri)


@given(anything | awkward)
@example("\\u0041")
@example('"@ja')
def test_an_escaped_literal_is_read_back_by_two_parsers(text: str) -> None:
    line = f'<a:s> <a:p> "{terms.escaped(text)}" .\n'
    assert line.count("\n") == 1
    assert "\x01" not in line
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert quad.object == ox.Literal(text)
    graph = rdflib.Graph().parse(data=line, format="nt")
    assert [str(item) for item in graph.objects()] == [text]


@given(anything | awkward)
def test_literals_have_the_escapes_of_canonical_n_quads(text: str) -> None:
    line = f'<a:s> <a:p> "{terms.escaped(text)}" .\n'
    quad = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(text))
    dataset = ox.Dataset([quad])
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert line == f"{next(iter(dataset))} .\n"


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_form_on_spark(name: str) -> None:
    texts = ibis.table({"text": "string"}, name="texts")
    query = PySparkCompiler().to_sqlglot(texts.select(made=RULES[name][1](texts.text))).sql("spark")
    assert "`texts`" in query


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("boolean", ["true", "0"], ["TRUE", "yes", ""]),
        ("integer", ["0", "-05", "+12"], ["1.0", "１２", "1,000", "1\n"]),
        ("decimal", ["48.2", ".5", "-1"], ["48.2%", "1E3", "."]),
        ("double", ["1.0E3", "INF", "NaN"], ["inf", "E3"]),
        ("date", ["2022-04-01", "2022-04-01Z"], ["2022-13-01", "2022/04/01", "2022-4-1"]),
        ("time", ["23:59:59.5", "24:00:00"], ["24:00:01", "9:00:00"]),
        ("dateTime", ["2022-04-01T00:00:00+09:00"], ["2022-04-01", "2022-04-01 00:00:00"]),
        ("gYear", ["2022", "-0044"], ["令和4", "22", "02022"]),
        ("gYearMonth", ["2022-04"], ["2022-4", "2022-00"]),
        ("hexBinary", ["", "0aFF"], ["0", "xx"]),
    ],
)
def test_a_datatype_takes_its_lexical_forms_only(datatype: str, good: list[str], bad: list[str]) -> None:
    connection = ibis.duckdb.connect(threads=1)
    form = LEXICAL_FORMS[XSD[datatype]]
    query = connection.compile(ibis.table({"t": "string"}, name="x").select(r=ibis._.t.re_search(form)))
    connection.con.register("x", pa.table({"t": good + bad}))
    found = [matched for (matched,) in connection.con.execute(query).fetchall()]
    connection.disconnect()
    assert found == [True] * len(good) + [False] * len(bad)
    assert len(LEXICAL_FORMS) == 10
