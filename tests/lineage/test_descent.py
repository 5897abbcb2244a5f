"""Descent in the real graph: what follows from the judgements, and what can be reached along them."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from graph_builder.folders import Folders
from graph_builder.mentions.words import read_words
from graph_builder.values.text import compared

PREFIXES = """PREFIX kf: <https://w3id.org/keifu/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX basis: <https://w3id.org/keifu/concept/basis/>
PREFIX status: <https://w3id.org/keifu/concept/status/>
PREFIX fy: <https://w3id.org/keifu/id/fiscal-year/>
PREFIX graph: <https://w3id.org/keifu/graph/>
"""
RELATIONS = (
    "continues",
    "replaces",
    "implements",
    "basedOn",
    "mandatedBy",
    "refersTo",
    "revises",
    "adopts",
    "introducedBy",
)


@pytest.fixture(scope="module")
def store(built: Folders) -> ox.Store:
    """The published graph."""
    return ox.Store.read_only(str(built.store.resolve()))


def _select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(term.value if term else "" for term in row) for row in solutions]


def test_there_are_as_many_judgements_as_we_think(store: ox.Store) -> None:
    counted = """SELECT ?g ?status (COUNT(*) AS ?n) { GRAPH ?g { ?l a kf:LineageLink ; kf:status ?status } }
        GROUP BY ?g ?status ORDER BY ?g ?status"""
    found = {(g.rpartition("/")[2], s.rpartition("/")[2]): int(n) for g, s, n in _select(store, counted)}
    assert found == {
        ("lineage", "accepted"): 163,
        ("proposals", "accepted"): 96,
        ("proposals", "rejected"): 3,
    }


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_direct_statement_has_its_accepted_judgement(store: ox.Store, relation: str) -> None:
    said = _select(store, f"SELECT ?x ?y {{ ?x kf:{relation} ?y }}")
    judged = _select(
        store,
        f"""SELECT ?x ?y {{ ?x kf:{relation} ?y ; kf:derivesFrom ?y ; prov:qualifiedInfluence ?l .
        ?l a prov:EntityInfluence ; prov:entity ?y ; kf:from ?y ; kf:to ?x ; kf:status status:accepted ;
           kf:reason ?why ; kf:evidence ?passage }}""",
    )
    assert said
    assert set(judged) == set(said)


def test_no_judgement_that_is_not_accepted_makes_a_statement(store: ox.Store) -> None:
    query = """SELECT ?l { GRAPH graph:proposals { ?l kf:from ?y ; kf:to ?x ; kf:status ?status }
        FILTER(?status != status:accepted) ?x kf:derivesFrom ?y }"""
    assert _select(store, query) == []


def test_inside_one_list_there_is_no_descent(store: ox.Store) -> None:
    query = "SELECT ?x ?y { ?x kf:continues ?y ; kf:document ?list . ?y kf:document ?list }"
    assert _select(store, query) == []


def test_nothing_descends_from_itself(store: ox.Store) -> None:
    assert _select(store, "SELECT DISTINCT ?x { ?x kf:derivesFrom+ ?x }") == []


@pytest.mark.parametrize(
    "ancestor", ["官民データ活用推進基本法", "第5期科学技術基本計画", "第1期情報化推進計画", "Society5.0"]
)
def test_an_entry_of_the_digital_division_reaches_its_roots(store: ox.Store, ancestor: str) -> None:
    entries = """SELECT DISTINCT ?e { ?e kf:fiscalYear fy:2022 ; kf:responsible/skos:prefLabel
        "デジタル変革課"@ja }"""
    reaching = f'{entries[:-1]} ; kf:derivesFrom+/skos:prefLabel "{ancestor}"@ja }}'
    assert len(_select(store, entries)) == len(_select(store, reaching)) == 31


def test_the_first_national_strategy_is_found_from_its_successor(store: ox.Store) -> None:
    query = 'SELECT ?l { ?x kf:derivesFrom+/skos:prefLabel "e-Japan戦略"@ja ; skos:prefLabel ?l }'
    assert ("e-Japan戦略Ⅱ",) in _select(store, query)


def test_the_two_fifth_generations_are_told_apart(store: ox.Store) -> None:
    query = """SELECT ?thing ?label { ?thing skos:prefLabel|skos:altLabel ?label
        FILTER(REGEX(?label, "^第\\\\s*[5５]\\\\s*期")) }"""
    found = {label: thing for thing, label in _select(store, query)}
    assert found == {
        "第5期情報化推進計画": "https://w3id.org/keifu/id/070009/plan/ict-strategy-2015",
        "第5期科学技術基本計画": "https://w3id.org/keifu/id/jp/strategy/science-technology-plan-5",
    }
    query = """SELECT ?label { ?x kf:introduces/skos:prefLabel "Society5.0"@ja ; skos:prefLabel ?label
        FILTER(lang(?label) = "ja") }"""
    assert _select(store, query) == [("第5期科学技術基本計画",)]


def test_plans_descend_from_the_fifth_generation_to_the_plan_in_force(store: ox.Store) -> None:
    chain = """SELECT DISTINCT ?l { ?x kf:derivesFrom+/skos:altLabel "第5期情報化推進計画"@ja ; a kf:Plan ;
        skos:prefLabel ?l FILTER(lang(?l) = "ja") }"""
    assert {label for (label,) in _select(store, chain)} == {
        "ふくしまICTデータ利活用社会推進プラン",
        "ふくしまＩＣＴデータ利活用社会推進アクションプラン2020",
        "デジタル変革（DX）推進基本方針",
        "デジタル化推進計画",
    }


def test_entries_of_one_undertaking_share_a_project(store: ox.Store) -> None:
    query = """SELECT ?p (COUNT(DISTINCT ?list) AS ?n) { ?e kf:entryOf ?p ; kf:document ?list ;
        skos:prefLabel ?l FILTER(REGEX(?l, "ICT推進市町村支援|セキュリティクラウド")) } GROUP BY ?p"""
    assert sorted(int(n) for _, n in _select(store, query)) == [2, 3]


def test_a_project_whose_address_ended_says_where_it_went(store: ox.Store) -> None:
    query = "SELECT ?old ?now { ?old dcterms:isReplacedBy ?now . ?now a kf:Project }"
    found = _select(store, query)
    assert len(found) == 16
    assert _select(store, "SELECT ?old { ?old dcterms:isReplacedBy ?now ; a kf:Project }") == []


def test_reorganisations_are_inferred_and_say_so(store: ox.Store) -> None:
    query = """SELECT ?before ?after ?type ?basis ?reason { ?change a org:ChangeEvent ; kf:changeType ?type ;
        kf:basis ?basis ; kf:reason ?reason ; org:originalOrganization/skos:prefLabel ?before ;
        org:resultingOrganization/skos:prefLabel ?after
        FILTER(lang(?before) = "ja" && lang(?after) = "ja") } ORDER BY ?before"""
    found = _select(store, query)
    assert [row[:2] for row in found] == [("情報政策課", "デジタル変革課"), ("産業創出課", "産業振興課")]
    assert {row[3].rpartition("/")[2] for row in found} == {"inferred"}
    assert all("改組を述べる文はない" in row[4] for row in found)


def test_a_series_of_figures_is_one_indicator(store: ox.Store) -> None:
    query = """SELECT ?l (COUNT(DISTINCT ?list) AS ?n) { ?m kf:indicator ?i ;
        kf:evidence/dcterms:isPartOf ?list . ?i skos:prefLabel ?l
        FILTER(lang(?l) = "ja") } GROUP BY ?l HAVING(COUNT(DISTINCT ?list) > 1)"""
    assert {label for label, _ in _select(store, query)} == {
        "ふくしま健民アプリの累計ダウンロード数",
        "介護ロボットやICT機器の導入施設数（累計）",
        "ふくしま森まっぷの閲覧数",
        "観光ポータルサイト「ふくしまの旅」の年間ページビュー数",
        "県及び市町村の行政手続のオンライン利用率",
        "スマートシティに取り組む市町村数",
    }


def test_what_a_yearly_figure_counts_is_not_joined_with_a_total(store: ox.Store) -> None:
    query = """SELECT ?v { ?m kf:value ?v ;
        kf:indicator/skos:prefLabel "ふくしま健民アプリの累計ダウンロード数"@ja } ORDER BY ?v"""
    assert _select(store, query) == [("34812",), ("68441",)]


def test_the_passage_of_a_stated_relation_names_both_ends(store: ox.Store) -> None:
    query = """SELECT ?l ?end (GROUP_CONCAT(DISTINCT ?name; separator="\\u0001") AS ?names)
        (GROUP_CONCAT(DISTINCT ?text; separator="") AS ?print) {
        ?l kf:basis basis:stated ; kf:from|kf:to ?end ; kf:evidence/kf:exact ?text .
        ?end skos:prefLabel|skos:altLabel ?name } GROUP BY ?l ?end"""
    words = tuple(read_words(Folders.mappings / "reference" / "anaphora.toml").anaphora)
    found = _select(store, query)
    assert len(found) > 90
    silent = [
        (link, end)
        for link, end, names, text in found
        if not any(compared(name) in compared(text) for name in [*names.split("\x01"), *words, "前計画"])
    ]
    assert silent == []


def test_labels_of_judgements_are_sentences(store: ox.Store) -> None:
    reasons = [reason for (reason,) in _select(store, "SELECT ?r { ?l a kf:LineageLink ; kf:reason ?r }")]
    assert all(re.fullmatch(r".+。", reason, re.DOTALL) for reason in reasons)


def test_a_judgement_and_an_event_are_labelled_for_a_list(store: ox.Store) -> None:
    query = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?label { ?l a kf:LineageLink ; kf:linkType/skos:notation "mandated-by" ; rdfs:label ?label }"""
    assert _select(store, query) == [("官民データ活用推進基本法 → デジタル化推進計画",)]
    unlabelled = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?x { { ?x a kf:LineageLink } UNION { ?x a kf:Event }
        FILTER NOT EXISTS { ?x rdfs:label ?l } }"""
    assert _select(store, unlabelled) == []
