"""Dumps on demand: of what is published, made once by a process of their own, and kept beside the store."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from graph_builder.dumps.listing import DATASET, Dump, dumps_of
from graph_builder.dumps.measures import Measure, measure, read_measure
from graph_builder.errors import StoreError
from graph_builder.folders import ROOT, Folders
from sparql.refusals import Reason, RefusalError

ATTEMPTS = 3
"""How often a publication that was swept away while its dump was made is looked up again."""
SECONDS = 30.0
"""How long a request waits: less than proxies do. A dump of five documents takes a second."""


@dataclass(frozen=True)
class Publication:
    """What is published at one moment: its files, its dumps by name, and the folder where they are kept."""

    files: Folders
    dumps: Mapping[str, Dump]
    folder: Path
    dataset: Measure

    def measures(self) -> dict[str, Measure]:
        """What is known of the dumps that were made; the dataset itself is one that nobody has to make."""
        found = ((name, read_measure(self.folder, name)) for name in self.dumps)
        return {DATASET: self.dataset} | {name: known for name, known in found if known is not None}


class Dumps:
    """The dumps of what is published below `folders`; at most one is being made.

    A request waits for SECONDS; the making goes on after that, and a later request finds the dump.
    """

    def __init__(self, folders: Folders, base: str) -> None:
        self._folders = replace(folders, out=folders.out.resolve())
        self._base = base
        self._alone = asyncio.Lock()
        self._making: dict[Path, asyncio.Task[Measure]] = {}

    async def published(self) -> Publication:
        """Return what is published now; raises `RefusalError` where nothing is."""
        return await asyncio.to_thread(self._published)

    async def file(self, name: str) -> tuple[Path, Dump, Measure]:
        """Return a dump by its name, made if it has to be; raises `RefusalError` for an unknown name."""
        for _ in range(ATTEMPTS):
            publication = await self.published()
            dump = publication.dumps.get(name)
            if dump is None:
                remedy = "The page /dumps/ lists the dumps"
                raise RefusalError(Reason.NOT_FOUND, f"there is no dump named {name}", remedy)
            if name == DATASET:
                return publication.files.dataset, dump, publication.dataset
            known = await asyncio.to_thread(read_measure, publication.folder, name)
            found = known or await self._wait(publication, name)
            if found is not None:
                return publication.folder / name, dump, found
        raise RefusalError(Reason.BROKEN, "the dump could not be made", "Tell who runs the service")

    async def stop(self) -> None:
        """End what is being made."""
        for task in self._making.values():
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)

    def _published(self) -> Publication:
        files = self._folders.published
        if files is None:
            remedy = "Run keifu build, or set KEIFU_OUT to the folder of a build"
            raise RefusalError(Reason.NO_STORE, "there is nothing published to be dumped", remedy)
        try:
            dumps, dataset = _contents(files.dataset, self._base)
            return Publication(files, dumps, self._folders.dumps_of(files), dataset)
        except StoreError as fault:
            raise RefusalError(Reason.BUSY, "another version was just published", "Try again") from fault

    async def _wait(self, publication: Publication, name: str) -> Measure | None:
        """Wait until a dump is made: many may wait for the same; None where its publication is gone."""
        path = publication.folder / name
        task = self._making.get(path)
        if task is None:
            task = self._making[path] = asyncio.create_task(self._make(publication, path))
            task.add_done_callback(lambda done: self._forget(path, done))
        try:
            async with asyncio.timeout(SECONDS):
                return await asyncio.shield(task)
        except TimeoutError as fault:
            raise RefusalError(Reason.BUSY, "the dump is being made", "Try again in a moment") from fault
        except FileNotFoundError:
            return None

    def _forget(self, path: Path, done: asyncio.Task[Measure]) -> None:
        """Let a later request try again; nobody may be left to whom a fault could be told."""
        self._making.pop(path, None)
        if not done.cancelled():
            done.exception()

    async def _make(self, publication: Publication, path: Path) -> Measure:
        async with self._alone:
            await self._run(str(publication.files.dataset), self._base, path.name, str(path.parent))
        made = await asyncio.to_thread(read_measure, path.parent, path.name)
        if made is None and not publication.files.dataset.exists():
            raise FileNotFoundError(publication.files.dataset)
        if made is None:
            remedy = "See the log of the service: it has to write below the folder of the build"
            raise RefusalError(Reason.BROKEN, f"the dump {path.name} could not be made", remedy)
        return made

    async def _run(self, *arguments: str) -> None:
        """Run the maker to its end, or end it where nobody waits any more."""
        command = [sys.executable, "-m", "graph_builder.dumps.maker", *arguments]
        process = await asyncio.to_thread(subprocess.Popen, command, cwd=ROOT, stdin=subprocess.DEVNULL)
        try:
            await asyncio.to_thread(process.wait)
        finally:
            process.kill()


@lru_cache(maxsize=4)
def _contents(dataset: Path, base: str) -> tuple[Mapping[str, Dump], Measure]:
    """The dumps and the measure of a published dataset, which never changes."""
    return dumps_of(dataset, base), measure(dataset)
