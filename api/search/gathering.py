"""The index of any backend: what a service needs that has no build of its own beside it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_builder.search.index import write_index
from graph_builder.search.things import gather, queries
from sparql.asking import select
from sparql.backends import Backend
from sparql.refusals import RefusalError

LOG = logging.getLogger("keifu.search")


async def index_backend(backend: Backend, path: Path, version: str) -> None:
    """Write the index of what a backend answers from to `path`; `version` says which state of it that was.

    Raises `RefusalError` where the backend refuses one of the queries, and then nothing is written.
    """
    answers = [
        [
            (row["thing"].value, row["value"].value, row["value"].language)
            for row in await select(backend, text)
        ]
        for text in queries()
    ]
    await asyncio.to_thread(lambda: write_index(gather(answers), path, version))


class Gathered:
    """The index of a backend without a build: it is written once, when the service starts."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._folder: TemporaryDirectory[str] | None = None
        self._work: asyncio.Task[None] | None = None

    @property
    def path(self) -> Path:
        """Where the index is, or will be; before the start, nowhere."""
        return Path(self._folder.name if self._folder else "nowhere") / "index.sqlite"

    def start(self) -> None:
        """Begin to write it; until it is there, a search is refused."""
        self._folder = TemporaryDirectory(prefix="keifu-search-")
        self._work = asyncio.create_task(self._write())

    async def stop(self) -> None:
        """Leave the work, and remove the index."""
        if self._work:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        if self._folder:
            self._folder.cleanup()

    async def _write(self) -> None:
        try:
            await index_backend(self._backend, self.path, "endpoint")
        except RefusalError as refusal:
            LOG.warning("the search index could not be gathered: %s", refusal)
