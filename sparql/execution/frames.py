"""What goes over the socket between pool and worker: a JSON header and bytes, each with its length."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO

from sparql.execution.output import Written
from sparql.protocol import Format, LiteralTerm, Query, Syntax
from sparql.refusals import RefusalError

LENGTHS = struct.Struct(">II")


@dataclass(frozen=True)
class Task:
    """One query for a worker: the store to ask, the seconds that are left, and a file for a long answer."""

    query: Query
    store: str
    seconds: float
    file: str = ""


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Return one frame."""
    encoded = json.dumps(header).encode()
    return LENGTHS.pack(len(encoded), len(body)) + encoded + body


def pack_task(task: Task) -> bytes:
    """Return a task as one frame."""
    query = task.query
    return pack(
        {
            "text": query.text,
            "table": _pair(query.table),
            "graph": _pair(query.graph),
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "bindings": [(name, _spelled(value)) for name, value in query.bindings],
            "trusted": query.trusted,
            "may_spool": query.may_spool,
            "gzip": query.gzip,
            "store": task.store,
            "seconds": task.seconds,
            "file": task.file,
        }
    )


def read_task(stream: BinaryIO) -> Task | None:
    """Return the next task; None where the pool has gone."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    record = json.loads(stream.read(LENGTHS.unpack(lengths)[0]).decode())
    query = Query(
        text=record["text"],
        table=_format(record["table"]),
        graph=_format(record["graph"]),
        default_graphs=tuple(record["default_graphs"]),
        named_graphs=tuple(record["named_graphs"]),
        bindings=tuple((name, _value(value)) for name, value in record["bindings"]),
        trusted=record["trusted"],
        may_spool=record["may_spool"],
        gzip=record["gzip"],
    )
    return Task(query, record["store"], record["seconds"], record["file"])


@dataclass(frozen=True)
class Made:
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
        return pack({"refusal": outcome.as_record()})
    written = outcome.written
    header = {
        "format": _pair(outcome.format),
        "length": written.length,
        "digest": written.digest,
        "gzip": written.gzip,
    }
    return pack(header, written.body)


def unpack_outcome(header: bytes, body: bytes) -> Outcome:
    """Return what `pack_outcome` packed."""
    record = json.loads(header.decode())
    if "refusal" in record:
        return RefusalError.from_record(record["refusal"])
    written = Written(body, record["length"], record["digest"], record["gzip"])
    return Made(_named_format(*record["format"]), written)


def _pair(form: Format | None) -> tuple[str, Syntax] | None:
    return None if form is None else (form.media_type, form.syntax)


def _format(pair: list[str] | None) -> Format | None:
    return None if pair is None else _named_format(*pair)


@lru_cache(maxsize=64)
def _named_format(media_type: str, syntax: Syntax) -> Format:
    return Format(media_type, syntax)


def _spelled(value: str | LiteralTerm) -> str | list[str]:
    return value if isinstance(value, str) else [value.text, value.datatype]


def _value(record: str | list[str]) -> str | LiteralTerm:
    return record if isinstance(record, str) else LiteralTerm(*record)
