"""SERVICE over HTTP: partners on the list are asked, and nobody else is, whatever a query contrives."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Thread

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store
from rdflib import Graph, Variable

from graph_builder.publication import publish
from tests.federate.loopback import Canary, oxigraph
from tests.federate.standing_in import solutions
from tests.serve.running import BASE, LIMITS, running, small_folders

LIST = """user_agent = "Keifu (test)"
queries = 4
services = 3
bindings = 100
[cache]
entries = 0
mb = 1
"""
PARTNER = """[partner.{key}]
name_ja = "相手"
name_en = "Partner"
addresses = ["{address}"]
endpoint = "{endpoint}"
method = "POST"
seconds = {seconds}
connections = 2
rows = 100
block = 10
length = 4000
mb = 1
keep = 0
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "A test"
reason = "A test."
loopback = true
"""
THEIRS = """<https://w3id.org/keifu/id/070009/entry/small.1> <http://e/score> 5 ; <http://e/label> '一'@ja .
<http://e/none> <http://e/score> 6 ."""
QUERY = """PREFIX kf: <https://w3id.org/keifu/ontology#>
SELECT ?entry ?score {{
  ?entry a kf:ProjectEntry .
  SERVICE <{address}> {{ ?entry <http://e/score> ?score }}
}}"""


@dataclass(frozen=True)
class Stage:
    """A running service, its store, its partners and a canary."""

    client: httpx.Client
    store: str
    partner: str
    slow: str
    canary: Canary

    def ask(self, query: str, **headers: str) -> httpx.Response:
        """Ask as anyone does."""
        return self.client.get("/sparql", params={"query": query}, headers=headers)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The service on the small dataset; one partner is an engine, one takes connections and says nothing."""
    folder = tmp_path_factory.mktemp("stage")
    folders = small_folders(folder / "build")
    publish(folders, "small", BASE)
    listed = folder / "partners.toml"
    with oxigraph(folder / "partner", THEIRS.encode(), RdfFormat.TURTLE) as address, Canary() as canary:
        silence = socket.create_server(("127.0.0.1", 0))
        slow = f"http://127.0.0.1:{silence.getsockname()[1]}/"
        listed.write_text(
            LIST
            + PARTNER.format(key="theirs", address=address, endpoint=address, seconds=2.0)
            + PARTNER.format(key="slow", address=slow, endpoint=slow, seconds=1.0),
            "utf-8",
        )
        settings = replace(LIMITS, workers=1, partners=str(listed))
        with (
            silence,
            running(settings, folders) as service,
            httpx.Client(base_url=service.address, timeout=30, trust_env=False) as client,
        ):
            yield Stage(client, str(folders.store.resolve()), address, slow, canary)


def test_a_partner_is_asked_and_named_with_the_date(stage: Stage) -> None:
    answer = stage.ask(QUERY.format(address=stage.partner), Origin="https://page.example")
    assert answer.status_code == 200
    (row,) = answer.json()["results"]["bindings"]
    assert row["score"]["value"] == "5"
    assert "Keifu-Partners" in answer.headers["access-control-expose-headers"]
    partner, fetched, rows = answer.headers["keifu-partners"].split(";")
    assert (partner, rows) == ("theirs", "rows=1")
    assert time.strptime(fetched, 'fetched="%Y-%m-%dT%H:%M:%SZ"')
    assert "keifu-partners" not in stage.ask("ASK {}").headers


@pytest.mark.parametrize(
    "pattern",
    [
        "?entry ?p ?o . SERVICE <{}> {{ ?entry <http://e/score> ?score }}",
        "{{ ?entry a ?type }} UNION {{ SERVICE <{}> {{ ?entry <http://e/score> ?score }} }}",
        "?entry a ?type OPTIONAL {{ SERVICE <{}> {{ ?entry <http://e/label> ?label ; ?p ?o }} }}",
        "SERVICE <{}> {{ ?entry ?p ?o OPTIONAL {{ ?entry <http://e/label> ?l }} }} MINUS {{ ?entry a ?t }}",
    ],
)
def test_the_engine_gives_the_same_rows_when_it_asks_the_partner_itself(stage: Stage, pattern: str) -> None:
    text = f"SELECT * {{ {pattern.format(stage.partner)} }}"
    results = Store.read_only(stage.store).query(text)
    assert isinstance(results, QuerySolutions)
    expected = solutions(results.serialize(format=QueryResultsFormat.JSON) or b"")
    assert solutions(stage.ask(text).content) == expected
    assert expected


CONTRIVED = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE<http://127.0.0.1:{port}/>{{?s?p?o}}}}",
    "SELECT * {{ VALUES ?x {{ <http://127.0.0.1:{port}/> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<http://127.0.0.1:{port}/> AS ?x) SERVICE SILENT ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERV\\U00000049CE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <\\u0068ttp://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o #\rSERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}\n }}",
    "SELECT * {{ ?s ?p '\\u0027 SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} #' }}",
    "SELECT * {{ SERVICE <{partner}> {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ SERVICE <{partner}> {{ ?s ?p ?o }} SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{partner}> {{ ?s ?p '}}' }} SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p '{{' }} }}",
    "SELECT * {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    "PREFIX ex: <http://127.0.0.1:{port}/> SELECT * {{ SERVICE ex:sparql {{ ?s ?p ?o }} }}",
    "PREFIX : <http://127.0.0.1:{port}/> SELECT * {{ SERVICE : {{ ?s ?p ?o }} }}",
    "PREFIX : <{partner}> PREFIX : <http://127.0.0.1:{port}/> SELECT * {{ SERVICE : {{ ?s ?p ?o }} }}",
    "BASE <http://127.0.0.1:{port}/> SELECT * {{ SERVICE <sparql> {{ ?s ?p ?o }} }}",
    "BASE <{partner}> SELECT * {{ SERVICE <//127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{partner}@127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <http://user:pass@127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <HTTP://LOCALHOST:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <http://0x7f.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <http://2130706433:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <http://[::ffff:127.0.0.1]:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{partner}?next=http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{partner}/../> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <http://127.0.0.1:{port}/> {{ SERVICE <{partner}> {{ ?s ?p ?o }} }}",
    "LOAD <http://127.0.0.1:{port}/>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "DELETE {{ ?s ?p ?o }} WHERE {{ SERVICE <{partner}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <file:///etc/passwd> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", CONTRIVED)
def test_nobody_is_asked_who_is_not_on_the_list(stage: Stage, query: str) -> None:
    answer = stage.ask(query.format(port=stage.canary.port, partner=stage.partner))
    assert answer.status_code in {400, 403}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    time.sleep(0.02)
    assert stage.canary.visitors == 0


HARMLESS = [
    "SELECT * {{ ?s ?p 'SERVICE <http://127.0.0.1:{port}/> {{}}' }} # SERVICE <http://127.0.0.1:{port}/>",
    "SELECT * {{ ?s <http://127.0.0.1:{port}/SERVICE> ?o GRAPH <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{partner}> {{ ?s ?p 'SERVICE <http://127.0.0.1:{port}/> {{ }}' # SERVICE\n }} }}",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_like_a_service_is_answered(stage: Stage, query: str) -> None:
    answer = stage.ask(query.format(port=stage.canary.port, partner=stage.partner))
    assert answer.status_code == 200, answer.text
    time.sleep(0.02)
    assert stage.canary.visitors == 0


def test_the_number_of_queries_that_were_contrived() -> None:
    assert (len(CONTRIVED), len(HARMLESS)) == (33, 3)


def test_a_slow_partner_holds_up_nobody_else_and_is_named(stage: Stage) -> None:
    """There is one worker; four queries wait for the partner that says nothing."""
    answers: list[httpx.Response] = []
    query = QUERY.format(address=stage.slow)
    threads = [Thread(target=lambda: answers.append(stage.ask(query))) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    begin = time.monotonic()
    assert stage.ask("SELECT * { ?s ?p ?o } LIMIT 1").status_code == 200
    assert time.monotonic() - begin < 0.7
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {502, 504}
    detail = next(answer.json()["detail"] for answer in answers if answer.status_code == 502)
    assert detail.startswith("the partner slow (")


def test_silent_answers_without_a_failed_partner_and_says_so(stage: Stage) -> None:
    answer = stage.ask(QUERY.format(address=stage.slow).replace("SERVICE", "SERVICE SILENT"))
    assert answer.status_code == 200
    assert answer.headers["keifu-partners"].endswith(";rows=0;failed")
    assert {"entry"} == {name for row in answer.json()["results"]["bindings"] for name in row}


def test_pages_and_questions_ask_no_partner(stage: Stage) -> None:
    assert stage.client.get("/problems/partner-failed").status_code == 200


FROM_ELSEWHERE = """PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?entry ?name {{
  VALUES ?entry {{ <https://w3id.org/keifu/id/070009/entry/small.1> }}
  SERVICE <{address}> {{ ?entry a kf:ProjectEntry ; skos:prefLabel ?name }}
}}"""


def test_other_engines_may_name_our_endpoint_in_their_service(stage: Stage) -> None:
    text = FROM_ELSEWHERE.format(address=stage.client.base_url.join("/sparql"))
    ours = Store().query(text)
    assert isinstance(ours, QuerySolutions)
    assert [solution["name"].value for solution in ours] == ["電子申請の推進"]
    theirs = [row[Variable("name")] for row in Graph().query(text).bindings]
    assert [str(name) for name in theirs] == ["電子申請の推進"]
