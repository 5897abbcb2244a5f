"""The endpoint over HTTP, with the clients that people use."""

from __future__ import annotations

import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import Graph
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, RDFXML, TURTLE, XML, SPARQLWrapper

from tests.serve.running import Service

ENTRIES = """PREFIX kf: <https://w3id.org/keifu/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?entry ?name ?text { ?entry a kf:ProjectEntry ; skos:prefLabel ?name ; kf:evidence/kf:exact ?text }
ORDER BY ?entry"""
DESCRIBE = "DESCRIBE <https://w3id.org/keifu/id/070009/entry/small.1>"
EVERYTHING = "SELECT * { ?s ?p ?o }"
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ORDER_BOMB = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i ?l"


def converted(service: Service, query: str, form: str, method: str = GET) -> Any:  # noqa: ANN401  as the library
    wrapper = SPARQLWrapper(f"{service.address}/sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_gets_the_entries(service: Service, method: str) -> None:
    rows = converted(service, ENTRIES, JSON, method)["results"]["bindings"]
    assert rows[0]["name"]["value"] == '<script>alert("1")</script>\'"&amp;'
    assert rows[1]["name"]["value"] == "電子申請の推進"
    assert rows[1]["text"]["value"].startswith("電子申請の推進　情報政策課")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # SPARQLWrapper uses old names of rdflib
def test_sparqlwrapper_reads_the_other_formats(service: Service) -> None:
    assert len(converted(service, ENTRIES, XML).getElementsByTagName("result")) == 2
    assert converted(service, ENTRIES, CSV).decode().startswith("entry,name,text\r\n")
    assert len(Graph().parse(data=converted(service, DESCRIBE, TURTLE), format="turtle")) == 8
    assert len(converted(service, DESCRIBE, RDFXML)) == 8
    assert len(converted(service, DESCRIBE, JSONLD)) == 8


def test_a_table_can_be_read_back_from_each_format(client: httpx.Client) -> None:
    def get(media_type: str) -> str:
        answer = client.get("/sparql", params={"query": ENTRIES}, headers={"Accept": media_type})
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, media_type)
        return answer.text

    names = [
        row["name"]["value"]
        for row in json.loads(get("application/sparql-results+json"))["results"]["bindings"]
    ]
    xml = ElementTree.fromstring(get("application/sparql-results+xml"))  # noqa: S314  our own answer
    sparql = "{http://www.w3.org/2005/sparql-results#}"
    bindings = xml.iterfind(f".//{sparql}binding[@name='name']/{sparql}literal")
    assert [binding.text for binding in bindings] == names
    assert [row["name"] for row in csv.DictReader(io.StringIO(get("text/csv")))] == names
    lines = get("text/tab-separated-values").split("\n")
    assert lines[0] == "?entry\t?name\t?text"
    assert lines[2].split("\t")[1] == '"電子申請の推進"@ja'
    assert json.loads(get("application/json"))["head"]["vars"] == ["entry", "name", "text"]


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # the JSON-LD parser of rdflib uses its own old names
def test_a_graph_can_be_read_back_from_each_format(
    client: httpx.Client, media_type: str, parser: str
) -> None:
    answer = client.get("/sparql", params={"query": DESCRIBE}, headers={"Accept": media_type})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, media_type)
    turtle = client.get("/sparql", params={"query": DESCRIBE}).text
    expected = Graph().parse(data=turtle, format="turtle")
    assert set(Graph().parse(data=answer.text, format=parser)) == set(expected)


def test_ask_is_answered(client: httpx.Client) -> None:
    answer = client.post(
        "/sparql", content="ASK { ?s ?p ?o }", headers={"Content-Type": "application/sparql-query"}
    )
    assert answer.json()["boolean"] is True


def test_format_goes_before_accept(client: httpx.Client) -> None:
    params = {"query": "ASK {}", "format": "csv"}
    assert client.get("/sparql", params=params, headers={"Accept": "application/json"}).text == "true"


UPDATE = "INSERT DATA { <http://a> <http://b> 1 }"
REFUSED = {
    "a syntax error": ({"query": "SELECT * {"}, {}, 400),
    "no query": ({"format": "json"}, {}, 400),
    "an unknown format": ({"query": "ASK {}", "format": "docx"}, {}, 400),
    "an update": ({"query": UPDATE}, {}, 403),
    "a loading update": ({"query": "LOAD <http://127.0.0.1/x>"}, {}, 403),
    "an update parameter": ({"update": UPDATE}, {}, 403),
    "SERVICE": ({"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, {}, 403),
    "SERVICE in an escape": (
        {"query": r"SELECT * { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }"},
        {},
        403,
    ),
    "SERVICE behind a comment": (
        {"query": "SELECT * { #\rSERVICE <http://127.0.0.1/> { ?s ?p ?o } \n}"},
        {},
        403,
    ),
    "FROM a file": ({"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, {}, 403),
    "a foreign default graph": ({"query": "ASK {}", "default-graph-uri": "http://127.0.0.1/"}, {}, 403),
    "no acceptable format": ({"query": "ASK {}"}, {"Accept": "image/png"}, 406),
    "a format for graphs only": ({"query": "ASK {}"}, {"Accept": "text/turtle"}, 406),
    "too large a result": ({"query": "SELECT * { ?s ?p ?o . ?t ?q ?r . ?u ?v ?w }"}, {}, 413),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_a_problem_that_says_what_to_do(client: httpx.Client, case: str) -> None:
    params, headers, status = REFUSED[case]
    answer = client.get("/sparql", params=params, headers=headers)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert problem["title"]
    assert problem["detail"]
    assert problem["remedy"]
    assert client.get(problem["type"]).status_code == 200


def test_fourteen_refusals_are_tried() -> None:
    assert len(REFUSED) == 14


def test_a_syntax_error_has_the_words_and_the_place_of_the_parser(client: httpx.Client) -> None:
    problem = client.get("/sparql", params={"query": "SELECT *\n{ ?s ?p"}).json()
    assert "expected" in problem["detail"]
    assert (problem["line"], problem["column"]) == (2, 8)


def test_wrong_ways_to_ask(client: httpx.Client) -> None:
    assert client.post("/sparql", json={"query": "ASK {}"}).status_code == 415
    assert client.post("/sparql", data={"query": "ASK {} #" + "x" * 70_000}).status_code == 413
    assert client.put("/sparql", content=b"").status_code == 405
    update = client.post("/sparql", content=UPDATE, headers={"Content-Type": "application/sparql-update"})
    assert update.status_code == 403


def test_an_endless_body_is_refused_at_the_limit(client: httpx.Client) -> None:
    def body() -> object:
        yield from (b"query=" if n == 0 else b"x" * 8192 for n in range(64))

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/sparql", content=body(), headers=headers)  # type: ignore[arg-type]  # a generator of bytes
    assert answer.status_code == 413


@pytest.mark.parametrize(("query", "statuses"), [(CROSS_PRODUCT, {504}), (ORDER_BOMB, {503, 504})])
def test_a_hostile_query_ends_in_time_and_pages_do_not_wait(
    service: Service, client: httpx.Client, query: str, statuses: set[int]
) -> None:
    with ThreadPoolExecutor(2) as threads:
        begin = time.monotonic()
        hostile = [
            threads.submit(httpx.post, f"{service.address}/sparql", data={"query": query}, timeout=30)
            for _ in range(2)
        ]
        time.sleep(0.1)
        asked = time.monotonic()
        assert client.get("/doc/070009/entry/small.1").status_code == 200
        assert time.monotonic() - asked < 1.5
        for pending in hostile:
            answer = pending.result(timeout=30)
            assert answer.status_code in statuses
            assert answer.headers["content-type"] == "application/problem+json"
        assert time.monotonic() - begin < service.settings.query_seconds + 1
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_thirty_results_at_once_are_whole(service: Service) -> None:
    query = "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 2000"
    with ThreadPoolExecutor(30) as threads:
        answers = list(
            threads.map(
                lambda _: httpx.get(f"{service.address}/sparql", params={"query": query}, timeout=30),
                range(30),
            )
        )
    assert {answer.status_code for answer in answers} == {200}
    assert {len(answer.json()["results"]["bindings"]) for answer in answers} <= {
        5000,
        distinct_pairs(answers[0]),
    }
    assert len({answer.content for answer in answers}) == 1


def distinct_pairs(answer: httpx.Response) -> int:
    return len(answer.json()["results"]["bindings"])


def test_head_cors_and_conditional_requests(client: httpx.Client) -> None:
    params = {"query": ENTRIES}
    got = client.get("/sparql", params=params, headers={"Origin": "https://example.org"})
    assert got.headers["access-control-allow-origin"] == "*"
    assert "Accept" in got.headers["vary"]
    head = client.head("/sparql", params=params)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))
    tag = got.headers["etag"]
    again = client.get("/sparql", params=params, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get("/sparql", params={**params, "format": "csv"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert client.options("/sparql", headers=asked).headers["access-control-allow-origin"] == "*"
    assert client.options("/sparql").status_code == 204


def test_a_reader_gets_a_form_and_a_machine_a_description(client: httpx.Client) -> None:
    assert "<form" in client.get("/sparql", headers={"Accept": "text/html"}).text
    assert client.get("/sparql").headers["content-type"] == "text/turtle; charset=utf-8"
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_problem_names_the_limit_in_both_languages(client: httpx.Client) -> None:
    problem = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o . ?t ?q ?r . ?u ?v ?w }"}).json()
    assert problem["limit"] == {"setting": "KEIFU_RESULT_MB", "value": 2, "unit": "MiB"}
    assert "2 MiB" in problem["detail"]
    assert "2 MiB" in problem["ja"]["detail"]
    assert problem["ja"]["remedy"].endswith("。")


def test_an_answer_is_packed_for_who_can_unpack_it(client: httpx.Client) -> None:
    params = {"query": "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 500"}
    plain = client.get("/sparql", params=params, headers={"Accept-Encoding": "identity"})
    packed = client.get("/sparql", params=params, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = client.get("/sparql", params=params, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"] == refused.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]


def test_a_long_answer_comes_from_a_file_and_is_whole(client: httpx.Client) -> None:
    params = {"query": "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT 3000", "format": "tsv"}
    long = client.get("/sparql", params=params, headers={"Accept-Encoding": "identity"})
    assert int(long.headers["content-length"]) == len(long.content) > 300_000
    assert long.text.count("\n") == 3001
    head = client.head("/sparql", params=params, headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", long.headers["content-length"])
    tag = {"If-None-Match": long.headers["etag"], "Accept-Encoding": "identity"}
    assert client.get("/sparql", params=params, headers=tag).status_code == 304


def test_a_post_is_always_answered_in_full(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": "ASK {}"}, headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.json()["boolean"]) == (200, True)
