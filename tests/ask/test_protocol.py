"""What an HTTP request asks (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

import pytest

from sparql.execution.columns import in_written_order
from sparql.protocol import FORM_TYPE, QUERY_TYPE, SHORT_NAMES, UPDATE_TYPE, Request, read_request
from sparql.refusals import Reason, RefusalError


def test_a_query_comes_by_get_by_form_or_as_the_body() -> None:
    expected = Request("ASK {} #あ", ("http://d",), ("http://n", "http://m"), "csv")
    encoded = b"query=ASK+%7B%7D+%23%E3%81%82"
    rest = b"&default-graph-uri=http%3A//d&named-graph-uri=http://n&named-graph-uri=http://m&format=csv"
    assert read_request("GET", encoded + rest, "", b"") == expected
    assert read_request("POST", b"", FORM_TYPE, encoded + rest) == expected
    assert read_request("POST", rest[1:], f"{FORM_TYPE}; charset=UTF-8", encoded) == expected
    assert read_request("POST", rest[1:], QUERY_TYPE, "ASK {} #あ".encode()) == expected


REFUSED: dict[str, tuple[str, bytes, str, bytes, Reason]] = {
    "no query": ("GET", b"", "", b"", Reason.MALFORMED),
    "two queries": ("GET", b"query=ASK{}&query=ASK{}", "", b"", Reason.MALFORMED),
    "an update by form": ("POST", b"", FORM_TYPE, b"update=CLEAR+ALL", Reason.FORBIDDEN),
    "an update by GET": ("GET", b"update=CLEAR+ALL", "", b"", Reason.FORBIDDEN),
    "an update as the body": ("POST", b"", UPDATE_TYPE, b"CLEAR ALL", Reason.FORBIDDEN),
    "JSON": ("POST", b"", "application/json", b"{}", Reason.UNSUPPORTED),
    "no content type": ("POST", b"", "", b"ASK {}", Reason.UNSUPPORTED),
    "a body that is not UTF-8": ("POST", b"", QUERY_TYPE, b"ASK {} #\xff", Reason.MALFORMED),
    "a parameter that is not UTF-8": ("GET", b"query=%FF", "", b"", Reason.MALFORMED),
    "raw bytes in the address": ("GET", b"query=\xe3\x81\x82", "", b"", Reason.MALFORMED),
    "very many parameters": ("GET", b"&".join([b"a=b"] * 1000), "", b"", Reason.MALFORMED),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_request_is_refused_for_its_reason(case: str) -> None:
    method, query_string, content_type, body, reason = REFUSED[case]
    with pytest.raises(RefusalError) as refused:
        read_request(method, query_string, content_type, body)
    assert refused.value.reason is reason
    assert refused.value.problem.remedy


def test_eleven_wrong_requests_are_tried() -> None:
    assert len(REFUSED) == 11


def test_every_short_name_means_a_table_or_a_graph() -> None:
    assert all(any(meanings) for meanings in SHORT_NAMES.values())


def test_a_refusal_survives_the_way_out_of_a_worker() -> None:
    refusal = RefusalError(Reason.TOO_MUCH, "what", "remedy")
    back = RefusalError.from_record(refusal.as_record())
    assert (back.reason, back.problems) == (refusal.reason, refusal.problems)
    assert len({reason.slug for reason in Reason}) == len(Reason)


STARS = [
    ("SELECT * { ?s ?p ?o }", "ops", "SELECT  ?s ?p ?o  { ?s ?p ?o }"),
    ("#c *\nPREFIX e: <http://e/*#> select distinct* { ?s e:p ?o }", "os", "distinct ?s ?o  { ?s e:p ?o }"),
    ("BASE <http://e/> SELECT REDUCED *{ $s ?p $o }", "ops", "REDUCED  ?s ?p ?o { $s ?p $o }"),
]


@pytest.mark.parametrize(("text", "names", "expected"), STARS)
def test_a_star_stands_for_the_variables_as_they_are_written(text: str, names: str, expected: str) -> None:
    assert (in_written_order(text, list(names)) or "").endswith(expected)


def test_a_star_elsewhere_is_left_alone() -> None:
    for text in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT ?s { { SELECT * { ?s ?p ?o } } }", "ASK {}"):
        assert in_written_order(text, ["o", "p", "s"]) is None
    assert in_written_order("SELECT * { ?a ?b ?c }", ["a", "b", "c"]) is None
