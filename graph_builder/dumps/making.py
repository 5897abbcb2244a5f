"""Make dumps: one, or all of a dataset with a manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from graph_builder.dumps.contents import TABLES, Contents
from graph_builder.dumps.listing import Dump, dumps_of
from graph_builder.dumps.manifest import MANIFEST, manifest_of
from graph_builder.dumps.measures import Measure, measure
from graph_builder.dumps.tables import Table
from graph_builder.writing import whole_file, write_text


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
