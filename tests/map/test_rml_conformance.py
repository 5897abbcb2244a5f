"""The RML-Core test cases of the Knowledge Graph Construction community group, all of them.

A case is a folder with a mapping, JSON sources, and the expected dataset or the expectation of an error.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_builder.dataset import assemble
from graph_builder.errors import DataError
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings

pytestmark = pytest.mark.needs_shared

TOTAL = 76
ERRORS = 15
EXCEPTIONS = {
    "RMLTC0027b-JSON": "expects <http://example.com/Person/Emily Smith>: an IRI with a space is not N-Quads, "
    "and a dataset that no parser reads is refused",
}


@dataclass(frozen=True)
class Case:
    name: str
    folder: Path
    base: str
    expects_error: bool


def read_cases(shared: Path) -> list[Case]:
    folder = shared / "conformance" / "rml-core" / "test-cases"
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        return [
            Case(row["ID"], folder / row["ID"], row["base_iri"], row["error"] == "true")
            for row in csv.DictReader(file)
        ]


def canonical(path: Path) -> ox.Dataset:
    """The dataset with blank nodes named by its shape (RDFC-1.0)."""
    dataset = ox.Dataset(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def failure(case: Case, out: Path) -> str | None:
    """What is wrong with the outcome of a case, or None."""
    try:
        with DuckDB(case.folder, threads=1) as engine:
            assemble(read_mappings([case.folder / "mapping.ttl"]), engine, case.base, out)
    except DataError as error:
        return None if case.expects_error else f"refused: {error}"
    if case.expects_error:
        return "an error was expected"
    return None if canonical(out) == canonical(case.folder / "output.nq") else "another dataset"


def test_every_case_but_the_known_exceptions_passes(shared: Path, tmp_path: Path) -> None:
    cases = read_cases(shared)
    failures = {case.name: why for case in cases if (why := failure(case, tmp_path / f"{case.name}.nq"))}
    assert failures.keys() == EXCEPTIONS.keys(), failures
    assert len(cases) == TOTAL
    assert sum(case.expects_error for case in cases) == ERRORS
    assert len(cases) - len(failures) == 75
