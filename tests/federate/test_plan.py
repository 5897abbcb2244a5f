"""What is asked of whom: a plan is text, made on the tree, and says for each SERVICE what goes where."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from sparql.federation.plan import Plan
from sparql.policy import examine
from sparql.refusals import PartnersNeededError, Reason, RefusalError

BASE = "https://w3id.org/keifu/"


def is_here(graph: str) -> bool:
    return graph.startswith(f"{BASE}graph/")


def plan(text: str) -> Plan:
    with pytest.raises(PartnersNeededError) as needed:
        examine(text, is_here)
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
        "BASE <http://h/> PREFIX e: <sparql/> "
        "SELECT ?s ?x WHERE { VALUES (?s) { (1) } { ?s <p> ?x } } LIMIT 9"
    )
    assert made.filled(["VALUES (?s ?x) { }"]).endswith("{ ?s ?p ?o . VALUES (?s ?x) { } }")


@pytest.mark.parametrize(
    "endpoint",
    [r"<http://h/\u0061>", r"<\u0068ttp://h/a>", "<a>", "h:a", "<http://h/./a>", r"h:\u0061"],
)
def test_an_endpoint_is_known_by_its_address_however_it_is_spelled(endpoint: str) -> None:
    made = plan(f"BASE <http://h/> PREFIX h: <http://h/> ASK {{ SERVICE {endpoint} {{}} }}")
    assert made.visits[0].address in {"http://h/a", "http://h/./a"}


CONTEXTS = tomllib.loads(Path(__file__).with_name("contexts.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_context_keeps(name: str) -> None:
    case = CONTEXTS[name]
    assert context(f"SELECT * {{ {case['pattern']} }}") == (case["keys"], case["context"])


def test_a_later_visit_uses_the_rows_of_an_earlier_one_and_not_the_reverse() -> None:
    text = (
        "SELECT * { ?s <p> ?o SERVICE <http://h/> { ?o <q> ?x }"
        " OPTIONAL { SERVICE <http://i/> { ?x <q> ?y } } ?s <r> ?t { SERVICE <http://j/> { ?t <q> ?o } } }"
    )
    assert context(text, 0) == ("o", "{ ?s <p> ?o {} {} ?s <r> ?t {} }")
    assert context(text, 1) == ("x", "{ ?s <p> ?o (0) { {} } {} {} }")
    assert context(text, 2) == ("o t", "{ ?s <p> ?o (0) OPTIONAL { (1) } ?s <r> ?t { {} } }")
    made = plan(text)
    assert made.filled(["A", "B", "C"]) == ("SELECT * { ?s <p> ?o A OPTIONAL { B } ?s <r> ?t { C } }")


def test_a_sign_of_number_in_an_address_starts_no_comment() -> None:
    made = plan("PREFIX e: <http://e/#> SELECT * { ?s e:p ?o SERVICE <http://h/#a> { ?o <http://e/#q> ?x } }")
    assert made.visits[0].address == "http://h/#a"
    assert made.visits[0].keys == ("o",)


def test_a_pattern_without_variables_is_counted() -> None:
    made = plan("ASK { SERVICE <http://h/> { <a> <b> <c> } }")
    assert made.request(made.visits[0], "", 5) == "SELECT (1 AS ?row) WHERE {  { <a> <b> <c> } } LIMIT 5"


FORBIDDEN = [
    ("SELECT * { VALUES ?g { <http://h/> } SERVICE ?g { ?s ?p ?o } }", "variable"),
    ("SELECT * { SERVICE SILENT $g { ?s ?p ?o } }", "variable"),
    ("SELECT * { SERVICE <http://h/> { SERVICE <http://h/> { ?s ?p ?o } } }", "inside"),
    ("SELECT * { SERVICE <http://h/> { OPTIONAL { { SELECT * { SERVICE <http://i/> {} } } } } }", "inside"),
    ("SELECT * { SERVICE <http://h/> { FILTER EXISTS { SERVICE <http://i/> {} } } }", "inside"),
    ("SELECT * FROM <http://h/> { SERVICE <http://h/> { ?s ?p ?o } }", "graph"),
]


@pytest.mark.parametrize(("text", "word"), FORBIDDEN)
def test_what_no_plan_can_allow_is_forbidden(text: str, word: str) -> None:
    with pytest.raises(RefusalError, match=word) as refused:
        examine(text, is_here)
    assert refused.value.reason is Reason.FORBIDDEN
    assert not isinstance(refused.value, PartnersNeededError)


def test_the_number_of_cases() -> None:
    assert (len(CONTEXTS), len(FORBIDDEN)) == (19, 6)
