"""Strangers' queries on an endpoint of somebody else: the same answers, and nothing that only it knows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, parse

from api.settings import Settings
from graph_builder.folders import Folders
from sparql.protocol import GRAPH_FORMATS, RESULT_FORMATS, Format, Query
from sparql.refusals import Reason, RefusalError
from tests.serve.endpoints import SETTINGS, asking, body, free_port, inside
from tests.serve.running import BASE

PLAN = f"{BASE}id/070009/plan/digital-plan-2022"
ENTRIES = """PREFIX kf: <https://w3id.org/keifu/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?entry ?name ?line WHERE {
  ?entry a kf:ProjectEntry ; skos:prefLabel ?name ; kf:evidence/kf:startLine ?line
} ORDER BY ?entry ?line LIMIT 100"""
DESCRIBED = f"CONSTRUCT WHERE {{ <{PLAN}> ?property ?value }}"
STATEMENTS = "SELECT (COUNT(*) AS ?count) WHERE { ?subject ?property ?value }"
IN_GRAPHS = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?property ?value } }"


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_a_strangers_table_has_the_same_bytes_everywhere(
    oxigraph: Settings, virtuoso: Settings, family: Folders, built: Folders, form: Format
) -> None:
    query = Query(ENTRIES, table=form)
    for settings, folders in ((oxigraph, family), (virtuoso, built)):
        for asked in (query, Query("ASK { ?s ?p ?o }", table=form)):
            assert body(asking(settings, asked)[0]) == inside(folders, asked).body


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_strangers_graph_is_the_same_graph_everywhere(
    oxigraph: Settings, virtuoso: Settings, family: Folders, built: Folders, form: Format
) -> None:
    syntaxes = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}
    syntax = {**syntaxes, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}[form.syntax]
    query = Query(DESCRIBED, graph=form)
    for settings, folders in ((oxigraph, family), (virtuoso, built)):
        found = {str(quad) for quad in parse(body(asking(settings, query)[0]), syntax)}
        expected = {str(quad) for quad in parse(inside(folders, query).body, syntax)}
        assert found == expected != set()


@pytest.mark.parametrize("graph", ["report", "proposals"])
def test_a_stranger_may_name_the_graphs(oxigraph: Settings, virtuoso: Settings, graph: str) -> None:
    name = f"{BASE}graph/{graph}"
    from_text = STATEMENTS.replace("WHERE", f"FROM <{name}> WHERE")
    for settings in (oxigraph, virtuoso):
        outcomes = asking(
            settings,
            Query(f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"),
            Query(STATEMENTS, default_graphs=(name,)),
            Query(from_text),
            Query(IN_GRAPHS, default_graphs=(name,), named_graphs=(name,)),
        )
        counts = [json.loads(body(each))["results"]["bindings"][0]["count"]["value"] for each in outcomes]
        assert len(set(counts)) == 1
        assert int(counts[0]) > 0


REFUSED = {
    "SERVICE": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", Reason.FORBIDDEN),
    "SERVICE in a comment with an escape": (
        "SELECT * { # \\u000A SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }\n }",
        Reason.FORBIDDEN,
    ),
    "FROM of somebody else": ("SELECT * FROM <http://127.0.0.1:9/g> { ?s ?p ?o }", Reason.FORBIDDEN),
    "an update": ("DROP ALL", Reason.FORBIDDEN),
    "an update after a query": ("ASK {} ; DROP ALL", Reason.MALFORMED),
    "a directive of one engine": ('define get:soft "replace" ASK {}', Reason.MALFORMED),
    "a function of one engine": (
        "PREFIX bif: <bif:> SELECT (bif:file_to_string('/etc/passwd') AS ?x) {}",
        Reason.FORBIDDEN,
    ),
    "a function in an escape": ("SELECT (<\\u0062if:rand>(9) AS ?x) {}", Reason.FORBIDDEN),
    "a function below a base": ("BASE <SQL:> SELECT (<rand>(9) AS ?x) {}", Reason.FORBIDDEN),
    "an escape of an escape": ("ASK { ?s ?p '\\u005Cu0027' }", Reason.MALFORMED),
    "a syntax error": ("SELECT * {", Reason.MALFORMED),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_stranger_may_not_do_is_not_sent(case: str) -> None:
    text, reason = REFUSED[case]
    (outcome,) = asking(replace(SETTINGS, endpoint=f"http://127.0.0.1:{free_port()}/"), Query(text))
    assert isinstance(outcome, RefusalError)
    assert outcome.reason is reason


def test_eleven_refusals_are_tried() -> None:
    assert len(REFUSED) == 11


def test_what_looks_forbidden_in_a_text_or_a_comment_is_sent(oxigraph: Settings, virtuoso: Settings) -> None:
    text = """SELECT ?x # SERVICE <bif:x> {}
    { BIND('''it's "SERVICE" <bif:y> # FROM''' AS ?x) FILTER(?x != "\\\\") } # end"""
    for settings in (oxigraph, virtuoso):
        record = json.loads(body(asking(settings, Query(text))[0]))
        assert record["results"]["bindings"][0]["x"]["value"] == """it's "SERVICE" <bif:y> # FROM"""


def test_the_limits_of_virtuoso_are_seen(virtuoso: Settings) -> None:
    many = Query("SELECT ?s WHERE { ?s ?p ?o }")
    long = Query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }")
    first, second = asking(replace(virtuoso, query_seconds=3.0), many, long)
    assert isinstance(first, RefusalError)
    assert (first.reason, first.problem.what) == (
        Reason.TOO_MUCH,
        "the endpoint gives no more than 10000 rows",
    )
    assert isinstance(second, RefusalError)
    assert second.reason is Reason.OUT_OF_TIME
