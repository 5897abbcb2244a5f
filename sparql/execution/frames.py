"""What goes over the socket between pool and worker: a header and bytes, each with its length.

The header of a task is JSON and holds what many queries have in common, so that both ends spell and read it
once; what differs from query to query stands in the body. The header of an answer is some short lines; only
a refusal is JSON again.
"""

from __future__ import annotations

import json
import struct
from functools import lru_cache
from typing import Any, BinaryIO, NamedTuple

from sparql.execution.output import Written
from sparql.protocol import Format, LiteralTerm, Query, Syntax
from sparql.refusals import RefusalError

LENGTHS = struct.Struct(">II")
GAP = "\0"
"""Between the parts of a body; no number and no path has it, and the text, which may, comes last."""
ANY_TEXT = "surrogatepass"
"""The engine tells what is wrong with a text, not the codec."""


class Task(NamedTuple):
    """One query for a worker: the store to ask, the seconds that are left, and a file for a long answer."""

    query: Query
    store: str
    seconds: float
    file: str = ""


def pack(header: bytes, body: bytes = b"") -> bytes:
    """Return one frame."""
    return LENGTHS.pack(len(header), len(body)) + header + body


def pack_task(task: Task) -> bytes:
    """Return a task as one frame."""
    query = task.query
    body = f"{task.seconds}{GAP}{task.file}{GAP}{query.text}"
    return pack(_spelled(query._replace(text=""), task.store), body.encode(errors=ANY_TEXT))


def read_task(stream: BinaryIO) -> Task | None:
    """Return the next task; None where the pool has gone."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    header, body = LENGTHS.unpack(lengths)
    query, store = _understood(stream.read(header))
    seconds, file, text = stream.read(body).decode(errors=ANY_TEXT).split(GAP, 2)
    return Task(query._replace(text=text), store, float(seconds), file)


class Made(NamedTuple):
    """The answer that a worker made: `length` bytes in `body`, or in the file that its task named."""

    format: Format
    written: Written

    @property
    def is_in_file(self) -> bool:
        """Whether the bytes are in the file."""
        return not self.written.body and self.written.length > 0


Outcome = Made | RefusalError


def pack_outcome(outcome: Outcome) -> bytes:
    """Return what came of a task as one frame."""
    if isinstance(outcome, RefusalError):
        return pack(json.dumps(outcome.as_record()).encode())
    (media_type, syntax), written = outcome
    header = f"{media_type}\n{syntax}\n{written.length}\n{written.digest}\n{written.gzip:d}"
    return pack(header.encode(), written.body)


def unpack_outcome(header: bytes, body: bytes) -> Outcome:
    """Return what `pack_outcome` packed."""
    if header.startswith(b"{"):
        return RefusalError.from_record(json.loads(header))
    media_type, syntax, length, digest, gzip = header.decode().split("\n")
    return Made(_format((media_type, syntax)), Written(body, int(length), digest, gzip == "1"))


@lru_cache(maxsize=256)
def _spelled(query: Query, store: str) -> bytes:
    bindings = [(name, _term(value)) for name, value in query.bindings]
    return json.dumps({**query._asdict(), "bindings": bindings, "store": store}).encode()


@lru_cache(maxsize=256)
def _understood(header: bytes) -> tuple[Query, str]:
    record: dict[str, Any] = json.loads(header)
    store = record.pop("store")
    for name in ("table", "graph"):
        record[name] = _format(tuple(record[name])) if record[name] else None
    for name in ("default_graphs", "named_graphs"):
        record[name] = tuple(record[name])
    record["bindings"] = tuple((name, _value(value)) for name, value in record["bindings"])
    return Query(**record), store


@lru_cache(maxsize=64)
def _format(pair: tuple[str, Syntax]) -> Format:
    return Format(*pair)


def _term(value: str | LiteralTerm) -> str | list[str]:
    return value if isinstance(value, str) else [value.text, value.datatype]


def _value(record: str | list[str]) -> str | LiteralTerm:
    return record if isinstance(record, str) else LiteralTerm(*record)
