"""A new store beside the old one, then one atomic switch (see switching.py for what lies where).

The named graphs are loaded as they are. The merge of all graphs but `proposals` is loaded again into the
store's real default graph, where a triple that stands in three graphs is one triple. What is loaded is a copy
of the files, which stays beside the store: both are the same publication, whatever a later build writes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph_builder.errors import Place, Problem, StoreError
from graph_builder.folders import Folders
from graph_builder.search.published import index_store, sweep_indexes
from graph_builder.skolem import skolemised_quads
from graph_builder.statements import PROPOSALS
from graph_builder.switching import alone, kept_publications, sweep, switch

UNFINISHED = ".unfinished"


def publish(folders: Folders, version: str, base: str) -> Path:
    """Load dataset, report, catalogue, ontology and shapes into a new store and switch to it.

    Returns the directory of the new store. Whatever fails before the switch raises `StoreError` (or
    `DeclarationError` for a Turtle file) and leaves the published store as it was.
    """
    stores = folders.out / "stores"
    stores.mkdir(parents=True, exist_ok=True)
    _refuse_a_directory_at(folders.store)
    with alone(stores):
        _sweep(folders)
        fresh = _free_name(stores, version)
        unfinished = fresh.with_name(fresh.name + UNFINISHED)
        try:
            _prepare(folders, unfinished, base)
            (unfinished / "files").rename(_place_for(folders.publication_of(fresh)))
            (unfinished / "store").rename(fresh)
            index_store(fresh, version)
            switch(folders, fresh)
        except (OSError, SyntaxError, ValueError) as fault:
            raise _unloaded(Place(str(fresh)), f"the store could not be published: {fault}") from fault
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _sweep(folders)
    return fresh


def _prepare(folders: Folders, unfinished: Path, base: str) -> None:
    """Make the copies and the store; a problem in a copy is told of the file that it was copied from."""
    files = unfinished / "files"
    files.mkdir(parents=True)
    _keep_files(folders, files)
    try:
        _load(_inputs(replace(folders, out=files), base, unfinished), unfinished / "store", base)
    except StoreError as fault:
        raise StoreError(*(_told_of(folders.out, files, problem) for problem in fault.problems)) from fault


def _told_of(out: Path, copies: Path, problem: Problem) -> Problem:
    file = problem.place.file.replace(str(copies), str(out))
    return replace(problem, place=replace(problem.place, file=file))


def _keep_files(folders: Folders, target: Path) -> None:
    """Copy what goes with the store; what a build did not make is absent."""
    for file in folders.files:
        if file.exists():
            shutil.copyfile(file, target / file.name)


def _place_for(folder: Path) -> Path:
    """The place of a folder, with nothing there and all above it made."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


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
    outside = f"{base}{PROPOSALS}> .".encode()
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            cut = line.rfind(b" <")
            if not line.startswith(graphs, cut) or not line.endswith(b"> .\n"):
                raise _unloaded(Place(str(file), number), f"the statement is in no graph below {base}graph/")
            if not line.startswith(outside, cut + 2):
                yield line[:cut] + b" .\n"


def _free_name(stores: Path, version: str) -> Path:
    """Return a directory that no store has had: a reader tells stores apart by their names."""
    taken = [path.name.rpartition("-") for path in stores.iterdir()]
    numbers = [int(number) for stem, _, number in taken if stem == version and number.isdecimal()]
    return stores / f"{version}-{max(numbers, default=0) + 1}"


def _sweep(folders: Folders) -> None:
    """Delete every store but the published one and the one before, with all that belongs to them."""
    for name in ("stores", "published", "dumps"):
        sweep(folders.out / name, kept_publications(folders))
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
