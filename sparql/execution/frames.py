"""What goes over the socket between pool and worker: a JSON header and bytes, each with its length."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from sparql.protocol import Answer, Format, LiteralTerm, Query
from sparql.refusals import RefusalError

LENGTHS = struct.Struct(">II")


@dataclass(frozen=True)
class Task:
    """One query for a worker: the store to ask and the seconds that are left."""

    query: Query
    store: str
    seconds: float


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Return one frame."""
    encoded = json.dumps(header).encode()
    return LENGTHS.pack(len(encoded), len(body)) + encoded + body


def pack_task(task: Task) -> bytes:
    """Return a task as one frame."""
    return pack(asdict(task))


def read_task(stream: BinaryIO) -> Task | None:
    """Return the next task; None where the pool has gone."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    record = json.loads(stream.read(LENGTHS.unpack(lengths)[0]))
    query = record["query"]
    return Task(
        query=Query(
            text=query["text"],
            table=_format(query["table"]),
            graph=_format(query["graph"]),
            default_graphs=tuple(query["default_graphs"]),
            named_graphs=tuple(query["named_graphs"]),
            bindings=tuple((name, _value(value)) for name, value in query["bindings"]),
            trusted=query["trusted"],
        ),
        store=record["store"],
        seconds=record["seconds"],
    )


def pack_outcome(outcome: Answer | RefusalError) -> bytes:
    """Return what came of a task as one frame."""
    if isinstance(outcome, RefusalError):
        return pack({"refusal": outcome.as_record()})
    return pack({"format": asdict(outcome.format)}, outcome.body)


def unpack_outcome(header: bytes, body: bytes) -> Answer | RefusalError:
    """Return what `pack_outcome` packed."""
    record = json.loads(header)
    if "refusal" in record:
        return RefusalError.from_record(record["refusal"])
    return Answer(Format(**record["format"]), body)


def _format(record: dict[str, Any] | None) -> Format | None:
    return None if record is None else Format(**record)


def _value(record: str | dict[str, str]) -> str | LiteralTerm:
    return record if isinstance(record, str) else LiteralTerm(**record)
