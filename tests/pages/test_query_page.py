"""The page of queries: it works without scripts, keeps the limits, and says where a query is wrong."""

from __future__ import annotations

import httpx
import pytest

from api.pages.query import chart_of
from graph_builder.namespaces import XSD
from sparql.asking import Table, Term
from tests.pages.reading import HTML, read, words

COUNT = "SELECT ?class (COUNT(?s) AS ?count) { ?s a ?class } GROUP BY ?class ORDER BY ?class LIMIT 5"
HOSTILE = 'SELECT ("<script>alert(1)</script>" AS ?x) (<javascript:alert(1)> AS ?y) {}'


def test_a_reader_without_a_query_gets_the_form_with_a_first_one(reader: httpx.Client) -> None:
    for path in ("/sparql", "/query"):
        tree = read(reader, path)
        assert "SELECT" in (tree.find(".//textarea").text or "")  # type: ignore[union-attr]
        assert tree.find(".//form[@class='query']").get("action") == "/query"  # type: ignore[union-attr]
        assert len(tree.findall(".//ul[@class='columns']/li")) >= 34


def test_the_result_is_a_table_with_links_and_the_same_as_data(reader: httpx.Client) -> None:
    tree = read(reader, f"/query?query={COUNT}")
    assert [words(head) for head in tree.findall(".//table[@class='answer']//th")] == ["class", "count"]
    assert len(tree.findall(".//table[@class='answer']/tbody/tr")) == 5
    data = [
        link.get("href", "") for link in tree.iter("a") if link.get("href", "").startswith("/sparql?query=")
    ]
    assert len(data) == 4
    assert reader.get(data[0]).headers["content-type"].startswith("text/csv")
    assert len(tree.findall(".//svg[@class='chart']//rect")) == 5


def test_a_graph_is_shown_as_turtle(reader: httpx.Client) -> None:
    tree = read(reader, "/query?query=CONSTRUCT WHERE { ?s a <https://w3id.org/keifu/ontology%23Law> }")
    assert "<https://w3id.org/keifu/id/jp/law/428AC1000000103>" in words(tree.find(".//pre[@class='graph']"))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_place_of_a_fault_is_marked(reader: httpx.Client, language: str) -> None:
    tree = read(reader, "/query?query=SELECT * {%0A ?s ?p oo }", 400, language)
    (mark,) = tree.findall(".//pre[@class='numbered']//mark")
    assert words(mark)
    assert words(tree.find(".//span[@class='is-wrong']")).startswith("2")  # type: ignore[arg-type]
    assert "?s ?p oo" in (tree.find(".//textarea").text or "")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 403),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
    ],
)
def test_a_stranger_stays_a_stranger(reader: httpx.Client, query: str, status: int) -> None:
    assert reader.get("/query", params={"query": query}, headers=HTML).status_code == status


def test_hostile_values_are_text(reader: httpx.Client) -> None:
    answer = reader.get("/query", params={"query": HOSTILE}, headers=HTML)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert 'href="javascript' not in answer.text


def test_only_the_first_rows_are_shown(real: httpx.Client) -> None:
    tree = read(real, "/query?query=SELECT ?s { ?s a ?class } LIMIT 1500")
    assert len(tree.findall(".//table[@class='answer']/tbody/tr")) == 1000
    assert "1500行" in words(tree)
    assert "はじめの部分だけ" in words(tree)


def test_a_question_opens_with_its_query(reader: httpx.Client) -> None:
    tree = read(reader, "/query?example=what-laws-mandate")
    assert "VALUES (?law)" in (tree.find(".//textarea").text or "")  # type: ignore[union-attr]
    assert len(tree.findall(".//table[@class='answer']/tbody/tr")) == 1
    assert reader.get("/query?example=none", headers=HTML).status_code == 404


def test_the_words_to_complete_are_our_prefixes_and_terms(reader: httpx.Client) -> None:
    record = reader.get("/query/words").json()
    assert record["prefixes"]["kf"] == "https://w3id.org/keifu/ontology#"
    assert {"kf:ProjectEntry", "kf:continues"} <= {term["name"] for term in record["terms"]}


def table(**columns: list[str | int]) -> Table:
    def term(value: str | int) -> Term:
        return Term(
            str(value), is_address=False, datatype=XSD.integer if isinstance(value, int) else XSD.string
        )

    rows = [dict(zip(columns, map(term, row), strict=True)) for row in zip(*columns.values(), strict=True)]
    return Table(tuple(columns), tuple(rows))


@pytest.mark.parametrize(
    ("given", "lies"),
    [
        (table(year=["2020", "2022"], count=[3, 4]), False),
        (table(year=["令和2年度", "令和4年度"], count=[3, 4]), False),
        (table(name=["甲", "乙"], count=[3, 4]), True),
        (table(name=["甲", "甲"], count=[3, 4]), None),
        (table(name=["甲", "乙"], count=[3, 4], other=[1, 2]), None),
        (table(name=["甲", "乙"], count=[-3, 4]), None),
        (table(name=["甲"], count=[3]), None),
        (table(name=[], count=[]), None),
        (table(name=["甲", "乙"], other=["丙", "丁"]), None),
    ],
)
def test_a_chart_stands_where_it_fits(given: Table, lies: bool | None) -> None:
    chart = chart_of(given)
    assert (chart.lies if chart else None) is lies
