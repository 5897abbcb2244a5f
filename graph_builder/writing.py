"""Write a file whole or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast


def write_text(path: Path, text: str) -> None:
    """Put `text` at `path` in one step: a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)


@contextmanager
def whole_file(path: Path, *, compressed: bool = False) -> Iterator[BinaryIO]:
    """Open a file to write that appears at `path` once all is written; nothing stays where writing fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            if compressed:
                with gzipped(file) as packed:
                    yield packed
            else:
                yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def gzipped(out: BinaryIO) -> BinaryIO:
    """A file that compresses into `out`: without a time and a name, so the same bytes give the same bytes."""
    return cast("BinaryIO", gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0))
