"""A tiny complete family of plans, published like a build: every question has an answer in it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse, serialize

from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE
from graph_builder.publication import publish
from sparql.execution.frames import Task
from sparql.execution.limits import Limits
from sparql.execution.worker import Worker
from sparql.protocol import Answer, Query
from sparql.refusals import RefusalError

CASES = Path(__file__).resolve().parent / "questions"


def publish_family(out: Path) -> Folders:
    """Publish the family below `out`, with the real words."""
    folders = Folders(shapes=out / "shapes", out=out / "build")
    folders.out.mkdir(parents=True)
    quads = parse(path=CASES / "family.trig", format=RdfFormat.TRIG)
    lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
    folders.dataset.write_bytes(b"".join(sorted(lines.splitlines(keepends=True))))
    publish(folders, "family", DEFAULT_BASE)
    return folders


class Inside:
    """A backend that answers in this process: a worker without its memory limit, which would be ours."""

    def __init__(self, folders: Folders, seconds: float = 20) -> None:
        self._worker = Worker(Limits(seconds=seconds), DEFAULT_BASE)
        self._path = str(folders.store.resolve())
        self._worker._path, self._worker._store = self._path, Store.read_only(self._path)
        self._seconds = seconds

    async def answer(self, query: Query) -> Answer:
        """Return the answer, or raise the refusal."""
        outcome = self._worker.run(Task(query, self._path, self._seconds))
        if isinstance(outcome, RefusalError):
            raise outcome
        return Answer(outcome.format, outcome.written.body, outcome.written.digest)
