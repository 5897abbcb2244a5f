"""The index as a file: same bytes for the same graph, whole or absent, never that of another publication."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from api.commands.graph import with_graph
from api.search.gathering import index_backend
from api.search.reading import Reader, open_index
from api.search.searching import Wanted, search
from api.settings import Settings
from graph_builder.errors import StoreError
from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE
from graph_builder.publication import publish
from graph_builder.search import index as making
from graph_builder.search.index import index_of, published_index, write_index
from graph_builder.search.kinds import findable
from graph_builder.search.published import index_store
from sparql.refusals import Reason, RefusalError


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT kind, count(*) FROM thing GROUP BY kind").fetchall())


def test_everything_that_people_look_for_is_in_it(index: sqlite3.Connection) -> None:
    found = counts(index)
    assert set(found) == set(findable().kinds)
    at_least = {"plan": 13, "law": 15, "strategy": 32, "project": 243, "project-entry": 282, "division": 84}
    at_least |= {"direction": 136, "indicator": 148, "document": 5, "fiscal-year": 16, "passage": 300}
    assert {kind: found[kind] for kind in at_least if found[kind] < at_least[kind]} == {}


def test_it_carries_the_version_of_the_dataset(built: Folders, index: sqlite3.Connection) -> None:
    version = published_index(built).name.rpartition("-")[0]
    assert re.fullmatch("[0-9a-f]{64}", version)
    assert index.execute("SELECT value FROM meta WHERE name = 'version'").fetchone() == (version,)


def test_the_same_graph_gives_the_same_bytes(built: Folders, tmp_path: Path) -> None:
    store = tmp_path / "build" / "stores" / "copy-1"
    store.parent.mkdir(parents=True)
    store.symlink_to(built.store.resolve())
    version = published_index(built).name.rpartition("-")[0]
    assert index_store(store, version) == tmp_path / "build" / "search" / "copy-1.sqlite"
    assert index_of(store).read_bytes() == published_index(built).read_bytes()


def test_any_backend_gives_the_same_bytes(built: Folders, tmp_path: Path) -> None:
    """A service without a build of its own asks for all it needs by SPARQL."""
    path, version = tmp_path / "search.sqlite", published_index(built).name.rpartition("-")[0]
    with_graph(built.out, Settings(), lambda backend: index_backend(backend, path, version))
    assert path.read_bytes() == published_index(built).read_bytes()


def test_a_publication_brings_its_own_and_takes_those_of_swept_stores_away(
    family: Folders, tmp_path: Path
) -> None:
    folders = Folders(shapes=tmp_path / "shapes", out=tmp_path / "build")
    folders.out.mkdir()
    folders.dataset.write_bytes(family.dataset.read_bytes())
    for version in ("v1", "v2", "v3"):
        publish(folders, version, DEFAULT_BASE)
    assert sorted(path.name for path in (folders.out / "search").iterdir()) == ["v2-1.sqlite", "v3-1.sqlite"]
    assert published_index(folders).name == "v3-1.sqlite"


def test_a_publication_without_room_for_the_index_changes_nothing(
    family: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = Folders(shapes=tmp_path / "shapes", out=tmp_path / "build")
    folders.out.mkdir()
    folders.dataset.write_bytes(family.dataset.read_bytes())
    publish(folders, "v1", DEFAULT_BASE)

    def no_room(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(making, "_fill", no_room)
    with pytest.raises(StoreError, match="disk is full"):
        publish(folders, "v2", DEFAULT_BASE)
    assert published_index(folders).name == "v1-1.sqlite"
    assert [path.name for path in (folders.out / "search").iterdir()] == ["v1-1.sqlite"]


def test_an_index_of_other_code_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "maker", lambda: "another")
    write_index([], tmp_path / "old.sqlite", "v")
    with pytest.raises(RefusalError, match="another version") as refusal:
        open_index(tmp_path / "old.sqlite")
    assert refusal.value.reason is Reason.NO_STORE


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(200)])
def test_a_broken_index_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(content)
    with pytest.raises(RefusalError, match="cannot be read"):
        open_index(path)


def test_nobody_can_write_to_it(index: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        index.execute("DELETE FROM thing")


def test_a_reader_follows_the_switch(built: Folders, family: Folders) -> None:
    paths = [published_index(built), published_index(family), published_index(built)]
    reader = Reader(lambda: paths[0], queue=4)
    totals = []
    while paths:
        totals.append(reader.ask_here(lambda connection: search(connection, Wanted(limit=1)).total))
        del paths[0]
    reader.close()
    assert totals[0] == totals[2] > totals[1] > 0


def test_a_missing_index_is_refused_until_it_is_there(tmp_path: Path) -> None:
    reader = Reader(lambda: tmp_path / "none.sqlite", queue=4)
    with pytest.raises(RefusalError, match="no search index"):
        reader.ask_here(counts)
    write_index([], tmp_path / "none.sqlite", "v")
    assert reader.ask_here(counts) == {}
    reader.close()


def test_a_search_without_end_is_stopped(built: Folders) -> None:
    reader = Reader(lambda: published_index(built), queue=4, seconds=0.2)
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    began = time.monotonic()
    with pytest.raises(RefusalError) as refusal:
        reader.ask_here(lambda connection: connection.execute(endless).fetchone())
    assert refusal.value.reason is Reason.OUT_OF_TIME
    assert time.monotonic() - began < 5
    assert reader.ask_here(counts)
    reader.close()


def test_only_so_many_searches_wait(built: Folders) -> None:
    reader, gate = Reader(lambda: published_index(built), queue=3), threading.Event()

    async def crowd() -> list[object]:
        waiting = [asyncio.create_task(reader.ask(lambda _: gate.wait(20))) for _ in range(5)]
        await asyncio.sleep(0.1)
        gate.set()
        return await asyncio.gather(*waiting, return_exceptions=True)

    answers = asyncio.run(crowd())
    reader.close()
    refused = [answer for answer in answers if isinstance(answer, RefusalError)]
    assert answers.count(True) == 3
    assert [refusal.reason for refusal in refused] == [Reason.BUSY, Reason.BUSY]
