"""A new store beside the old one, then one atomic switch.

Below `out/`:

    stores/<version>-<n>     one Oxigraph store for each publication; <n> tells repeated ones apart
    store                    the switch: a relative symbolic link to the published one
    store.previous           the one before, kept for readers that still have it open
    search/<version>-<n>.sqlite  what the search reads, one for each store

The named graphs are loaded as they are. The merge of all graphs but `proposals` is loaded again into the
store's real default graph, where a triple that stands in three graphs is one triple.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph_builder.errors import Place, Problem, StoreError
from graph_builder.folders import Folders
from graph_builder.search.published import index_store, sweep_indexes
from graph_builder.skolem import skolemised_quads

UNFINISHED = ".unfinished"
OUTSIDE_THE_UNION = "proposals"


def publish(folders: Folders, version: str, base: str) -> Path:
    """Load dataset, report, catalogue, ontology and shapes into a new store and switch to it.

    Returns the directory of the new store. Whatever fails before the switch raises `StoreError` (or
    `DeclarationError` for a Turtle file) and leaves the published store as it was.
    """
    stores = folders.out / "stores"
    stores.mkdir(parents=True, exist_ok=True)
    _refuse_a_directory_at(folders.store)
    with _alone(stores):
        _sweep(folders)
        fresh = _free_name(stores, version)
        unfinished = fresh.with_name(fresh.name + UNFINISHED)
        try:
            unfinished.mkdir()
            _load(_inputs(folders, base, unfinished), unfinished / "store", base)
            (unfinished / "store").rename(fresh)
            index_store(fresh, version)
            switch(folders, fresh)
        except (OSError, SyntaxError, ValueError) as fault:
            raise _unloaded(Place(str(fresh)), f"the store could not be published: {fault}") from fault
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _sweep(folders)
    return fresh


def switch(folders: Folders, fresh: Path) -> None:
    """Point the switch at `fresh` in one step, after naming the store that was published until now."""
    if folders.store.is_symlink():
        _link(_previous(folders), folders.store.readlink())
    _link(folders.store, fresh.relative_to(folders.out))


def _inputs(folders: Folders, base: str, scratch: Path) -> list[Path]:
    """List the N-Quads files to load; those of ontology and shapes are written to `scratch`."""
    files = [folders.dataset, folders.report.with_suffix(".nq"), folders.catalog]
    for name, folder in (("ontology", folders.ontology), ("shapes", folders.shapes)):
        target = scratch / f"{name}.nq"
        target.write_bytes(b"".join(skolemised_quads(folder.rglob("*.ttl"), f"{base}graph/{name}", base)))
        files.append(target)
    return [file for file in files if file == folders.dataset or file.exists()]


def _load(files: list[Path], directory: Path, base: str) -> None:
    """Load `files` into a new store at `directory`.

    Named graphs and default graph are loaded at once on two threads (the loader releases the GIL): on two
    cores the union costs no time of its own.
    """
    store = Store(directory)
    union = directory.with_name("union.nt")
    with ThreadPoolExecutor(max_workers=2) as threads:
        graphs = threads.submit(_load_graphs, store, files)
        merged = threads.submit(_load_union, store, files, union, base)
        graphs.result()
        merged.result()
    store.optimize()
    store.flush()


def _load_graphs(store: Store, files: list[Path]) -> None:
    for file in files:
        try:
            store.bulk_load(path=file, format=RdfFormat.N_QUADS)
        except SyntaxError as fault:
            place = Place(str(file), fault.lineno, fault.offset)
            raise _unloaded(place, f"no valid N-Quads: {fault.msg}") from fault


def _load_union(store: Store, files: list[Path], union: Path, base: str) -> None:
    with union.open("wb") as target:
        for file in files:
            target.writelines(union_lines(file, base))
    if union.stat().st_size == 0:
        raise _unloaded(Place(str(files[0])), "there is nothing to publish")
    store.bulk_load(path=union, format=RdfFormat.N_TRIPLES)


def union_lines(file: Path, base: str) -> Iterator[bytes]:
    """Yield the N-Triples lines of the default graph: `file` without its graph names and without proposals.

    Raises `StoreError` for a line that is in no graph of `base`: the graph name is cut off by its position,
    which is right only where every line has one.
    """
    graphs = f" <{base}graph/".encode()
    outside = f"{base}graph/{OUTSIDE_THE_UNION}> .".encode()
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            cut = line.rfind(b" <")
            if not line.startswith(graphs, cut) or not line.endswith(b"> .\n"):
                raise _unloaded(Place(str(file), number), f"the statement is in no graph below {base}graph/")
            if not line.startswith(outside, cut + 2):
                yield line[:cut] + b" .\n"


def _previous(folders: Folders) -> Path:
    return folders.store.with_name("store.previous")


def _link(link: Path, target: Path) -> None:
    temporary = link.with_name(f".{link.name}{UNFINISHED}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target, target_is_directory=True)
    temporary.replace(link)


def _free_name(stores: Path, version: str) -> Path:
    """Return a directory that no store has had: a reader tells stores apart by their names."""
    taken = [path.name.rpartition("-") for path in stores.iterdir()]
    numbers = [int(number) for stem, _, number in taken if stem == version and number.isdecimal()]
    return stores / f"{version}-{max(numbers, default=0) + 1}"


def _sweep(folders: Folders) -> None:
    """Delete every store but the published one and the one before."""
    kept = {link.resolve() for link in (folders.store, _previous(folders))}
    for directory in (folders.out / "stores").iterdir():
        if directory.is_dir() and directory.resolve() not in kept:
            shutil.rmtree(directory)
    sweep_indexes(folders.out / "stores")


def _refuse_a_directory_at(store: Path) -> None:
    if store.exists() and not store.is_symlink():
        remedy = "Move it away: the name is needed for the link to the published store"
        raise StoreError(
            Problem(Place(str(store)), "something else stands in the place of the switch", remedy)
        )


def _unloaded(place: Place, what: str) -> StoreError:
    return StoreError(
        Problem(place, what, "The store published before still serves; mend this and build again")
    )


@contextmanager
def _alone(stores: Path) -> Iterator[None]:
    """Hold the publication lock of `stores`; a second build at the same time is refused, not queued."""
    with (stores / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            remedy = "Wait until it has ended"
            raise StoreError(Problem(Place(str(stores)), "another build is publishing", remedy)) from fault
        yield
