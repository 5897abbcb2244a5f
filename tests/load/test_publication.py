"""A build is published whole or not at all, and the default graph is the merge of the named ones."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from graph_builder import publication
from graph_builder.errors import DeclarationError, StoreError
from graph_builder.folders import Folders
from graph_builder.publication import publish, union_lines

BASE = "https://w3id.org/keifu/"
GRAPH = f"{BASE}graph/"
COUNT_ALL = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?count) { GRAPH ?g { ?s ?p ?o } }"
ROOT = Path(__file__).resolve().parents[2]


def line(graph: str, subject: str = "a", value: str = '"x"') -> str:
    return f"<http://e/{subject}> <http://e/p> {value} <{GRAPH}{graph}> .\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = Folders(ontology=tmp_path / "ontology", shapes=tmp_path / "shapes", out=tmp_path / "build")
    for folder in (found.ontology, found.shapes, found.out):
        folder.mkdir()
    found.dataset.write_text(line("one"), encoding="utf-8")
    return found


def count(store: Path, query: str) -> int:
    rows = Store.read_only(str(store.resolve())).query(query)
    assert isinstance(rows, QuerySolutions)
    return int(next(rows)["count"].value)


def test_a_triple_in_three_graphs_counts_once_and_proposals_do_not_count(folders: Folders) -> None:
    lines = [line("one"), line("two"), line("reference"), line("one", "b"), line("proposals", "c")]
    folders.dataset.write_text("".join(lines), encoding="utf-8")
    store = publish(folders, "v", BASE)
    assert count(store, COUNT_ALL) == 2
    assert count(store, "SELECT (COUNT(?o) AS ?count) { <http://e/a> <http://e/p> ?o }") == 1
    assert count(store, COUNT_NAMED) == 5


def test_the_count_of_the_default_graph_is_the_number_of_distinct_triples(folders: Folders) -> None:
    names = ("one", "two", "three", "proposals")
    lines = {line(names[n % 4], f"s{n % 50}", f'"{n % 7} <{GRAPH}one> ."') for n in range(2000)}
    folders.dataset.write_text("".join(sorted(lines)), encoding="utf-8")
    distinct = {entry.rsplit(" <", 1)[0] for entry in lines if "graph/proposals> .\n" not in entry}
    store = publish(folders, "v", BASE)
    assert 0 < len(distinct) < len(lines)
    assert count(store, COUNT_ALL) == len(distinct)
    assert count(store, COUNT_NAMED) == len(lines)


def test_report_catalogue_ontology_and_shapes_are_in_the_store(folders: Folders) -> None:
    folders.report.with_suffix(".nq").write_text(line("report", "r"), encoding="utf-8")
    folders.catalog.write_text(line("catalog", "c"), encoding="utf-8")
    (folders.ontology / "words.ttl").write_text(
        "<http://e/w> <http://e/p> [ <http://e/q> 1 ] .", encoding="utf-8"
    )
    (folders.shapes / "rules.ttl").write_text("<http://e/r> <http://e/p> 1 .", encoding="utf-8")
    store = Store.read_only(str(publish(folders, "v", BASE)))
    names = {str(graph) for graph in store.named_graphs()}
    assert names == {f"<{GRAPH}{name}>" for name in ("one", "report", "catalog", "ontology", "shapes")}
    assert not bool(
        store.query("ASK { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } FILTER(ISBLANK(?s) || ISBLANK(?o)) }")
    )


def test_the_store_before_is_kept_and_older_ones_go(folders: Folders) -> None:
    stores = [publish(folders, version, BASE) for version in ("v1", "v1", "v2")]
    assert [store.name for store in stores] == ["v1-1", "v1-2", "v2-1"]
    assert [store.exists() for store in stores] == [False, True, True]
    assert folders.store.resolve() == stores[2].resolve()
    assert folders.store.with_name("store.previous").resolve() == stores[1].resolve()
    assert not folders.store.readlink().is_absolute()


BROKEN = {
    "no graph": '<http://e/a> <http://e/p> "x" .\n',
    "a stranger's graph": '<http://e/a> <http://e/p> "x" <http://e/graph/one> .\n',
    "cut short": line("one", "z")[:-3],
    "an open quote": f'<http://e/a> <http://e/p> "x <{GRAPH}one> .\n',
    "no line feed at the end": line("one", "z")[:-1],
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_line_is_named_and_the_published_store_stays(folders: Folders, fault: str) -> None:
    store = publish(folders, "v", BASE)
    folders.dataset.write_text(line("one") + BROKEN[fault], encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        publish(folders, "w", BASE)
    place = caught.value.problems[0].place
    assert (place.file, place.line) == (str(folders.dataset), 2)
    assert folders.store.resolve() == store.resolve()
    assert count(folders.store, COUNT_ALL) == 1
    assert sorted(path.name for path in (folders.out / "stores").iterdir()) == [".lock", "v-1"]


def test_five_kinds_of_broken_lines_are_tried() -> None:
    assert len(BROKEN) == 5


def test_an_empty_dataset_is_not_published(folders: Folders) -> None:
    folders.dataset.write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="nothing to publish"):
        publish(folders, "v", BASE)
    assert not folders.store.exists()


def test_a_missing_dataset_is_not_published(folders: Folders) -> None:
    folders.dataset.unlink()
    with pytest.raises(StoreError):
        publish(folders, "v", BASE)


def test_a_broken_shape_stops_publication_and_names_its_line(folders: Folders) -> None:
    (folders.shapes / "rules.ttl").write_text(
        "<http://e/r> <http://e/p> 1 .\n<http://e/r> nonsense .", encoding="utf-8"
    )
    with pytest.raises(DeclarationError) as caught:
        publish(folders, "v", BASE)
    assert caught.value.problems[0].place.line == 2


def test_a_full_disk_leaves_the_published_store(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    store = publish(folders, "v", BASE)

    class FullStore:
        def __init__(self, directory: Path) -> None:
            directory.mkdir()

        def bulk_load(self, **_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publication, "Store", FullStore)
    with pytest.raises(StoreError, match="No space left"):
        publish(folders, "w", BASE)
    assert folders.store.resolve() == store.resolve()
    assert not (folders.out / "stores" / "w-1").exists()


def test_a_failing_switch_leaves_the_published_store(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = publish(folders, "v", BASE)

    def fail(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(publication, "switch", fail)
    with pytest.raises(StoreError, match="Read-only"):
        publish(folders, "w", BASE)
    assert folders.store.resolve() == store.resolve()


KILLED_BEFORE_THE_SWITCH = """
import os, signal, sys
from pathlib import Path
from graph_builder import publication
from graph_builder.folders import Folders
publication.switch = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
out = Path(sys.argv[1])
folders = Folders(ontology=out.parent / "ontology", shapes=out.parent / "shapes", out=out)
publication.publish(folders, "w", sys.argv[2])
"""


def test_a_build_killed_before_the_switch_leaves_the_published_store(folders: Folders) -> None:
    store = publish(folders, "v", BASE)
    folders.dataset.write_text(line("one") + line("one", "b"), encoding="utf-8")
    command = [sys.executable, "-c", KILLED_BEFORE_THE_SWITCH, str(folders.out), BASE]
    killed = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert folders.store.resolve() == store.resolve()
    assert count(folders.store, COUNT_ALL) == 1
    assert (folders.out / "stores" / "w-1").exists()
    fresh = publish(folders, "x", BASE)
    assert count(folders.store, COUNT_ALL) == 2
    names = {path.name for path in (folders.out / "stores").iterdir()}
    assert names == {".lock", store.name, fresh.name}


def test_two_builds_do_not_publish_at_once(folders: Folders) -> None:
    (folders.out / "stores").mkdir()
    with (folders.out / "stores" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another build"):
            publish(folders, "v", BASE)


def test_a_folder_in_the_place_of_the_switch_is_not_touched(folders: Folders) -> None:
    folders.store.mkdir()
    with pytest.raises(StoreError, match="place of the switch"):
        publish(folders, "v", BASE)
    assert folders.store.is_dir()


def test_a_reader_of_the_old_store_is_not_disturbed(folders: Folders) -> None:
    old = Store.read_only(str(publish(folders, "v", BASE)))
    folders.dataset.write_text(line("one", "b") + line("one", "c"), encoding="utf-8")
    for version in ("w", "x"):
        publish(folders, version, BASE)
    assert bool(old.query("ASK { <http://e/a> ?p ?o }"))


def test_a_graph_name_inside_a_literal_is_not_cut(tmp_path: Path) -> None:
    file = tmp_path / "lines.nq"
    file.write_text(line("one", value=f'"1 <{GRAPH}two> ."'), encoding="utf-8")
    assert list(union_lines(file, BASE)) == [f'<http://e/a> <http://e/p> "1 <{GRAPH}two> ." .\n'.encode()]


def test_the_switch_is_relative_so_that_the_folder_can_be_moved(folders: Folders, tmp_path: Path) -> None:
    publish(folders, "v", BASE)
    moved = tmp_path / "moved"
    os.rename(folders.out, moved)  # noqa: PTH104  the folder is moved as a person would
    assert count(moved / "store", COUNT_ALL) == 1
