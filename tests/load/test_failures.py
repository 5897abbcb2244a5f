"""What goes wrong says what, where and what to do; what is published stays published."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_builder.errors import DataError
from graph_builder.folders import ROOT, Folders
from graph_builder.pipeline import build

REVIEW = "ict-data-plan-2019-review"
LIST = "dx-projects-2022"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rewrite_source(folder: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Change the text and declare its new hash, as someone would who means to get past the hash."""
    source = folder / "source.txt"
    old = hashlib.sha256(source.read_bytes()).hexdigest()
    lines = change(source.read_text("utf-8").split("\n"))
    source.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    edit(folder / "document.toml", old, hashlib.sha256(source.read_bytes()).hexdigest())


def replace_line(number: int, old: str, new: str) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        assert old in lines[number - 1]
        return [*lines[: number - 1], lines[number - 1].replace(old, new), *lines[number:]]

    return change


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Two small documents in folders of their own, built and published."""
    root = tmp_path_factory.mktemp("published")
    for name in ("classes", "reference", REVIEW, LIST, "digital-plan-2022"):
        shutil.copytree(Folders.mappings / name, root / "mappings" / name)
    folders = Folders(mappings=root / "mappings", out=root / "build")
    build(folders)
    return folders


@pytest.fixture
def spoiled(published: Folders, tmp_path: Path) -> Folders:
    """A copy of the mappings to spoil, with the same build folder."""
    shutil.copytree(published.mappings, tmp_path / "mappings")
    return Folders(mappings=tmp_path / "mappings", out=published.out)


def changed_text(mappings: Path) -> None:
    with (mappings / REVIEW / "source.txt").open("a", encoding="utf-8") as source:
        source.write("一行\n")


def truncated_text(mappings: Path) -> None:
    source = mappings / REVIEW / "source.txt"
    source.write_bytes(source.read_bytes()[:3000])


def truncated_text_with_its_hash(mappings: Path) -> None:
    rewrite_source(mappings / LIST, lambda lines: lines[:100])


def unknown_department(mappings: Path) -> None:
    rewrite_source(mappings / LIST, replace_line(16, "総務部 税務課", "宇宙部 税務課"))


def too_few_rows(mappings: Path) -> None:
    edit(mappings / LIST / "document.toml", "rows = 53", "rows = 54")


def nonsense_in_a_table(mappings: Path) -> None:
    rewrite_source(mappings / LIST, lambda lines: [*lines[:30], "@@@ nonsense 4711 @@@", *lines[30:]])


def missing_column(mappings: Path) -> None:
    edit(mappings / "classes" / "project.rml.ttl", 'rml:reference "label"', 'rml:reference "etiquette"')


def broken_mapping(mappings: Path) -> None:
    edit(mappings / "classes" / "project.rml.ttl", "rml:subjectMap [", "rml:subjectMap [[")


def unknown_layout(mappings: Path) -> None:
    edit(mappings / LIST / "document.toml", 'reader = "merged-table"', 'reader = "crystal-ball"')


def missing_evidence(mappings: Path) -> None:
    edit(mappings / "classes" / "measure.rml.ttl", "kf:evidence", "kf:section")


SPOILINGS: dict[Callable[[Path], None], tuple[str, str]] = {
    changed_text: (f"{REVIEW}/source.txt", "declare the new hash"),
    truncated_text: (f"{REVIEW}/source.txt", "restore the text as received"),
    truncated_text_with_its_hash: (LIST, ""),
    unknown_department: (f"{LIST}, line 16", "lookups.toml"),
    too_few_rows: (LIST, "rows"),
    nonsense_in_a_table: (f"{LIST}, line 31", ""),
    missing_column: ("project.rml.ttl", "etiquette"),
    broken_mapping: ("project.rml.ttl, line", ""),
    unknown_layout: ("document.toml", "crystal-ball"),
    missing_evidence: ("line", "evidence"),
}


@pytest.mark.parametrize("spoil", SPOILINGS, ids=lambda spoil: spoil.__name__)
def test_bad_input_stops_with_place_and_remedy(spoiled: Folders, spoil: Callable[[Path], None]) -> None:
    before = spoiled.store.readlink()
    spoil(spoiled.mappings)
    with pytest.raises(DataError) as stopped:
        build(spoiled)
    said = str(stopped.value)
    for words in SPOILINGS[spoil]:
        assert words in said
    assert all(problem.remedy for problem in stopped.value.problems)
    assert stopped.value.exit_code == 1
    assert spoiled.store.readlink() == before
    assert (spoiled.store / "CURRENT").exists()


def test_the_command_says_it_in_a_line_and_exits_with_1(spoiled: Folders) -> None:
    unknown_department(spoiled.mappings)
    command = [sys.executable, "-m", "api.cli", "build"]
    command += ["--mappings", str(spoiled.mappings), "--out", str(spoiled.out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.search(rf"{LIST}, line 16\b.*宇宙部", done.stderr)
    assert "Traceback" not in done.stderr


def test_one_document_can_be_built_alone(published: Folders, tmp_path: Path) -> None:
    made = build(Folders(mappings=published.mappings, out=tmp_path / "build"), only=REVIEW)
    names = {name.rpartition("/")[2] for name in made.graphs}
    assert names == {REVIEW, "reference"}
