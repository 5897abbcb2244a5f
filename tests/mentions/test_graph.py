"""Mentions in the published graph: each tells what, by which name, in what, and on which lines."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import pytest
from pyoxigraph import QuerySolutions, Store

from graph_builder.folders import Folders
from graph_builder.values.text import compared

PREFIX = "PREFIX kf: <https://w3id.org/keifu/ontology#> "


def rows(built: Folders, query: str) -> list[tuple[str, ...]]:
    store = Store.read_only(str(built.store.resolve()))
    solutions = cast("QuerySolutions", store.query(PREFIX + query))
    return [tuple(term.value for term in row) for row in solutions]


@pytest.fixture(scope="module")
def mentions(built: Folders) -> dict[str, list[tuple[str, ...]]]:
    query = """SELECT ?mention ?name ?exact ?context ?thing WHERE {
        ?mention kf:nameText ?name ; kf:evidence/kf:exact ?exact ; kf:mentionedIn ?context .
        { ?mention a kf:Mention ; kf:mentions ?thing }
        UNION { ?mention a kf:OpenMention . BIND ("" AS ?thing) } }"""
    found = defaultdict(list)
    for mention, *parts in rows(built, query):
        found[mention].append(tuple(parts))
    return found


def test_every_mention_is_complete(built: Folders, mentions: dict[str, list[tuple[str, ...]]]) -> None:
    every = {row[0] for row in rows(built, "SELECT ?m { VALUES ?c { kf:Mention kf:OpenMention } ?m a ?c }")}
    assert every == set(mentions)
    assert len(every) > 400


def test_a_mention_has_one_name_and_one_thing(mentions: dict[str, list[tuple[str, ...]]]) -> None:
    assert [key for key, found in mentions.items() if len({row[0] for row in found}) > 1] == []
    assert [key for key, found in mentions.items() if len({row[3] for row in found}) > 1] == []


def test_the_evidence_prints_the_name(mentions: dict[str, list[tuple[str, ...]]]) -> None:
    wrong = [
        (key.rpartition("/")[2].rpartition(".")[0], found[0][0])
        for key, found in mentions.items()
        if compared(found[0][0]) not in compared("".join(dict.fromkeys(row[1] for row in found)))
    ]
    # There the print says A1, which corrections.csv mends.
    assert wrong == [("dx-projects-2022.124-124", "AI")]


def test_the_context_is_in_the_graph(built: Folders) -> None:
    query = "SELECT ?c { ?m kf:mentionedIn ?c FILTER NOT EXISTS { ?c ?p ?o } }"
    assert rows(built, query) == []


def test_the_words_that_stand_for_a_plan_are_found(built: Folders) -> None:
    query = """SELECT ?name ?thing (COUNT(?m) AS ?times) {
        ?m kf:nameText ?name ; kf:mentions ?thing FILTER (?name IN ("本計画", "前計画", "アクションプラン")) }
        GROUP BY ?name ?thing ORDER BY ?name"""
    plan = "https://w3id.org/keifu/id/070009/plan"
    assert sorted(rows(built, query)) == [
        ("アクションプラン", f"{plan}/ict-data-action-plan-2020", "1"),
        ("前計画", f"{plan}/ict-strategy-2015", "2"),
        ("本計画", f"{plan}/digital-plan-2022", "6"),
    ]
