"""A compiled query is kept: it runs again as it is, and anything that it depends on compiles it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_builder import dataset
from graph_builder.dataset import assemble
from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
from graph_builder.rml.model import TriplesMap


@pytest.fixture
def maps() -> list[TriplesMap]:
    """Two mappings of the project."""
    classes = Folders.mappings / "classes"
    return [*read_mappings([classes / "event.rml.ttl", classes / "body.rml.ttl"])]


def _write(maps: list[TriplesMap], built: Folders, folder: Path, base: str = DEFAULT_BASE) -> bytes:
    out = folder / "out.nq"
    with DuckDB(built.tables, queries=folder / "queries") as engine:
        assemble(maps, engine, base, out)
    return out.read_bytes()


def _kept(folder: Path) -> list[Path]:
    return sorted((folder / "queries").iterdir())


def test_the_second_run_compiles_nothing_and_writes_the_same_bytes(
    maps: list[TriplesMap], built: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _write(maps, built, tmp_path)
    assert first.count(b"\n") > 300
    monkeypatch.setattr(dataset, "statements", lambda *_: pytest.fail("compiled again"))
    assert _write(maps, built, tmp_path) == first


def test_without_a_folder_nothing_is_kept(maps: list[TriplesMap], built: Folders, tmp_path: Path) -> None:
    out = tmp_path / "out.nq"
    with DuckDB(built.tables) as engine:
        assemble(maps, engine, DEFAULT_BASE, out)
    assert out.read_bytes() == _write(maps, built, tmp_path)
    assert len(_kept(tmp_path)) == 1


def test_another_base_or_other_maps_are_compiled_anew_and_kept_alone(
    maps: list[TriplesMap], built: Folders, tmp_path: Path
) -> None:
    seen = []
    for base, some in ((DEFAULT_BASE, maps), ("https://example.org/", maps), (DEFAULT_BASE, maps[:2])):
        lines = _write(some, built, tmp_path, base)
        assert (b"<https://example.org/" in lines) == (base != DEFAULT_BASE)
        seen += _kept(tmp_path)
    assert len(seen) == len(set(seen)) == 3
