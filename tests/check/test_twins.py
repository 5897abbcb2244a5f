"""Each rule has its twin: a valid and an invalid example that differ in one line, and what is expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_builder.reports.checks import read_checks
from graph_builder.reports.shapes import read_rules, read_shapes
from tests.check.cases import FOLDERS, results, sentence, summary, twins

VALID, INVALID = twins("valid"), twins("invalid")
# what a rule of SHACL says about one line twice: the end before the start, fewer items than achieved
TWICE = {"invalid-with-end-line-below-one", "invalid-with-item-count-below-zero"}


def test_there_are_as_many_cases_as_we_think() -> None:
    assert (len(VALID), len(INVALID)) == (94, 269)


@pytest.mark.parametrize("case", VALID, ids=sentence)
def test_a_valid_twin_has_no_result(case: Path) -> None:
    assert [summary(result) for result in results(case)] == []


@pytest.mark.parametrize("case", INVALID, ids=sentence)
def test_an_invalid_twin_has_the_expected_results(case: Path) -> None:
    expected = json.loads(case.with_suffix(".expected.json").read_text("utf-8"))
    assert [summary(result) for result in results(case)] == expected
    assert len(expected) == (2 if case.stem in TWICE else 1)


def test_every_expectation_belongs_to_a_case() -> None:
    expectations = {path for case in INVALID for path in case.parent.glob("*.expected.json")}
    assert expectations == {case.with_suffix(".expected.json") for case in INVALID}


@pytest.mark.parametrize("case", INVALID, ids=sentence)
def test_an_invalid_twin_differs_from_a_valid_one_in_one_line(case: Path) -> None:
    lines = case.read_text("utf-8").splitlines()
    siblings = [path.read_text("utf-8").splitlines() for path in VALID if path.parent == case.parent]
    differences = [
        sum(left != right for left, right in zip(lines, sibling, strict=True))
        for sibling in siblings
        if len(sibling) == len(lines)
    ]
    assert 1 in differences


def test_every_rule_is_hit_by_an_invalid_twin() -> None:
    expected = [json.loads(path.with_suffix(".expected.json").read_text("utf-8")) for path in INVALID]
    hit = {result["rule"] for case in expected for result in case}
    shapes = read_rules(read_shapes(FOLDERS.shapes / "publication.ttl")).values()
    rules = {rule.name for rule in shapes} | {check.rule.name for check in read_checks(FOLDERS.checks)}
    assert rules - hit == set()
    assert len(rules) == 217


def test_every_folder_of_twins_is_named_after_a_file_of_rules() -> None:
    shapes = {path.stem for path in FOLDERS.shapes.glob("*.ttl")} - {"core"}
    checks = {path.stem for path in FOLDERS.checks.glob("*.rq")}
    assert {case.parent.name for case in VALID} == shapes | checks
