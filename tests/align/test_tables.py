"""A SSSOM table is read strictly: each case that breaks a rule is refused with its line and column."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from graph_builder.alignments.reading import MappingSet, read_alignments, read_mapping_set
from graph_builder.errors import DeclarationError
from graph_builder.rows.alignments import AlignmentRow, MappingSetRow
from graph_builder.tables.alignments import add_alignments
from graph_builder.tables.collection import Tables

CASES = Path(__file__).with_name("cases")
VALID = sorted(CASES.glob("valid-*.sssom.tsv"))
INVALID = sorted(CASES.glob("invalid-*.sssom.tsv"))


def expected() -> dict[str, str]:
    with (CASES / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {row["case"]: row["said"] for row in csv.DictReader(file)}


def name_of(case: Path) -> str:
    return case.name.removesuffix(".sssom.tsv")


def put(case: Path, folder: Path) -> Path:
    """The case under the name that its mapping_set_id asks for."""
    return Path(shutil.copy(case, folder / "case.sssom.tsv"))


def test_there_are_as_many_cases_as_we_think() -> None:
    assert (len(VALID), len(INVALID)) == (2, 25)
    assert {*VALID, *INVALID, CASES / "expected.csv"} == set(CASES.iterdir())
    assert set(expected()) == {name_of(case) for case in INVALID}


@pytest.mark.parametrize("case", VALID, ids=name_of)
def test_a_valid_table_is_read_in_full(case: Path, tmp_path: Path) -> None:
    found = read_mapping_set(put(case, tmp_path))
    assert (found.key, found.title, len(found.alignments)) == ("case", "概念とウィキデータ", 2)
    first, second = found.alignments
    assert (first.subject, first.object) == ("id/jp/concept/ai", "http://www.wikidata.org/entity/Q11660")
    assert first.predicate == "http://www.w3.org/2004/02/skos/core#exactMatch"
    assert first.justification == "https://w3id.org/semapv/vocab/ManualMappingCuration"
    assert (second.confidence, second.reason) == ("0.9", "名称が同じ")


@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_an_invalid_table_is_refused_where_it_is_wrong(case: Path, tmp_path: Path) -> None:
    with pytest.raises(DeclarationError) as caught:
        read_mapping_set(put(case, tmp_path))
    said = [
        str(problem).removeprefix(f"{tmp_path / 'case.sssom.tsv'}, ") for problem in caught.value.problems
    ]
    assert [each for each in said if each.startswith(expected()[name_of(case)])], said


def test_the_mistakes_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copy(CASES / "invalid-without-reason.sssom.tsv", tmp_path / f"{name}.sssom.tsv")
    with pytest.raises(DeclarationError) as caught:
        read_alignments(tmp_path)
    assert {Path(problem.place.file).name for problem in caught.value.problems} == {
        "one.sssom.tsv",
        "two.sssom.tsv",
    }


def test_a_folder_without_tables_has_no_alignments(tmp_path: Path) -> None:
    empty: list[MappingSet] = []
    assert read_alignments(tmp_path / "nowhere") == empty


@pytest.mark.parametrize(
    ("case", "graph"), [("valid-complete", "alignments"), ("valid-derived", "alignments-case")]
)
def test_what_was_derived_from_others_stands_in_a_graph_of_its_own(
    case: str, graph: str, tmp_path: Path
) -> None:
    put(CASES / f"{case}.sssom.tsv", tmp_path)
    tables = Tables()
    add_alignments(tmp_path, tables)
    assert [row.document for row in tables.of(MappingSetRow)] == [graph]
    assert [(row.document, row.authority) for row in tables.of(AlignmentRow)] == [
        (graph, "jp"),
        (graph, "070009"),
    ]
