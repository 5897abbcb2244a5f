"""Another government's text enters as a folder of data: scaffolded, built and published without code."""

from __future__ import annotations

import csv
import shutil
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph_builder.errors import CallError
from graph_builder.folders import Folders
from graph_builder.guess import guess
from graph_builder.pipeline import build
from graph_builder.scaffolding import Answers, scaffold
from graph_builder.values.text import compared
from tests.read import merged_dumps, wrapped_rows_dumps

HERE = Answers("131016")


@pytest.fixture
def mappings(tmp_path: Path) -> Path:
    """The mappings of classes and the reference tables, and no document."""
    for name in ("classes", "reference"):
        shutil.copytree(Folders.mappings / name, tmp_path / "mappings" / name)
    return tmp_path / "mappings"


def write(folder: Path, name: str, lines: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def entries(folders: Folders, key: str) -> list[dict[str, str]]:
    with (folders.tables / key / "entries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_action_plan_of_another_town_is_built_from_its_text_alone(mappings: Path, tmp_path: Path) -> None:
    dump = wrapped_rows_dumps.dump_of(seed=3, level=1)
    made = scaffold(write(tmp_path, "town-plan-2023.txt", dump.lines), mappings, HERE)
    assert (made.layout, made.problems) == ("wrapped-rows", ())
    folders = Folders(mappings=mappings, out=tmp_path / "build")
    assert build(folders).report.conforms
    names = [compared(row["name"]) for row in entries(folders, "town-plan-2023")]
    assert names == [compared(row.name) for row in dump.rows]


def test_a_list_of_another_city_is_built_from_its_text_alone(mappings: Path, tmp_path: Path) -> None:
    dump = merged_dumps.dump(municipality=2, level=1, seed=5)
    made = scaffold(write(tmp_path, "city list.txt", list(dump.lines)), mappings, HERE)
    assert (made.folder.name, made.layout, made.problems) == ("city-list", "merged-table", ())
    folders = Folders(mappings=mappings, out=tmp_path / "build")
    assert build(folders).report.conforms
    names = [compared(row["name"]) for row in entries(folders, "city-list")]
    assert names == [compared(row.name) for row in dump.truths]


def test_two_governments_stand_side_by_side(mappings: Path, tmp_path: Path) -> None:
    dump = merged_dumps.dump(municipality=1, level=0, seed=1)
    scaffold(write(tmp_path, "city.txt", list(dump.lines)), mappings, HERE)
    review = "ict-data-plan-2019-review"
    shutil.copytree(Folders.mappings / review, mappings / review)
    made = build(Folders(mappings=mappings, out=tmp_path / "build"))
    assert {name.rpartition("/")[2] for name in made.graphs} == {"city", review, "reference"}


def test_the_scaffold_declares_hash_counts_and_what_to_review(mappings: Path, tmp_path: Path) -> None:
    dump = merged_dumps.dump(municipality=2, level=1, seed=5)
    source = write(tmp_path, "city.txt", list(dump.lines))
    made = scaffold(source, mappings, HERE)
    declared = tomllib.loads((made.folder / "document.toml").read_text("utf-8"))
    assert (made.folder / "source.txt").read_bytes() == source.read_bytes()
    assert declared["authority"] == "131016"
    parts = [part for layout in declared["layouts"] for part in layout.get("parts", [layout])]
    assert sum(part["rows"] for part in parts) == len(dump.truths)
    assert made.notes
    assert (made.folder / "document.toml").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("name", "answers", "said"),
    [
        ("計画.txt", HERE, "give another with --key"),
        ("lineage.txt", HERE, "cannot be used"),
        ("plan.txt", Answers("fukushima"), "six-digit"),
        ("plan.txt", Answers("131016", layout="crystal-ball"), "use one of"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(
    mappings: Path, tmp_path: Path, name: str, answers: Answers, said: str
) -> None:
    source = write(tmp_path, name, ["第１章 計画", "本文です。"])
    before = sorted(mappings.iterdir())
    with pytest.raises(CallError, match=said):
        scaffold(source, mappings, answers)
    assert sorted(mappings.iterdir()) == before


def test_a_folder_is_never_overwritten(mappings: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "city.txt", list(merged_dumps.dump(municipality=2, level=0, seed=5).lines))
    scaffold(source, mappings, HERE)
    with pytest.raises(CallError, match="there already"):
        scaffold(source, mappings, HERE)


@pytest.mark.parametrize("missing", ["no-such-file.txt", "binary.txt"])
def test_a_text_that_cannot_be_read_is_the_fault_of_the_call(
    mappings: Path, tmp_path: Path, missing: str
) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CallError, match="give the path of a UTF-8 text"):
        scaffold(tmp_path / missing, mappings, HERE)


def test_the_command_tells_what_it_made_and_what_to_review(mappings: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "city.txt", list(merged_dumps.dump(municipality=2, level=0, seed=5).lines))
    arguments = ["new-document", str(source), "--mappings", str(mappings), "--authority", "131016"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert "merged-table" in done.output
    assert "review" in done.output


@pytest.mark.parametrize(
    ("name", "lines", "title", "year"),
    [
        (
            "x.txt",
            ["1", "みどり市デジタル化推進計画", "令和5年度", "令和5年度"],
            "みどり市デジタル化推進計画",
            2023,
        ),
        ("x-2019.txt", ["みどり市デジタル化推進計画"], "みどり市デジタル化推進計画", 2019),
        ("x.txt", ["分野\t項目", "みどり市事業一覧（令和3年度）\t\t"], "みどり市事業一覧（令和3年度）", 2021),
    ],
)
def test_title_and_year_are_guessed_from_the_text(name: str, lines: list[str], title: str, year: int) -> None:
    guessed = guess(Path(name), lines)
    assert (guessed.title, guessed.year) == (title, year)


def test_a_given_title_is_taken_and_its_line_is_its_evidence() -> None:
    guessed = guess(Path("x.txt"), ["前書きの一行です", "みどり市計画 概要版"], "みどり市計画")
    assert (guessed.title, guessed.printed) == ("みどり市計画", "みどり市計画 概要版")
