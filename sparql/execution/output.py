"""Where a worker writes an answer: in memory, and in a file once it outgrows that.

An answer is whole before anything of it is sent. A long one waits in a file, so that neither the worker nor
the memory of the service waits for a slow reader.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from sparql.execution.limits import one_more_file

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

IN_MEMORY = 128 * 1024
"""Bytes of an answer that may stay in memory: many connections may hold as much at once."""
GZIP = 31
"""The window of zlib with which it writes the gzip format, without a time: equal answers stay equal."""
LEVEL = 5
TOO_FEW = 1400
"""Bytes that fit one packet anyway."""


class ResultTooLargeError(Exception):
    """An answer has outgrown its limit."""


class NoRoomError(Exception):
    """The file of an answer cannot be written."""


class Written(NamedTuple):
    """What was written: the bytes, unless they are in the file; their number and SHA-256; whether packed."""

    body: bytes
    length: int
    digest: str
    gzip: bool = False


class Output(io.BytesIO):
    """A file that takes up to `limit` bytes, then raises `ResultTooLargeError`; `kind` counts for the digest.

    `file` is the path of a file that may be written where memory does not suffice; "" keeps all in memory.
    With `gzip` the bytes are packed, unless they are so few that it would not pay.
    """

    def __init__(self, limit: int, kind: str = "", file: str = "", *, gzip: bool = False) -> None:
        super().__init__()
        self._left = limit
        self._path = file
        self._file: BinaryIO | None = None
        self._length = 0
        self._digest = hashlib.sha256(kind.encode() + b"\n")
        self._may_pack = gzip
        self._packer: zlib._Compress | None = None
        self._unpacked = b""

    def write(self, part: ReadableBuffer) -> int:
        """Take one part; the engine writes some kilobytes at a time."""
        data = bytes(part)
        self._left -= len(data)
        if self._left < 0:
            raise ResultTooLargeError
        if not self._may_pack:
            self._put(data)
        elif self._packer or len(self._unpacked) + len(data) > TOO_FEW:
            self._packer = self._packer or zlib.compressobj(LEVEL, wbits=GZIP)
            self._put(self._packer.compress(self._unpacked + data))
            self._unpacked = b""
        else:
            self._unpacked += data
        return len(data)

    def finish(self) -> Written:
        """Return what was written; nothing can be written afterwards."""
        if rest := self._packer.flush() if self._packer else self._unpacked:
            self._put(rest)
        body = b"" if self._file else self.getvalue()
        if self._file:
            self._close(self._file)
        return Written(body, self._length, self._digest.hexdigest()[:32], self._packer is not None)

    def _put(self, data: bytes) -> None:
        self._length += len(data)
        self._digest.update(data)
        if self._path and self._length > IN_MEMORY:
            self._put_in_file(data)
        else:
            super().write(data)

    def _put_in_file(self, data: bytes) -> None:
        try:
            self._file = self._file or self._open_file()
            self._file.write(data)
        except OSError as fault:
            raise NoRoomError(str(fault)) from fault

    def _open_file(self) -> BinaryIO:
        with one_more_file():
            file = Path(self._path).open("xb")  # noqa: SIM115  finish closes it, or the end of the process
        file.write(self.getbuffer())
        return file

    def _close(self, file: BinaryIO) -> None:
        try:
            file.close()
        except OSError as fault:
            raise NoRoomError(str(fault)) from fault
