"""Numbers with their units and comparing words, and the numbers that count nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.values.measure_words import measure_words, read_measure_words
from graph_builder.values.quantities import Quantity, find_quantities, parse_quantity
from graph_builder.values.text import compared
from graph_builder.values.units import known_units, read_units
from tests.values.value_cases import cases, source_line

CONCEPTS = Folders().ontology / "concepts"
SCHEMES = {"units.ttl": "unit", "comparators.ttl": "comparator", "measure-kinds.ttl": "measure-kind"}
TEXT = st.text(st.characters() | st.sampled_from("0123456789０,万件人％%約以上年間増のを（）()～第 　\n"))


def said(quantity: Quantity) -> tuple[str, ...]:
    return (quantity.unit_text, quantity.unit or "", quantity.comparator, quantity.per or "")


@pytest.mark.parametrize("case", cases("quantities-in-sources.csv", 167), ids=lambda case: case["printed"])
def test_a_quantity_of_the_sources_is_read(case: dict[str, str]) -> None:
    line = source_line(case["document"], case["line"])
    found = [quantity for quantity in find_quantities(line) if quantity.text == case["printed"]]
    assert found
    assert said(found[0]) == (case["unit_text"], case["unit"], case["comparator"], case["per"])
    assert found[0].value == Decimal(case["value"])


@pytest.mark.parametrize("case", cases("not-measures.csv", 35), ids=lambda case: case["text"])
def test_a_number_that_counts_nothing_is_no_quantity(case: dict[str, str]) -> None:
    assert find_quantities(case["text"]) == (), case["why"]


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [("４８.２％", "48.2", "percent"), ("１市町村", "1", "municipality"), ("約500件", "500", "case")],
)
def test_a_cell_of_an_indicator_table_is_one_quantity(cell: str, value: str, unit: str) -> None:
    quantity = parse_quantity(cell)
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("cell", ["", "－", "目標値なし", "1件 2件"])
def test_a_cell_without_exactly_one_quantity_is_none(cell: str) -> None:
    assert parse_quantity(cell) is None


def test_a_range_is_a_lower_and_an_upper_bound() -> None:
    found = find_quantities("10～20件")
    assert [(quantity.value, quantity.comparator, quantity.unit) for quantity in found] == [
        (Decimal(10), "at-least", "case"),
        (Decimal(20), "at-most", "case"),
    ]


def test_an_unknown_counter_is_kept_as_printed_without_a_concept() -> None:
    found = find_quantities("５千樽を出荷する")
    assert [(quantity.value, quantity.unit_text, quantity.unit) for quantity in found] == [
        (Decimal(5000), "樽", None)
    ]


def test_words_that_only_end_like_a_comparing_word_do_not_compare() -> None:
    assert [quantity.comparator for quantity in find_quantities("予約100件、約100件")] == ["equal", "about"]


@given(TEXT)
def test_no_text_makes_the_quantity_parser_fail_and_every_span_quotes_itself(text: str) -> None:
    assert all(text[found.start : found.end] == found.text for found in find_quantities(text))


@given(st.integers(1, 10**9), st.sampled_from(sorted(known_units().by_spelling)))
def test_every_unit_of_the_scheme_is_read_behind_any_number(number: int, spelling: str) -> None:
    quantity = parse_quantity(f"約{number:,}{spelling}以上")
    assert quantity is not None
    assert (quantity.value, quantity.unit_text) == (Decimal(number), compared(spelling))
    assert quantity.unit == known_units().by_spelling[spelling].notation


@pytest.mark.parametrize(("file", "scheme"), SCHEMES.items())
def test_every_concept_has_its_notation_its_labels_and_its_definitions(file: str, scheme: str) -> None:
    graph = rdflib.Graph().parse(CONCEPTS / file)
    skos = rdflib.SKOS
    concepts = set(graph.subjects(rdflib.RDF.type, skos.Concept))
    assert concepts
    for concept in concepts:
        notation = graph.value(concept, skos.notation)
        assert str(concept) == f"https://w3id.org/keifu/concept/{scheme}/{notation}"
        parent = rdflib.URIRef(f"https://w3id.org/keifu/concept/{scheme}")
        assert (concept, skos.inScheme, parent) in graph
        assert (concept, skos.topConceptOf, parent) in graph
        for predicate in (skos.prefLabel, skos.definition):
            languages = sorted(
                o.language or "" for o in graph.objects(concept, predicate) if isinstance(o, rdflib.Literal)
            )
            assert languages == ["en", "ja"]


def test_the_words_that_compare_name_concepts_of_their_schemes() -> None:
    def notations(file: str) -> set[str]:
        graph = rdflib.Graph().parse(CONCEPTS / file)
        return {str(notation) for notation in graph.objects(None, rdflib.SKOS.notation)}

    words = measure_words()
    assert {*words.before.values(), *words.after.values()} <= notations("comparators.ttl")
    assert set(words.kinds.values()) <= notations("measure-kinds.ttl")


def test_no_spelling_names_two_units() -> None:
    graph = rdflib.Graph().parse(CONCEPTS / "units.ttl")
    skos = rdflib.SKOS
    owners: dict[str, set[object]] = {}
    for predicate in (skos.prefLabel, skos.altLabel, skos.hiddenLabel):
        for concept, label in graph.subject_objects(predicate):
            if isinstance(label, rdflib.Literal) and label.language == "ja":
                owners.setdefault(compared(str(label)), set()).add(concept)
    assert {spelling for spelling, concepts in owners.items() if len(concepts) > 1} == set()


def test_units_that_are_no_turtle_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    scheme = tmp_path / "units.ttl"
    scheme.write_text("this is no Turtle", "utf-8")
    with pytest.raises(DeclarationError, match=r"units\.ttl"):
        read_units(scheme)


def test_words_without_a_table_are_an_error_that_names_it(tmp_path: Path) -> None:
    words = tmp_path / "measure-words.toml"
    words.write_text("[before]\nabout = []\n", "utf-8")
    with pytest.raises(DeclarationError, match="words"):
        read_measure_words(words)
