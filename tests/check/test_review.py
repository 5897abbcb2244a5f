"""What the checks say about the review of 2022, whose sums and rates were worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_builder.namespaces import DCTERMS, KF, RDF, XSD
from graph_builder.report import merged_store, placed
from graph_builder.reports.checks import read_checks, run
from graph_builder.reports.places import Places
from graph_builder.reports.results import Result, sorted_results
from tests.check.cases import FOLDERS

ROWS = Path(__file__).with_name("review-observations.csv")
BASE = "https://w3id.org/keifu/id/"
DOCUMENT = ox.NamedNode(f"{BASE}070009/document/review")


def _number(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


def _row(row: dict[str, str]) -> list[ox.Quad]:
    subject = ox.NamedNode(f"{BASE}070009/observation/{row['direction'] or 'overall'}.{row['year']}")
    passage = ox.NamedNode(f"{BASE}070009/passage/review.{row['start_line']}-{row['end_line']}")
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (subject, RDF.type, ox.NamedNode(KF.ReviewObservation)),
        (subject, KF.fiscalYear, ox.NamedNode(f"{BASE}fiscal-year/{row['year']}")),
        (subject, KF.itemCount, _number(row["items"], XSD.integer)),
        (subject, KF.achievedCount, _number(row["achieved"], XSD.integer)),
        (subject, KF.achievedRate, _number(row["rate"], XSD.decimal)),
        (subject, KF.evidence, passage),
        (passage, KF.startLine, _number(row["start_line"], XSD.integer)),
        (passage, KF.endLine, _number(row["end_line"], XSD.integer)),
        (passage, DCTERMS.isPartOf, DOCUMENT),
        (DOCUMENT, RDF.type, ox.NamedNode(KF.Document)),
    ]
    if row["direction"]:
        said.append((subject, KF.direction, ox.NamedNode(f"{BASE}070009/direction/plan.{row['direction']}")))
    return [ox.Quad(subject, ox.NamedNode(predicate), value) for subject, predicate, value in said]


@pytest.fixture
def found() -> tuple[Result, ...]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 18
    store = merged_store([quad for row in rows for quad in _row(row)], [])
    findings = [finding for check in read_checks(FOLDERS.checks) for finding in run(check, store)]
    return sorted_results(placed(findings, Places(store)))


def test_the_achieved_items_of_2021_are_one_fewer_than_their_sum(found: tuple[Result, ...]) -> None:
    sums = [result for result in found if result.rule.name == "review-achieved-sum"]
    assert [(result.focus_node.rpartition("/")[2], result.value) for result in sums] == [
        ("overall.2021", "107")
    ]
    assert sums[0].message.en == (
        "The overall achieved count of FY2021 is printed as 107, but the directions add up to 108."
    )
    assert sums[0].message.ja == (
        "2021年度の全体の目標達成項目数は 107 と印刷されていますが、方向別の合計は 108 です。"
    )
    assert str(sums[0].spot) == "review:26-35"
    assert [spot.start_line for spot in sums[0].also] == [51, 82, 117, 144, 169]


def test_the_review_cuts_seven_rates_off(found: tuple[Result, ...]) -> None:
    cut = [result for result in found if result.rule.name == "review-rate-cut-off"]
    assert [result.message.en for result in cut] == [
        "This document cuts its rates off instead of rounding them; 7 of them differ from the rounded ones."
    ]
    assert [spot.start_line for spot in cut[0].also] == [26, 82, 117, 169]


def test_nothing_that_is_right_is_reported(found: tuple[Result, ...]) -> None:
    assert sorted(result.rule.name for result in found) == ["review-achieved-sum", "review-rate-cut-off"]
