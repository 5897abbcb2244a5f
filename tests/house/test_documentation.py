"""What the documentation says is true: commands, settings, folders, dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from api.cli import app
from api.settings import Settings, describe

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def commands() -> set[str]:
    return set(getattr(get_command(app), "commands"))  # noqa: B009 - typer's group is typed as a plain command


def test_the_readme_lists_every_command_and_no_other() -> None:
    assert set(re.findall(r"^keifu ([a-z-]+)", README, re.MULTILINE)) == commands()
    assert commands() == {
        "build",
        "check",
        "ask",
        "lineage",
        "search",
        "serve",
        "export",
        "rollback",
        "new-document",
    }


def test_the_readme_lists_every_setting_with_its_default() -> None:
    listed = re.findall(r"^\| `(KEIFU_[A-Z_]+)` \| `?([^|`]*)`? \| ([^|]+) \|$", README, re.MULTILINE)
    assert listed == [(name, default, sentence) for name, default, sentence in describe()]
    assert len(listed) >= 8


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIFU_BASE", "https://example.org/plans/")
    assert Settings.from_environment().base == "https://example.org/plans/"


def test_the_readme_names_every_folder_and_no_other() -> None:
    table = README.split("## Where is what", 1)[1].split("##", 1)[0]
    named = {name.split("/", maxsplit=1)[0] for name in re.findall(r"^\| `([^`]+)/` \|", table, re.MULTILINE)}
    ignored = {"build", "dist", "node_modules"}
    there = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    there = {name for name in there if name not in ignored and not name.endswith(".egg-info")}
    assert named == there


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_path_that_is_named_exists(text: str) -> None:
    outside = ("build/", "my-plan", "<", "https:", "*")
    paths = re.findall(r"`((?:[a-z_]+/)+[a-zA-Z0-9_.-]*)`", text)
    assert paths
    missing = [path for path in paths if not path.startswith(outside) and not (ROOT / path).exists()]
    assert missing == []


def test_make_knows_the_verbs_that_are_promised() -> None:
    verbs = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"setup", "run", "test", "lint", "bench"} <= verbs
    assert set(re.findall(r"`?make ([a-z]+)", README + CONTRIBUTING)) <= verbs


def test_ci_runs_what_the_readme_says() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[>=<~]", requirement, maxsplit=1)[0] for requirement in declared}
    reasons = (ROOT / "docs" / "decisions" / "0004-dependencies.md").read_text("utf-8")
    assert len(names) > 15
    assert {name for name in names if name not in reasons} == set()


def test_lock_files_name_no_index_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")
        assert "http" not in lock.replace("httpx", "").replace("httpcore", "").replace("httptools", "")
        requirements = re.findall(r"^[a-z0-9].*==", lock, re.MULTILINE)
        assert len(requirements) > 30
        assert lock.count(" \\\n    --hash") == lock.count("--hash=sha256:")


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_project_speaks_of_itself_alone() -> None:
    folders = ("api", "graph_builder", "sparql", "mappings", "shapes", "ontology", "docs", "benchmarks")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    texts = {path: path.read_text("utf-8", errors="ignore") for path in files if "vendor" not in path.parts}
    assert len(texts) > 100
    assert [str(path) for path, text in texts.items() if str(ROOT.parent) + "/" in text] == []
