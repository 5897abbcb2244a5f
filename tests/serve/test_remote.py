"""The whole service on an endpoint of somebody else: the same rows as from our own store."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from api.settings import Settings
from api.site import open_site
from graph_builder.folders import Folders
from sparql.asking import ask
from sparql.protocol import GRAPH_FORMATS, RESULT_FORMATS, Answer, Format, Query
from sparql.refusals import Reason, RefusalError
from tests.ask.asked import everything_asked, in_order, rows, some_things
from tests.ask.family import Inside
from tests.serve.endpoints import MERGE, SETTINGS, asking, free_port, oxigraph_on, virtuoso_on, write_graphs
from tests.serve.running import BASE, LIMITS, Service, running

PLAN = f"{BASE}id/070009/plan/digital-plan-2022"
ENTRIES = """PREFIX kf: <https://w3id.org/keifu/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?entry ?name ?line WHERE {
  ?entry a kf:ProjectEntry ; skos:prefLabel ?name ; kf:evidence/kf:startLine ?line
} ORDER BY ?entry ?line LIMIT 100"""
DESCRIBED = f"CONSTRUCT WHERE {{ <{PLAN}> ?property ?value }}"
STATEMENTS = "SELECT (COUNT(*) AS ?count) WHERE { ?subject ?property ?value }"
IN_GRAPHS = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?property ?value } }"
PROPOSALS = "SELECT * WHERE { ?link <https://w3id.org/keifu/ontology#status> ?status } ORDER BY ?link"


@pytest.fixture(scope="module")
def oxigraph(family: Folders) -> Iterator[Settings]:
    """The settings of a service on `oxigraph serve-read-only`, which has the store of the family."""
    with oxigraph_on(family.store) as address:
        yield replace(SETTINGS, endpoint=address)


@pytest.fixture(scope="module")
def virtuoso(built: Folders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a service on Virtuoso, which has the graphs of the five documents."""
    with virtuoso_on(built.store, tmp_path_factory.mktemp("virtuoso")) as address:
        yield replace(SETTINGS, endpoint=address, endpoint_graph=MERGE)


@pytest.fixture(scope="module")
def on_oxigraph(oxigraph: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on `oxigraph serve-read-only`, without a build of its own."""
    settings = replace(LIMITS, endpoint=oxigraph.endpoint, query_seconds=10.0)
    with running(settings, Folders(out=tmp_path_factory.mktemp("none"))) as service:
        yield service


def differences(settings: Settings, folders: Folders, *, sorted_alike: bool) -> tuple[int, list[str]]:
    """Return how many queries of ours were compared, and those that have other rows on the endpoint."""

    async def compared() -> tuple[int, list[str]]:
        inside = Inside(folders)
        expected = await everything_asked(inside, await some_things(inside))
        site = open_site(settings)
        await site.start()
        try:
            found = {query: await site.pages.answer(query) for query in expected}
        finally:
            await site.stop()
        wrong = [
            f"{query.bindings} {query.text}"
            for query, answer in found.items()
            if rows(answer) != rows(expected[query])
            or (sorted_alike and in_order(query, answer) != in_order(query, expected[query]))
        ]
        return len(found), wrong

    return asyncio.run(compared())


def test_every_query_of_ours_has_the_same_rows_on_oxigraph(oxigraph: Settings, family: Folders) -> None:
    count, wrong = differences(oxigraph, family, sorted_alike=True)
    assert wrong == []
    assert count > 250


def test_every_query_of_ours_has_the_same_rows_on_virtuoso(virtuoso: Settings, built: Folders) -> None:
    """As a bag: how texts with a language are sorted is left to the engine (SPARQL 1.1, section 15.1)."""
    count, wrong = differences(virtuoso, built, sorted_alike=False)
    assert wrong == []
    assert count > 250


def inside(folders: Folders, query: Query) -> Answer:
    return asyncio.run(Inside(folders).answer(query))


def body(outcome: Answer | RefusalError) -> bytes:
    assert isinstance(outcome, Answer), outcome
    return outcome.body


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


@pytest.mark.parametrize("text", [STATEMENTS, IN_GRAPHS, PROPOSALS])
def test_the_default_graph_is_the_merge_without_proposals_everywhere(
    oxigraph: Settings, virtuoso: Settings, family: Folders, built: Folders, text: str
) -> None:
    for settings, folders in ((oxigraph, family), (virtuoso, built)):
        found = Answer(RESULT_FORMATS[0], body(asking(settings, Query(text))[0]))
        assert rows(found) == rows(inside(folders, Query(text)))


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


@pytest.mark.parametrize("value", ["http://e/' } #", "http://e/> } #", "http://e/a b"])
def test_an_address_cannot_break_out(oxigraph: Settings, value: str) -> None:
    async def known() -> bool:
        site = open_site(oxigraph)
        return await ask(site.pages, "ASK { ?thing ?property ?value }", thing=value)

    with pytest.raises(RefusalError, match="a value is no term"):
        asyncio.run(known())


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


def test_a_default_graph_that_is_not_the_merge_is_refused(virtuoso: Settings, tmp_path: Path) -> None:
    proposals = f"{BASE}graph/proposals"
    unfit = {"": "holds proposals", proposals: "holds proposals", f"{BASE}graph/none": "is empty"}
    for graph, what in unfit.items():
        (outcome,) = asking(replace(virtuoso, endpoint_graph=graph), Query("ASK {}"))
        assert isinstance(outcome, RefusalError)
        assert outcome.reason is Reason.NO_STORE
        assert what in outcome.problem.what
        assert "KEIFU_ENDPOINT_GRAPH" in outcome.problem.remedy
    with oxigraph_on(_named_graphs_only(tmp_path)) as address:
        (outcome,) = asking(replace(SETTINGS, endpoint=address), Query("ASK {}"))
    assert isinstance(outcome, RefusalError)
    assert "default graph of the endpoint is empty" in outcome.problem.what


def _named_graphs_only(folder: Path) -> Path:
    store = Store(folder / "store")
    graph = NamedNode(f"{BASE}graph/one")
    store.add(Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("x"), graph))
    store.flush()
    return folder / "store"


def test_the_merge_may_lie_in_a_graph_of_an_oxigraph_too(family: Folders, tmp_path: Path) -> None:
    write_graphs(family.store, tmp_path)
    store = Store(tmp_path / "store")
    store.bulk_load(path=tmp_path / "graphs.nq", format=RdfFormat.N_QUADS)
    store.bulk_load(path=tmp_path / "merge.nt", format=RdfFormat.N_TRIPLES, to_graph=NamedNode(MERGE))
    store.flush()
    del store
    with oxigraph_on(tmp_path / "store") as address:
        settings = replace(SETTINGS, endpoint=address, endpoint_graph=MERGE)
        _, wrong = differences(settings, family, sorted_alike=True)
        found = asking(settings, Query(IN_GRAPHS))[0]
    assert wrong == []
    assert rows(Answer(RESULT_FORMATS[0], body(found))) == rows(inside(family, Query(IN_GRAPHS)))


PAGES = (
    "/",
    "/ontology",
    "/doc/070009/plan/digital-plan-2022",
    "/data/070009/plan/digital-plan-2022.ttl",
    "/data/graph/lineage.nt",
    "/doc/graph/proposals",
    "/questions",
    "/questions/fate-of-a-plans-projects",
    "/questions/fate-of-a-plans-projects.csv?plan=ict-data-action-plan-2020",
    "/lineage/070009/plan/digital-plan-2022",
    "/lineage/070009/plan/digital-plan-2022.json",
    "/lineage/070009/plan/digital-plan-2022.ttl",
    "/sparql?query=ASK%20%7B%7D",
    "/health",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_as_from_our_own_store(on_oxigraph: Service, family: Folders, page: str) -> None:
    with running(replace(LIMITS, query_seconds=10.0), family) as own:
        expected = httpx.get(own.address + page, timeout=30)
    found = httpx.get(on_oxigraph.address + page, timeout=30)
    assert (found.status_code, found.headers["content-type"]) == (200, expected.headers["content-type"])
    if page == "/health":
        assert found.json() == {"status": "ready", "store": "endpoint"}
    else:
        assert sorted(found.text.splitlines()) == sorted(expected.text.splitlines())


def test_what_rests_on_files_says_so(on_oxigraph: Service) -> None:
    for page in ("/report", "/report.json", "/report.ttl"):
        answer = httpx.get(on_oxigraph.address + page, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["remedy"]) == (404, "Give --out, the folder of the build")


def test_an_endpoint_that_nobody_listens_at_is_out_of_reach(tmp_path: Path) -> None:
    settings = replace(LIMITS, endpoint=f"http://127.0.0.1:{free_port()}/sparql")
    with running(settings, Folders(out=tmp_path)) as service:
        for page in ("/health", "/", "/sparql?query=ASK%20%7B%7D"):
            answer = httpx.get(service.address + page, headers={"Accept": "application/json"})
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert answer.json()["detail"] == "the endpoint cannot be reached: Connection refused"
            assert "KEIFU_ENDPOINT" in answer.json()["remedy"]
