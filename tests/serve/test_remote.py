"""Our own queries on an endpoint of somebody else: the same rows as from our own store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from api.settings import Settings
from api.site import open_site
from graph_builder.folders import Folders
from sparql.asking import ask
from sparql.protocol import RESULT_FORMATS, Answer, Query
from sparql.refusals import Reason, RefusalError
from tests.ask.asked import everything_asked, in_order, is_cut, rows, some_things
from tests.ask.family import Inside
from tests.serve.endpoints import MERGE, SETTINGS, asking, body, inside, oxigraph_on
from tests.serve.running import BASE

STATEMENTS = "SELECT (COUNT(*) AS ?count) WHERE { ?subject ?property ?value }"
IN_GRAPHS = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?property ?value } }"
PROPOSALS = "SELECT * WHERE { ?link <https://w3id.org/keifu/ontology#status> ?status } ORDER BY ?link"


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
            if not is_cut(query, expected)
            and (
                rows(answer) != rows(expected[query])
                or (sorted_alike and in_order(query, answer) != in_order(query, expected[query]))
            )
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


@pytest.mark.parametrize("text", [STATEMENTS, IN_GRAPHS, PROPOSALS])
def test_the_default_graph_is_the_merge_without_proposals_everywhere(
    oxigraph: Settings, virtuoso: Settings, family: Folders, built: Folders, text: str
) -> None:
    for settings, folders in ((oxigraph, family), (virtuoso, built)):
        found = Answer(RESULT_FORMATS[0], body(asking(settings, Query(text))[0]))
        assert rows(found) == rows(inside(folders, Query(text)))


def test_the_merge_may_lie_in_a_graph_of_an_oxigraph_too(family: Folders, tmp_path: Path) -> None:
    with oxigraph_on(_all_in_graphs(family, tmp_path / "store")) as address:
        settings = replace(SETTINGS, endpoint=address, endpoint_graph=MERGE)
        _, wrong = differences(settings, family, sorted_alike=True)
        found = asking(settings, Query(IN_GRAPHS))[0]
    assert wrong == []
    assert rows(Answer(RESULT_FORMATS[0], body(found))) == rows(inside(family, Query(IN_GRAPHS)))


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


@pytest.mark.parametrize("value", ["http://e/' } #", "http://e/> } #", "http://e/a b"])
def test_an_address_cannot_break_out(oxigraph: Settings, value: str) -> None:
    async def known() -> bool:
        site = open_site(oxigraph)
        return await ask(site.pages, "ASK { ?thing ?property ?value }", thing=value)

    with pytest.raises(RefusalError, match="a value is no term"):
        asyncio.run(known())


def _named_graphs_only(folder: Path) -> Path:
    store = Store(folder / "store")
    graph = NamedNode(f"{BASE}graph/one")
    store.add(Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("x"), graph))
    store.flush()
    return folder / "store"


def _all_in_graphs(folders: Folders, directory: Path) -> Path:
    """Write the graphs of a published store into a new one, its default graph in the graph `MERGE`."""
    store = Store(directory)
    for quad in Store.read_only(str(folders.store.resolve())):
        graph = quad.graph_name if isinstance(quad.graph_name, NamedNode) else NamedNode(MERGE)
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    store.flush()
    return directory
