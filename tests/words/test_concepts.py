"""Every scheme of concepts: notation, names and definitions, and IRIs that follow from them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SKOS

from graph_builder.namespaces import CONCEPT
from graph_builder.reports.terms import parse, rdflib_graph
from tests.words.vocabulary import FOLDERS, expand, texts

FILES = sorted((FOLDERS.ontology / "concepts").glob("*.ttl"))
CONTRACT = {
    "link-type": "same renamed successor split merged component replaces implements based-on mandated-by "
    "refers-to revises adopts introduced-by",
    "basis": "stated matched curated inferred",
    "status": "accepted proposed rejected",
    "change-type": "renamed split merged",
    "correction-kind": "ocr layout typo",
    "discrepancy-kind": "name quotation article word spelling unit",
    "measure-kind": "target baseline actual count",
    "comparator": "equal at-least at-most about increase-by",
    "event-type": "promulgated enforced decided cabinet-decision revised published",
    "identifier-kind": "local-government-code corporate-number iso-3166-2",
    "instrument-kind": "strategy plan declaration policy guideline roadmap bill survey report",
}


def _graph(path: Path) -> rdflib.Graph:
    return rdflib_graph(parse(path, ox.RdfFormat.TURTLE))


def test_there_are_as_many_schemes_as_we_think() -> None:
    assert len(FILES) == 14


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_holds_one_scheme_named_and_defined_in_both_languages(path: Path) -> None:
    graph = _graph(path)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(scheme).startswith(CONCEPT.address)
    for predicate in (SKOS.prefLabel, SKOS.definition):
        assert [language for language, _ in texts(graph, scheme, predicate)] == ["en", "ja"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_concept_has_a_notation_and_both_labels(path: Path) -> None:
    graph = _graph(path)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    concepts = list(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts
    for concept in concepts:
        notation = graph.value(concept, SKOS.notation)
        assert str(concept) == f"{scheme}/{notation}"
        assert graph.value(concept, SKOS.inScheme) == scheme
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert [language for language, _ in texts(graph, concept, predicate)] == ["en", "ja"], concept


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_concepts_of_a_scheme_have_the_same_name(path: Path, language: str) -> None:
    graph = _graph(path)
    concepts = graph.subjects(RDF.type, SKOS.Concept)
    named = (pair for concept in concepts for pair in texts(graph, concept, SKOS.prefLabel))
    labels = [label for tag, label in named if tag == language]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(("scheme", "notations"), sorted(CONTRACT.items()))
def test_a_scheme_holds_the_concepts_of_the_contract(scheme: str, notations: str) -> None:
    found = {
        str(graph.value(concept, SKOS.notation))
        for graph in map(_graph, FILES)
        for concept in graph.subjects(SKOS.inScheme, expand(f"concept:{scheme}"))
    }
    assert set(notations.split()) <= found
