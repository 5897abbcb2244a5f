"""Back to the build before: store and files together, in one step, and back again."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph_builder import switching
from graph_builder.errors import StoreError
from graph_builder.folders import Folders
from graph_builder.publication import publish
from graph_builder.switching import roll_back

BASE = "https://w3id.org/keifu/"


def build(folders: Folders, name: str) -> Path:
    """What a build leaves: its files, and its store published."""
    line = f'<http://e/{name}> <http://e/p> "x" <{BASE}graph/one> .\n'
    folders.dataset.write_text(line, encoding="utf-8")
    folders.report.with_suffix(".json").write_text(f'"{name}"', encoding="utf-8")
    return publish(folders, name, BASE)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = Folders(ontology=tmp_path / "ontology", shapes=tmp_path / "shapes", out=tmp_path / "build")
    for folder in (found.ontology, found.shapes, found.out):
        folder.mkdir()
    return found


def published(folders: Folders) -> tuple[str, str]:
    """Which build answers, and which build's report lies beside it."""
    files = folders.published
    assert files is not None
    store = Store.read_only(str(folders.store.resolve()))
    name = next(name for name in ("v", "w", "x") if store.query(f"ASK {{ <http://e/{name}> ?p ?o }}"))
    return name, files.report.with_suffix(".json").read_text("utf-8").strip('"')


def test_a_rollback_brings_back_store_and_files_and_a_second_one_returns(folders: Folders) -> None:
    before, after = build(folders, "v"), build(folders, "w")
    assert published(folders) == ("w", "w")
    assert roll_back(folders).resolve() == before.resolve()
    assert published(folders) == ("v", "v")
    assert roll_back(folders).resolve() == after.resolve()
    assert published(folders) == ("w", "w")
    assert not folders.store.readlink().is_absolute()


def test_the_last_build_leaves_its_files_where_they_were(folders: Folders) -> None:
    build(folders, "v")
    build(folders, "w")
    roll_back(folders)
    assert folders.report.with_suffix(".json").read_text("utf-8") == '"w"'
    assert "<http://e/w>" in folders.dataset.read_text("utf-8")


def test_a_build_after_a_rollback_replaces_what_was_taken_back(folders: Folders) -> None:
    build(folders, "v")
    build(folders, "w")
    roll_back(folders)
    build(folders, "x")
    assert published(folders) == ("x", "x")
    roll_back(folders)
    assert published(folders) == ("v", "v")
    for name in ("stores", "published"):
        assert {path.name for path in (folders.out / name).iterdir()} - {".lock"} == {"v-1", "x-1"}


@pytest.mark.parametrize("builds", [0, 1])
def test_without_a_build_before_there_is_nothing_to_go_back_to(folders: Folders, builds: int) -> None:
    for name in ("v", "w")[:builds]:
        build(folders, name)
    with pytest.raises(StoreError, match="no build before the published one"):
        roll_back(folders)


def test_a_broken_store_is_not_gone_back_to(folders: Folders) -> None:
    before = build(folders, "v")
    build(folders, "w")
    shutil.rmtree(before)
    with pytest.raises(StoreError, match="cannot be opened"):
        roll_back(folders)
    assert published(folders) == ("w", "w")


def test_a_rollback_waits_for_no_build(folders: Folders) -> None:
    build(folders, "v")
    build(folders, "w")
    with (folders.out / "stores" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another build is publishing"):
            roll_back(folders)
    assert published(folders) == ("w", "w")


def test_a_rollback_that_is_killed_between_its_steps_has_gone_back(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folders, "v")
    build(folders, "w")
    link = switching._link

    def only_the_switch(path: Path, target: Path) -> None:
        if path != folders.store:
            raise KeyboardInterrupt
        link(path, target)

    monkeypatch.setattr(switching, "_link", only_the_switch)
    with pytest.raises(KeyboardInterrupt):
        roll_back(folders)
    assert published(folders) == ("v", "v")
    with pytest.raises(StoreError, match="no build before"):
        roll_back(folders)


def test_what_is_published_is_what_was_loaded_whatever_is_built_later(folders: Folders) -> None:
    build(folders, "v")
    folders.dataset.write_text("a build that was refused", encoding="utf-8")
    folders.report.with_suffix(".json").write_text('"refused"', encoding="utf-8")
    assert published(folders) == ("v", "v")


def test_before_a_publication_there_are_no_published_files(folders: Folders) -> None:
    assert folders.published is None
