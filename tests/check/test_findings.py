"""What the checks find in the five documents: every finding by rule, document and lines, and no other."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from graph_builder.folders import Folders
from graph_builder.namespaces import CHECK
from graph_builder.reports.checks import read_checks
from tests.check.cases import FOLDERS

Finding = tuple[str, str, str, str]  # rule, document, lines, the other places
FINDINGS = Path(__file__).with_name("findings.csv")
OPEN = {"mention-open"}  # what is left open is no fault of a document


def _lines(place: dict[str, object]) -> str:
    first, last = place["startLine"], place["endLine"]
    return "" if first is None else str(first) if first == last else f"{first}-{last}"


def _also(result: dict[str, list[dict[str, object]]]) -> str:
    return "|".join(f"{place['document']}:{_lines(place)}" for place in result.get("also", []))


@pytest.fixture(scope="module")
def found(built: Folders) -> list[Finding]:
    results = json.loads(built.report.with_suffix(".json").read_text("utf-8"))["results"]
    return sorted(
        (result["rule"].removeprefix(CHECK.address), result["document"], _lines(result), _also(result))
        for result in results
        if result["rule"].startswith(CHECK.address) and result["rule"].removeprefix(CHECK.address) not in OPEN
    )


def _expected() -> list[Finding]:
    with FINDINGS.open(encoding="utf-8", newline="") as file:
        return sorted(
            (row["rule"], row["document"], row["lines"], row["also"]) for row in csv.DictReader(file)
        )


def test_the_checks_find_what_is_wrong_in_the_five_documents_and_nothing_else(found: list[Finding]) -> None:
    assert len(_expected()) == 51
    assert found == _expected()


def test_every_finding_is_of_a_rule_that_exists() -> None:
    assert {rule for rule, *_ in _expected()} <= {check.path.stem for check in read_checks(FOLDERS.checks)}


def test_every_finding_names_its_document_and_all_but_one_its_line(found: list[Finding]) -> None:
    assert all(document for _, document, _, _ in found)
    assert [rule for rule, _, lines, _ in found if not lines] == ["review-rate-cut-off"]


def test_every_curated_discrepancy_is_found(found: list[Finding]) -> None:
    with (FOLDERS.mappings / "reference" / "discrepancies.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["document"], row["lines"]) for row in csv.DictReader(file)]
    curated = [place for rule, *place, _ in found if rule in {"passages-disagree", "wording-varies"}]
    assert len(rows) == 18
    assert sorted(map(tuple, curated)) == sorted(rows)
