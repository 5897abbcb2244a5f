"""Reading the index of the published store: few threads, connections that cannot write, and bounds."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from graph_builder.search.index import maker
from sparql.refusals import Limit, Reason, RefusalError

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

THREADS = 2
SECONDS = 2.0
STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock."""


class Reader:
    """Answers from the index that `locate` names at that moment: it changes when another store is published.

    A question takes at most `seconds`; at most `queue` questions wait, the next one is refused.
    """

    def __init__(self, locate: Callable[[], Path], *, queue: int, seconds: float = SECONDS) -> None:
        self._locate = locate
        self._queue = queue
        self._seconds = seconds
        self._waiting = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="search")
        self._own = threading.local()

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def ask(self, work: Work[T]) -> T:
        """Return what `work` makes of the index; raises `RefusalError` where there is none, or no time."""
        if self._waiting >= self._queue:
            limit = Limit("KEIFU_QUEUE", self._queue, "searches")
            what = f"more than {limit} are waiting"
            raise RefusalError(Reason.BUSY, what, "Wait a moment and search again", limit=limit)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self.ask_here, work)
        finally:
            self._waiting -= 1

    def ask_here(self, work: Work[T]) -> T:
        """Return the same in this thread."""
        connection = self._connection(self._locate())
        end = time.monotonic() + self._seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        try:
            return work(connection)
        except sqlite3.OperationalError as fault:
            if time.monotonic() <= end:
                raise
            limit = Limit("seconds", self._seconds, "seconds")
            what = f"the search was not done after {limit}"
            raise RefusalError(Reason.OUT_OF_TIME, what, "Ask for fewer words", limit=limit) from fault

    def _connection(self, path: Path) -> sqlite3.Connection:
        """Return this thread's connection; a new one where another file stands at the place."""
        try:
            status = path.stat()
        except OSError as fault:
            raise _no_index("there is no search index of what is published") from fault
        key = (str(path), status.st_ino, status.st_mtime_ns)
        known: tuple[tuple[str, int, int], sqlite3.Connection] | None = getattr(self._own, "known", None)
        if known is not None and known[0] == key:
            return known[1]
        if known is not None:
            known[1].close()
        self._own.known = None
        connection = open_index(path)
        self._own.known = (key, connection)
        return connection


def open_index(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write; raises `RefusalError` for a file that this code did not make."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        connection.execute("PRAGMA query_only=ON")
        made_by = connection.execute("SELECT value FROM meta WHERE name = 'maker'").fetchone()
    except sqlite3.Error as fault:
        raise _no_index(f"the search index cannot be read: {fault}") from fault
    if made_by != (maker(),):
        connection.close()
        raise _no_index("the search index was made by another version of this program")
    return connection


def ask_once(path: Path, work: Work[T]) -> T:
    """Return what `work` makes of an index, for a command that asks only once."""
    with closing(open_index(path)) as connection:
        return work(connection)


def _no_index(what: str) -> RefusalError:
    return RefusalError(Reason.NO_STORE, what, "Run keifu build")
