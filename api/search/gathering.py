"""The index of any backend: what a service needs that has no build of its own beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from graph_builder.search.index import write_index
from graph_builder.search.things import gather, queries
from sparql.asking import select
from sparql.backends import Backend


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
