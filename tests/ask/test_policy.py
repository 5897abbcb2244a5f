"""What a stranger's query may do is decided on the parsed query."""

from __future__ import annotations

import pytest

from sparql.policy import examine, is_update
from sparql.refusals import Reason, RefusalError


def is_here(graph: str) -> bool:
    return graph.startswith("https://w3id.org/keifu/graph/")


ALLOWED = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://h/> {}' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://h/> {}",
    "SELECT ?service { ?service ?p <http://h/service> }",
    "PREFIX kf: <https://w3id.org/keifu/ontology#> SELECT * { ?s kf:from ?from ; kf:service 1 }",
    r"SELECT * { ?s ?p '\u3042' }",
    "SELECT * FROM <https://w3id.org/keifu/graph/a> FROM NAMED <https://w3id.org/keifu/graph/b> { ?s ?p ?o }",
    "PREFIX g: <https://w3id.org/keifu/graph/> SELECT * FROM g:small { ?s ?p ?o }",
    "BASE <https://w3id.org/keifu/> SELECT * FROM <graph/small> { ?s ?p ?o }",
]
FORBIDDEN = [
    "SELECT * { SERVICE <http://h/> { ?s ?p ?o } }",
    "select * { service silent ?x { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <http://h/> { ?s ?p ?o } }",
    r"SELECT * { \U00000053ERVICE <http://h/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o # a comment\rSERVICE <http://h/> { ?s ?p ?o } \n}",
    r"SELECT * { ?s ?p ?o # a comment\u000ASERVICE <http://h/> { ?s ?p ?o } " + "\n}",
    "SELECT * { FILTER NOT EXISTS { OPTIONAL { SERVICE <http://h/> { ?s ?p ?o } } } }",
    "SELECT * { { SELECT * { { ?s ?p ?o } UNION { SERVICE <http://h/> { ?s ?p ?o } } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { SERVICE <http://h/> { ?s ?p ?o } } }",
    "ASK { MINUS { SERVICE <http://h/> { ?s ?p ?o } } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1/x> { ?s ?p ?o }",
    "PREFIX e: <http://e/> SELECT * FROM e:x { ?s ?p ?o }",
]
MALFORMED = [
    r"SELECT * { \u005Cu0053ERVICE <http://h/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://h/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://h/> { ?s ?p ?o } }",
    "SELECT * { LATERAL { SERVICE <http://h/> { ?s ?p ?o } } }",
    r"ASK { ?s ?p '\uD800' }",
    "SELECT * { " + "{" * 5000 + " SERVICE <http://h/> {} " + "}" * 5000 + "}",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_what_only_looks_forbidden_is_allowed(text: str) -> None:
    assert examine(text, is_here) == text


@pytest.mark.parametrize("text", FORBIDDEN)
def test_service_and_foreign_graphs_are_forbidden(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        examine(text, is_here)
    assert refused.value.reason is Reason.FORBIDDEN


@pytest.mark.parametrize("text", MALFORMED)
def test_a_suspicious_query_that_cannot_be_parsed_is_refused(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        examine(text, is_here)
    assert refused.value.reason is Reason.MALFORMED


def test_escapes_cannot_be_nested_without_end() -> None:
    with pytest.raises(RefusalError, match="nested too deeply"):
        examine("ASK {} #" + r"\u005C" + "u005C" * 10 + "u0053", is_here)


def test_the_engine_gets_the_text_that_was_parsed() -> None:
    assert examine("SELECT * { ?s ?p 'service' }\r\n#\r#", is_here) == "SELECT * { ?s ?p 'service' }\n#\n#"


def test_the_number_of_queries_tried() -> None:
    assert (len(ALLOWED), len(FORBIDDEN), len(MALFORMED)) == (9, 13, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT DATA { <http://a> <http://b> 1 }", True),
        ("LOAD <http://h/>", True),
        ("DELETE WHERE { ?s ?p ?o }", True),
        ("INSERT nonsense", False),
        ("SELECT * {", False),
    ],
)
def test_an_update_is_recognised(text: str, *, expected: bool) -> None:
    assert is_update(text) is expected
