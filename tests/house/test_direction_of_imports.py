"""Above depends on below: the folders import one another in one direction only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FORBIDDEN = {
    "graph_builder": ("api", "sparql.execution", "sparql.protocol"),
    "sparql": ("api", "graph_builder.readers", "graph_builder.tables", "graph_builder.rml"),
    "api": ("graph_builder.readers", "graph_builder.tables", "graph_builder.rml"),
    # The matcher never sees a reviewed decision.
    "graph_builder/lineage/matching": (
        "graph_builder.lineage.decisions",
        "graph_builder.lineage.links",
        "graph_builder.tables",
        "graph_builder.curated",
    ),
    "graph_builder/readers": ("graph_builder.tables", "graph_builder.rml", "graph_builder.pipeline"),
    "graph_builder/values": ("graph_builder.readers", "graph_builder.tables", "graph_builder.documents"),
    "graph_builder/rml": ("graph_builder.readers", "graph_builder.tables", "graph_builder.documents"),
}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_a_folder_imports_nothing_that_stands_above_it(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files, f"no modules in {folder}"
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files
        for name in imports(file)
        for forbidden in FORBIDDEN[folder]
        if name == forbidden or name.startswith(f"{forbidden}.")
    ]
    assert wrong == []


def test_no_module_is_named_after_nothing() -> None:
    drawers = {"utils", "helpers", "common", "misc", "services", "manager"}
    folders = ("graph_builder", "sparql", "api", "tests", "benchmarks")
    names = {path.stem for folder in folders for path in (ROOT / folder).rglob("*.py")}
    assert len(names) > 50
    assert names & drawers == set()
