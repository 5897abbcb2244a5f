"""A dump in JSON-LD 1.1: flattened, one node a line, with the whole context at its head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pyoxigraph import Triple

from graph_builder.json_ld import Context, nodes

Graphs = Iterable[tuple[str | None, Iterable[Triple]]]


def write_jsonld(graphs: Graphs, out: BinaryIO, context: Context) -> None:
    """Write the graphs; the statements about one subject stand together, and None is the default graph."""
    out.write(f'{{"@context":{_text(context.source)},\n"@graph":['.encode())
    between = "\n"
    for name, triples in graphs:
        if name is None:
            between = _write(nodes(triples, context), out, between)
            continue
        out.write(f'{between}{{"@id":{_text(name)},"@graph":['.encode())
        _write(nodes(triples, context), out, "\n")
        out.write(b"\n]}")
        between = ",\n"
    out.write(b"\n]}\n")


def _write(written: Iterator[dict[str, Any]], out: BinaryIO, between: str) -> str:
    for node in written:
        out.write(f"{between}{_text(node)}".encode())
        between = ",\n"
    return between


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
