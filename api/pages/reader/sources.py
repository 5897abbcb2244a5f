"""The text of a document as received, from its folder below `mappings/`."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from sparql.asking import CONTROLS

KEY = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
"""Keys of documents are names of folders: nothing else is looked for in the file system."""


@dataclass(frozen=True)
class Source:
    """A text as received: its lines, where each begins (characters from 0), and the SHA-256 of its bytes."""

    lines: tuple[str, ...]
    begins: tuple[int, ...]
    sha256: str

    def line(self, number: int) -> str:
        """The line of a 1-based number as HTML may hold it; each character keeps its place."""
        return CONTROLS.sub("\ufffd", self.lines[number - 1])


async def read_source(mappings: Path, key: str) -> Source | None:
    """Return the text of a document of the graph; None where it is not at hand."""
    return await asyncio.to_thread(_read, mappings / key / "source.txt") if KEY.fullmatch(key) else None


def _read(path: Path) -> Source | None:
    try:
        stat = path.stat()
        return _kept(path, stat.st_mtime_ns, stat.st_size)
    except OSError:
        return None


@lru_cache(maxsize=32)
def _kept(path: Path, _changed: int, _size: int) -> Source:
    data = path.read_bytes()
    # Only LF ends a line, as for the builder: other separators could stand inside a cell.
    lines = tuple(data.decode("utf-8", "replace").removesuffix("\n").split("\n"))
    begins = tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    return Source(lines, begins, hashlib.sha256(data).hexdigest())
