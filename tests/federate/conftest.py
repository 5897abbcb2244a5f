"""Scenes: a graph of ours, and those of two partners."""

from __future__ import annotations

import pytest

from sparql.execution import worker
from tests.federate.standing_in import InProcess, Scene, StandIn

OURS = """PREFIX : <http://e/>
:a :p :b, :c . :b :p :c ; :q :a . :c :q :c, 1 . :d :p 2 .
:g { :a :p :d . :d :q :a . }"""
THEIRS = """PREFIX : <http://e/>
:a :q :b . :b :q :b, :c . :c :p :a, 1 . :b :r :b . :c :r :d .
:a :name 'a'@ja . :b :name 'b'@en ."""
OTHERS = "PREFIX : <http://e/> :a :p :a . :b :p :a, :c . :c :q :b, :c . :d :q 2 ."


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Three small graphs, which no test may change."""
    return Scene.of(tmp_path_factory.mktemp("federate") / "ours", OURS, THEIRS, OTHERS)


@pytest.fixture
def scene(graphs: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The graphs, with nobody asked yet; the worker in this process must not limit its memory."""
    monkeypatch.setattr(worker, "bound_memory", lambda _: None)
    return Scene(InProcess(graphs.local.path), StandIn(graphs.client.stores), graphs.together)
