"""Make dumps: one, or all of a dataset with a manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from graph_builder.dumps.contents import TABLES, Contents
from graph_builder.dumps.listing import Dump, list_dumps
from graph_builder.dumps.measures import Measure, measure
from graph_builder.dumps.tables import Table
from graph_builder.statements import PROPOSALS, classes, graph_sizes
from graph_builder.writing import whole_file, write_text

MANIFEST = "manifest.json"


def dumps_of(dataset: Path, base: str) -> dict[str, Dump]:
    """Every dump of a dataset, by its name: of each graph, and of each class outside the proposals."""
    return list_dumps(graph_sizes(dataset), classes(dataset, without=f"{base}{PROPOSALS}"))


def make(dataset: Path, base: str, dump: Dump, folder: Path) -> Measure:
    """Write one dump into `folder`, whole or not at all; the same bytes for the same dataset."""
    contents = Contents(dataset, base, dump.graph)
    tables = contents.tables(dump.kind) if dump.kind is not None else {}
    return _write(contents, tables, dump, folder)


def make_all(
    dataset: Path, base: str, folder: Path, progress: Callable[[str], None] = lambda _: None
) -> Mapping[str, Measure]:
    """Write every dump and the manifest; the manifest comes last, so where it is, all is there."""
    dumps = dumps_of(dataset, base)
    (folder / MANIFEST).unlink(missing_ok=True)
    contents = Contents(dataset, base)
    tables = contents.tables()
    measures = {}
    for dump in dumps.values():
        progress(dump.name)
        part = Contents(dataset, base, dump.graph) if dump.graph is not None else contents
        measures[dump.name] = _write(part, tables, dump, folder)
    manifest = manifest_of(measure(dataset).sha256, dumps.values(), measures)
    write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    return measures


def manifest_of(version: str, dumps: Iterable[Dump], measures: Mapping[str, Measure]) -> dict[str, Any]:
    """What the manifest says: the version, and of each dump its media type and, where known, its measure.

    The dataset has no blank nodes and its lines are sorted, so its SHA-256, which is the version, is the hash
    of its canonical form too (RDFC-1.0, section 4.4.3).
    """
    files = [
        {"name": dump.name, "mediaType": dump.media_type}
        | (asdict(measures[dump.name]) if dump.name in measures else {})
        for dump in dumps
    ]
    return {"version": version, "rdfc10": {"hash": "sha256", "value": version}, "dumps": files}


def _write(contents: Contents, tables: Mapping[str, Table], dump: Dump, folder: Path) -> Measure:
    path = folder / dump.name
    with whole_file(path, compressed=dump.gzip) as out:
        _fill(contents, tables, dump, out)
    return measure(path)


def _fill(contents: Contents, tables: Mapping[str, Table], dump: Dump, out: BinaryIO) -> None:
    if dump.kind is None:
        contents.write(dump.form.ending, out)
    else:
        TABLES[dump.form.ending](tables[dump.kind], out)
