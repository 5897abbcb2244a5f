"""The ontology says everything that is promised, in two languages, once."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from tests.words.vocabulary import expand, terms, texts, words

ONTOLOGY = rdflib.URIRef("https://w3id.org/keifu/ontology")
CASES = Path(__file__).with_name("terms.csv")


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_contract_has_as_many_terms_as_we_think() -> None:
    assert len(_cases()) == 118


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["term"])
def test_a_term_of_the_contract_exists_below_its_standard_term(case: dict[str, str]) -> None:
    term = expand(f"kf:{case['term']}")
    assert (term, RDF.type, OWL[case["kind"]]) in words()
    above = RDFS.subClassOf if case["kind"] == "Class" else RDFS.subPropertyOf
    assert {expand(name) for name in case["super"].split()} <= set(words().objects(term, above))


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.partition("#")[2])
def test_a_term_has_label_definition_and_home(term: rdflib.URIRef) -> None:
    labels = texts(words(), term, RDFS.label)
    definitions = dict(texts(words(), term, SKOS.definition))
    assert [language for language, _ in labels] == sorted(definitions) == ["en", "ja"]
    assert re.fullmatch(r"[^。]+。", definitions["ja"]), "one sentence"
    assert re.fullmatch(r"[A-Z].*[^.]\.", definitions["en"]), "one sentence"
    assert ". " not in definitions["en"]
    assert (term, RDFS.isDefinedBy, ONTOLOGY) in words()
    assert list(words().objects(term, RDF.type))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_definition_is_said_twice(language: str) -> None:
    said = [
        text for term in terms() for tag, text in texts(words(), term, SKOS.definition) if tag == language
    ]
    assert len(said) == len(set(said)) == len(terms())


def test_terms_differ_by_more_than_case_unless_one_is_the_range_of_the_other() -> None:
    by_name: dict[str, list[rdflib.URIRef]] = {}
    for term in terms():
        by_name.setdefault(term.lower(), []).append(term)
    for alike in by_name.values():
        for property_ in alike[1:]:
            assert words().value(property_, RDFS.range) == alike[0], alike


def test_the_ontology_says_what_it_is() -> None:
    said = set(words().predicates(ONTOLOGY))
    dcterms = rdflib.DCTERMS
    assert {
        RDF.type,
        OWL.versionInfo,
        dcterms.title,
        dcterms.description,
        dcterms.license,
        dcterms.issued,
    } <= said


def test_a_super_term_of_our_own_is_declared() -> None:
    pairs = [*words().subject_objects(RDFS.subClassOf), *words().subject_objects(RDFS.subPropertyOf)]
    ours = {above for _, above in pairs if str(above).startswith("https://w3id.org/keifu/")}
    assert ours
    assert ours <= set(terms())


def test_the_kinds_of_descent_that_review_may_judge_each_name_their_property() -> None:
    scheme = expand("concept:link-type")
    named = {words().value(concept, RDFS.seeAlso) for concept in words().subjects(SKOS.inScheme, scheme)} - {
        None
    }
    descent = set(words().subjects(RDFS.subPropertyOf, expand("kf:derivesFrom")))
    assert named == descent - {expand("kf:continues"), expand("kf:underPlan")}
