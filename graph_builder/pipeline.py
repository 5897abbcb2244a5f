"""From the registered documents to a checked, published graph: the whole flow in one short function."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph_builder.catalog import write_catalog
from graph_builder.dataset import assemble
from graph_builder.documents import Document, read_documents
from graph_builder.errors import KeifuError, Place, Problem, ReportError, TableError
from graph_builder.extraction import extract
from graph_builder.folders import Folders
from graph_builder.publication import publish
from graph_builder.readers.reading import Reading
from graph_builder.report import Report, check, write_report
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
from graph_builder.tables.assembly import tidy
from graph_builder.tables.writing import write_tables
from graph_builder.writing import write_text

DEFAULT_BASE = "https://w3id.org/keifu/"

Progress = Callable[[str], None]


@dataclass
class Build:
    """What one build made: its version, its statements by graph, its report, the seconds of each arrow."""

    version: str
    graphs: dict[str, int]
    report: Report
    seconds: dict[str, float] = field(default_factory=dict)


class Watch:
    """Says each arrow of the flow as it begins and keeps how long it took."""

    def __init__(self, progress: Progress) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def arrow(self, name: str) -> Iterator[None]:
        """Time one arrow."""
        self._progress(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 3)


def build(
    folders: Folders, only: str | None = None, base: str = DEFAULT_BASE, progress: Progress = lambda _: None
) -> Build:
    """Turn every registered document into a checked, published graph; raises DataError and publishes nothing."""
    watch = Watch(progress)
    with watch.arrow("read"):
        documents = read_documents(folders.mappings, only)
        write_tables(tidy(extract_all(documents), folders.mappings / "reference"), folders.tables)
    with watch.arrow("map"):
        maps = read_mappings(sorted(folders.mappings.glob("*/*.rml.ttl")))
        assemble(maps, DuckDB(folders.tables), base, folders.dataset)
    version = hashlib.sha256(folders.dataset.read_bytes()).hexdigest()
    with watch.arrow("check"):
        report = check(folders, base, version)
        write_report(report, folders, base)
        graphs = write_catalog(folders.dataset, base, version, folders.catalog)
    if not report.conforms:
        raise _broken(report, folders)
    made = Build(version, graphs, report, watch.seconds)
    with watch.arrow("load"):
        write_manifest(made, documents, folders)
        publish(folders, base, version)
    return made


def extract_all(documents: Sequence[Document]) -> list[tuple[Document, Reading]]:
    """The records of all documents; raises TableError with the problems of all of them."""
    extracts: list[tuple[Document, Reading]] = []
    problems: list[Problem] = []
    for document in documents:
        try:
            extracts.append((document, extract(document)))
        except KeifuError as error:
            problems += error.problems
    if problems:
        raise TableError(*problems)
    return extracts


def write_manifest(made: Build, documents: Sequence[Document], folders: Folders) -> None:
    """Write build.json: version, counts, seconds, and the SHA-256 of every source."""
    manifest = {
        "version": made.version,
        "graphs": made.graphs,
        "results": made.report.counts(),
        "seconds": made.seconds,
        "sources": {document.key: document.sha256 for document in documents},
    }
    write_text(folders.manifest, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def _broken(report: Report, folders: Folders) -> ReportError:
    problems = [
        Problem(
            Place(result.document or str(folders.dataset), result.start_line),
            f"{result.message_ja} / {result.message_en} ({result.focus_node})",
            f"{result.remedy_ja} / {result.remedy_en}",
        )
        for result in report.results
        if result.severity == "Violation"
    ]
    return ReportError(*problems)
