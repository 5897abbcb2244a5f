"""What is asked of whom: a plan is text, made on the tree, and says for each SERVICE what goes where."""

from __future__ import annotations

import json

import pytest

from sparql.federation.grouping import read_outline
from sparql.federation.plan import Plan
from sparql.federation.services import find_services
from sparql.policy import examine
from sparql.refusals import PartnersNeededError, Reason, RefusalError

BASE = "https://w3id.org/keifu/"
HERE = "<http://h/>"


def plan(text: str) -> Plan:
    with pytest.raises(PartnersNeededError) as needed:
        examine(text, BASE)
    record = json.loads(json.dumps(needed.value.as_record()))
    again = RefusalError.from_record(record)
    assert isinstance(again, PartnersNeededError)
    return Plan.from_record(again.plan)


def context(text: str, place: int = 0) -> tuple[str, str]:
    """The keys of a visit, and its context with earlier rows as (0), (1) and so on."""
    visit = plan(text).visits[place]
    pieces = [f"({piece})" if isinstance(piece, int) else piece for piece in visit.context]
    return " ".join(visit.keys), " ".join("".join(pieces).split())


def test_a_plan_has_the_address_in_full_and_the_pattern_without_comments() -> None:
    made = plan(
        "BASE <http://h/> PREFIX e: <sparql/> # one\nSELECT ?s FROM <https://w3id.org/keifu/graph/a> WHERE "
        "{ ?s ?p ?o . SERVICE SILENT e:query { ?s <p> ?x # SERVICE\n } }"
    )
    (visit,) = made.visits
    assert (visit.address, visit.silent) == ("http://h/sparql/query", True)
    assert visit.pattern == "{ ?s <p> ?x }"
    assert visit.variables == ("s", "x")
    assert made.prologue == "BASE <http://h/> PREFIX e: <sparql/>"
    assert made.dataset == "FROM <https://w3id.org/keifu/graph/a>"
    assert made.question(visit, [], 9) == (
        "BASE <http://h/> PREFIX e: <sparql/> SELECT DISTINCT ?s FROM <https://w3id.org/keifu/graph/a> WHERE "
        "{ ?s ?p ?o . {} }  LIMIT 9"
    )
    assert made.request(visit, "VALUES (?s) { (1) }", 9) == (
        "BASE <http://h/> PREFIX e: <sparql/> SELECT ?s ?x WHERE { VALUES (?s) { (1) } { ?s <p> ?x } } LIMIT 9"
    )
    assert made.filled(["VALUES (?s ?x) { }"]).endswith("{ ?s ?p ?o . VALUES (?s ?x) { } }")


@pytest.mark.parametrize(
    "endpoint",
    [r"<http://h/\u0061>", r"<\u0068ttp://h/a>", "<a>", "h:a", "<http://h/./a>", r"h:\u0061"],
)
def test_an_endpoint_is_known_by_its_address_however_it_is_spelled(endpoint: str) -> None:
    made = plan(f"BASE <http://h/> PREFIX h: <http://h/> ASK {{ SERVICE {endpoint} {{}} }}")
    assert made.visits[0].address in {"http://h/a", "http://h/./a"}


CONTEXTS = {
    "what is joined": (
        "?s <p> ?o . SERVICE <http://h/> { ?o <q> ?x } ?x <r> ?y",
        "o x",
        "{ ?s <p> ?o . {} ?x <r> ?y }",
    ),
    "groups, graphs, values, sub-queries": (
        "{ ?s <p> ?o } UNION { ?o <p> 1 } SERVICE <http://h/> { ?o <q> ?x } GRAPH ?g { ?o a 1 } VALUES ?o { 1 }"
        " { SELECT ?o { ?o <z> 1 } }",
        "o",
        "{ { ?s <p> ?o } UNION { ?o <p> 1 } {} GRAPH ?g { ?o a 1 } VALUES ?o { 1 } { SELECT ?o { ?o <z> 1 } } }",
    ),
    "OPTIONAL, MINUS and BIND before it, not behind it": (
        "?s <p> ?o OPTIONAL { ?s <q> ?x } MINUS { ?s <r> 1 } BIND(1 AS ?b) SERVICE <http://h/> { ?o <q> ?x }"
        " OPTIONAL { ?s <t> ?z } MINUS { ?s <u> 1 } BIND(2 AS ?c)",
        "o x",
        "{ ?s <p> ?o OPTIONAL { ?s <q> ?x } MINUS { ?s <r> 1 } BIND(1 AS ?b) {} }",
    ),
    "FILTER where its variables are bound in every row": (
        "FILTER(?o > 1) ?s <p> ?o OPTIONAL { ?s <q> ?z } SERVICE <http://h/> { ?o <q> ?x } FILTER(?z > 1)"
        " FILTER(?x > 1) FILTER NOT EXISTS { ?s <q> ?o }",
        "o",
        "{ FILTER(?o > 1) ?s <p> ?o OPTIONAL { ?s <q> ?z } {} }",
    ),
    "nothing that may differ the next time": (
        "?s <p> ?o BIND(RAND() AS ?r) OPTIONAL { ?s <q> ?z } { SELECT ?o { ?o <q> 1 } LIMIT 1 } FILTER(?o < now())"
        " ?s <r> ?x SERVICE <http://h/> { ?o <q> ?x }",
        "o x",
        "{ ?s <p> ?o ?s <r> ?x {} }",
    ),
    "the left side of OPTIONAL": (
        "?s <p> ?o OPTIONAL { ?o <q> ?y SERVICE <http://h/> { ?y <q> ?x } } ?x <r> 1",
        "y",
        "{ ?s <p> ?o { ?o <q> ?y {} } }",
    ),
    "nothing outside of a group with OPTIONAL": (
        "?z <r> ?x { ?s <p> ?o OPTIONAL { SERVICE <http://h/> { ?o <q> ?x } } } ?x <r> 1",
        "o",
        "{ ?s <p> ?o { {} } }",
    ),
    "the innermost of two OPTIONALs": (
        "?x <a> 1 OPTIONAL { ?s <p> ?o OPTIONAL { SERVICE <http://h/> { ?o <q> ?x } } }",
        "o",
        "{ ?s <p> ?o { {} } }",
    ),
    "both sides of UNION and nested groups": (
        "?s <p> ?o { { ?y a 1 } { SERVICE <http://h/> { ?o <q> ?y } } } UNION { ?o <n> 1 }",
        "o y",
        "{ ?s <p> ?o { { ?y a 1 } { {} } } }",
    ),
    "GRAPH on the way": (
        "GRAPH ?g { ?s <p> ?o SERVICE <http://h/> { ?o <q> ?g } }",
        "g o",
        "{ GRAPH ?g { ?s <p> ?o {} } }",
    ),
    "GRAPH around a sub-query, under another name": (
        "GRAPH ?g { { SELECT ?o { ?s <p> ?o SERVICE <http://h/> { ?o <q> ?g } } } }",
        "o",
        "{ GRAPH ?graph0 { ?s <p> ?o {} } }",
    ),
    "GRAPH around an OPTIONAL": (
        "GRAPH <g> { ?s <p> ?o OPTIONAL { SERVICE <http://h/> { ?o <q> ?x } } }",
        "o",
        "{ GRAPH <g> { ?s <p> ?o { {} } } }",
    ),
    "a sub-query for itself": (
        "?o <z> 1 { SELECT ?o { ?s <p> ?o SERVICE <http://h/> { ?o <q> ?x } } }",
        "o",
        "{ ?s <p> ?o {} }",
    ),
    "the left side of MINUS": (
        "?s <p> ?o MINUS { SERVICE <http://h/> { ?o <q> ?x } } ?s <r> ?x",
        "o",
        "{ ?s <p> ?o { {} } }",
    ),
    "no key that a row of the partner may leave open": (
        "?s <p> ?o ; <q> ?x SERVICE <http://h/> { ?o <q> 1 OPTIONAL { ?o <r> ?x } }",
        "o",
        "{ ?s <p> ?o ; <q> ?x {} }",
    ),
    "none without a common variable": ("?s <p> ?o SERVICE <http://h/> { ?x <q> ?y }", "", ""),
    "none inside EXISTS": ("?s <p> ?o FILTER EXISTS { ?s <q> ?y SERVICE <http://h/> { ?o <q> ?y } }", "", ""),
    "none for a pattern that may differ the next time": (
        "?s <p> ?o SERVICE <http://h/> { SELECT ?o { ?o <q> ?x } LIMIT 3 }",
        "",
        "",
    ),
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_context_keeps(name: str) -> None:
    pattern, keys, pieces = CONTEXTS[name]
    assert context(f"SELECT * {{ {pattern} }}") == (keys, pieces)


def test_a_later_visit_uses_the_rows_of_an_earlier_one_and_not_the_reverse() -> None:
    text = (
        "SELECT * { ?s <p> ?o SERVICE <http://h/> { ?o <q> ?x } OPTIONAL { SERVICE <http://i/> { ?x <q> ?y } }"
        " ?s <r> ?t { SERVICE <http://j/> { ?t <q> ?o } } }"
    )
    assert context(text, 0) == ("o", "{ ?s <p> ?o {} ?s <r> ?t }")
    assert context(text, 1) == ("x", "{ ?s <p> ?o (0) { {} } }")
    assert context(text, 2) == ("o t", "{ ?s <p> ?o (0) OPTIONAL { (1) } ?s <r> ?t { {} } }")
    made = plan(text)
    assert made.filled(["A", "B", "C"]) == ("SELECT * { ?s <p> ?o A OPTIONAL { B } ?s <r> ?t { C } }")


def test_a_pattern_without_variables_is_counted() -> None:
    made = plan("ASK { SERVICE <http://h/> { <a> <b> <c> } }")
    assert made.request(made.visits[0], "", 5) == "SELECT (1 AS ?row) WHERE {  { <a> <b> <c> } } LIMIT 5"


FORBIDDEN = [
    ("SELECT * { VALUES ?g { <http://h/> } SERVICE ?g { ?s ?p ?o } }", "variable"),
    ("SELECT * { SERVICE SILENT $g { ?s ?p ?o } }", "variable"),
    ("SELECT * FROM <http://h/> { SERVICE <http://h/> { ?s ?p ?o } }", "graph"),
]


@pytest.mark.parametrize(("text", "word"), FORBIDDEN)
def test_what_no_plan_can_allow_is_forbidden(text: str, word: str) -> None:
    with pytest.raises(RefusalError, match=word) as refused:
        examine(text, BASE)
    assert refused.value.reason is Reason.FORBIDDEN
    assert not isinstance(refused.value, PartnersNeededError)


NESTED = [
    "SELECT * { SERVICE <http://h/> { SERVICE <http://h/> { ?s ?p ?o } } }",
    "SELECT * { SERVICE <http://h/> { OPTIONAL { { SELECT * { SERVICE <http://i/> {} } } } } }",
    "SELECT * { SERVICE <http://h/> { FILTER EXISTS { SERVICE <http://i/> {} } } }",
]


@pytest.mark.parametrize("text", NESTED)
def test_a_service_inside_a_service_has_no_plan(text: str) -> None:
    with pytest.raises(RefusalError, match="SERVICE inside a SERVICE") as refused:
        examine(text, BASE)
    assert not isinstance(refused.value, PartnersNeededError)
    assert [service.is_nested for service in find_services(read_outline(text))] == [False, True]


def test_the_number_of_cases() -> None:
    assert (len(CONTEXTS), len(FORBIDDEN)) == (18, 3)
