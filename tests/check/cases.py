"""The twins: below each rule's folder a valid example, and invalid ones that differ from one in one line.

A folder is named after a file of `shapes/` or `sparql/checks/`; a case's name is its sentence.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph_builder.folders import Folders
from graph_builder.namespaces import RDF, RDFS, SKOS
from graph_builder.report import merged_store, placed, read_words
from graph_builder.reports.checks import read_check, run
from graph_builder.reports.places import Places
from graph_builder.reports.results import Result, sorted_results
from graph_builder.reports.shapes import read_shapes, validate
from graph_builder.reports.terms import parse, rdflib_graph

FOLDER = Path(__file__).resolve().parent
FOLDERS = Folders()
KINDS = ("valid", "invalid")
_WORDS = frozenset({RDF.type, RDFS.subClassOf, SKOS.inScheme})


def twins(kind: str) -> list[Path]:
    """Every case of one kind; refuses strangers, so that a misnamed case cannot hide."""
    cases = sorted(path for path in FOLDER.glob("*/*") if path.suffix == ".ttl")
    strangers = [path.name for path in cases if path.name.partition("-")[0] not in KINDS]
    assert not strangers, f"case names must start with {KINDS}: {strangers}"
    others = [
        path for path in FOLDER.glob("*/*") if not path.name.endswith((".ttl", ".expected.json", ".pyc"))
    ]
    assert not others, f"neither case nor expectation: {others}"
    return [path for path in cases if path.name.startswith(f"{kind}-")]


def sentence(path: Path) -> str:
    """The name of a case for a person who reads the test report."""
    return f"{path.parent.name}: {path.stem}"


def results(case: Path) -> tuple[Result, ...]:
    """What the rules of the case's folder find in it."""
    statements = list(parse(case, ox.RdfFormat.TURTLE))
    store = merged_store(statements, _words())
    check = FOLDERS.checks / f"{case.parent.name}.rq"
    if check.exists():
        findings = run(read_check(check), store)
    else:
        needed = [word for word in _words() if word.predicate.value in _WORDS]
        shapes = read_shapes(FOLDERS.shapes / f"{case.parent.name}.ttl", follow=False)
        findings = validate(rdflib_graph([*statements, *needed]), shapes)
    return sorted_results(placed(findings, Places(store)))


def summary(result: Result) -> dict[str, object]:
    """What an expectation states of a result: all but its sentences."""
    return {
        "severity": result.severity.value,
        "rule": result.rule.name,
        "focusNode": result.focus_node,
        "path": result.path,
        "value": result.value,
        "place": str(result.spot) if result.spot else None,
        "also": [str(spot) for spot in result.also],
    }


@cache
def _words() -> list[ox.Quad]:
    return read_words(FOLDERS.ontology)
