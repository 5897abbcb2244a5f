"""The files in which long answers wait for their readers: a folder of the pool, bounded in size."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Self

from sparql.execution.limits import MEBIBYTE
from sparql.refusals import Limit, Reason, RefusalError


@dataclass
class SpooledAnswer:
    """The bytes of a long answer in a file that has no name any more: closing it frees them."""

    length: int
    _spool: Spool
    _number: int

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; raises OSError where fewer are there than were written."""
        return os.read(self._number, size)

    def close(self) -> None:
        """Give the room back; closing twice is harmless."""
        if self._number >= 0:
            os.close(self._number)
            self._number = -1
            self._spool.release(self.length)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Spool:
    """A folder for long answers; together they take no more than `limit_mb` MiB."""

    def __init__(self, limit_mb: int) -> None:
        self._limit_mb = limit_mb
        self._taken = 0
        self._numbers = count()

    @cached_property
    def _folder(self) -> str:
        return tempfile.mkdtemp(prefix="keifu-")

    def new_path(self) -> str:
        """Return a path that a worker may write to."""
        return f"{self._folder}/{next(self._numbers)}"

    def take(self, path: str, length: int) -> SpooledAnswer:
        """Return the answer that a worker wrote; raises `RefusalError` where too many wait already."""
        try:
            if self._taken + length > self._limit_mb * MEBIBYTE:
                raise self._full()
            number = os.open(path, os.O_RDONLY)
        finally:
            self.discard(path)
        self._taken += length
        return SpooledAnswer(length, self, number)

    def discard(self, path: str) -> None:
        """Remove what a worker may have written."""
        if path:
            Path(path).unlink(missing_ok=True)

    def release(self, length: int) -> None:
        """Count some bytes as free."""
        self._taken -= length

    def close(self) -> None:
        """Remove the folder, if there is one."""
        if "_folder" in self.__dict__:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _full(self) -> RefusalError:
        limit = Limit("KEIFU_SPOOL_MB", self._limit_mb, "MiB")
        what = f"answers of more than {limit} wait for their readers"
        return RefusalError(Reason.BUSY, what, "Try again in a moment, or ask for less", limit=limit)
