"""What of a stranger's query may be sent to another engine."""

from __future__ import annotations

import pytest

from sparql.refusals import Reason, RefusalError
from sparql.remote.examining import for_elsewhere

BASE = "https://w3id.org/keifu/"


def is_here(graph: str) -> bool:
    return graph.startswith(f"{BASE}graph/")


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("ASK {} # SERVICE", "ASK {}  "),
        ("ASK # one\r{ # two\n}", "ASK  \n{  \n}"),
        ("ASK { ?s ?p '<bif:x> # \\'' }", "ASK { ?s ?p '<bif:x> # \\'' }"),
        ("ASK { <\\u0061> ?p ?o }", f"ASK {{ <{BASE}a> ?p ?o }}"),
        (
            "BASE <http://e/a/> ASK { <b> ?p <../c> }",
            "BASE <http://e/a/> ASK { <http://e/a/b> ?p <http://e/c> }",
        ),
        (
            "BASE #\n <http://e/a#x> ASK { <#b> ?p ?o }",
            "BASE  \n <http://e/a#x> ASK { <http://e/a#b> ?p ?o }",
        ),
        ("PREFIX b: <bi> ASK { ?s b:f:x ?o }", f"PREFIX b: <{BASE}bi> ASK {{ ?s b:f:x ?o }}"),
        ("PREFIX : <#> ASK { ?s :x 1 }", f"PREFIX : <{BASE}#> ASK {{ ?s :x 1 }}"),
    ],
)
def test_a_text_is_plain(text: str, sent: str) -> None:
    assert for_elsewhere(text, BASE, is_here) == sent


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX bif: <bif:> ASK { FILTER(bif:rand(2)) }",
        "ASK { FILTER(<BIF:rand>(2)) }",
        "ASK { FILTER(<b\\u0069f:rand>(2)) }",
        "BASE <sql:> ASK { FILTER(<rand>(2)) }",
        "ASK { ?s <LONG::bif:rand> ?o }",
        "SELECT * FROM <file:///etc/passwd> {}",
        "ASK { SERVICE <http://127.0.0.1/> {} }",
    ],
)
def test_what_belongs_to_one_engine_or_to_a_file_is_forbidden(text: str) -> None:
    with pytest.raises(RefusalError) as caught:
        for_elsewhere(text, BASE, is_here)
    assert caught.value.reason is Reason.FORBIDDEN


@pytest.mark.parametrize("text", ["ASK { ?s ?p '\\u005Cu0027' }", "ASK { ?s ?p '\\uD800' }"])
def test_an_escape_that_stays_one_is_malformed(text: str) -> None:
    with pytest.raises(RefusalError) as caught:
        for_elsewhere(text, BASE, is_here)
    assert caught.value.reason is Reason.MALFORMED
