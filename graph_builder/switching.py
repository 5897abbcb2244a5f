"""Which publication is served: the switch, the way back, and what is swept away.

Below `out/`:

    stores/<version>-<n>     one Oxigraph store for each publication; <n> tells repeated ones apart
    published/<version>-<n>  the dataset, report and catalogue that the store of this name was loaded from
    dumps/<version>-<n>      the dumps of it that were asked for
    store                    the switch: a relative symbolic link to the published store
    store.previous           the one before: for readers that still have it open, and to roll back to

The link is the only switch: the files are found by the name of the store that it leads to.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from graph_builder.errors import Place, Problem, StoreError
from graph_builder.folders import Folders


def switch(folders: Folders, fresh: Path) -> None:
    """Point the switch at `fresh` in one step, after naming the store that was published until now."""
    if folders.store.is_symlink():
        _link(folders.previous, folders.store.readlink())
    _link(folders.store, fresh.relative_to(folders.out))


def roll_back(folders: Folders) -> Path:
    """Publish the build before again, and keep the one published until now as the one before.

    Returns the directory of the store that is now published. Raises `StoreError` where there is none to go
    back to, or it cannot be opened; then everything stays as it was.
    """
    if not folders.store.is_symlink() or not folders.previous.is_symlink():
        raise _none_before(folders)
    with alone(folders.out / "stores"):
        now, before = folders.store.readlink(), folders.previous.readlink()
        if now == before:
            raise _none_before(folders)
        _try_to_open(folders.out / before)
        # What is served goes first: killed between the two, the build before is published all the same.
        _link(folders.store, before)
        _link(folders.previous, now)
    return folders.out / before


def kept_publications(folders: Folders) -> set[str]:
    """The names of the published store and of the one before."""
    return {link.readlink().name for link in (folders.store, folders.previous) if link.is_symlink()}


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Delete the folders of all publications but those that are kept."""
    for directory in folder.iterdir() if folder.exists() else ():
        if directory.is_dir() and directory.name not in kept:
            shutil.rmtree(directory)


@contextmanager
def alone(stores: Path) -> Iterator[None]:
    """Hold the publication lock of `stores`; a second build at the same time is refused, not queued."""
    with (stores / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            remedy = "Wait until it has ended"
            raise StoreError(Problem(Place(str(stores)), "another build is publishing", remedy)) from fault
        yield


def _try_to_open(store: Path) -> None:
    try:
        Store.read_only(str(store))
    except OSError as fault:
        what = f"the store before cannot be opened: {fault}"
        raise StoreError(Problem(Place(str(store)), what, "Mend the data and build again")) from fault


def _none_before(folders: Folders) -> StoreError:
    what = "there is no build before the published one"
    return StoreError(Problem(Place(str(folders.previous)), what, "Mend the data and build again"))


def _link(link: Path, target: Path) -> None:
    temporary = link.with_name(f".{link.name}.unfinished")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target, target_is_directory=True)
    temporary.replace(link)
