"""From the registered documents to a checked, published graph: the whole flow in one short function."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph_builder.catalog.writing import write_catalog
from graph_builder.dataset import assemble
from graph_builder.documents import Document, read_documents
from graph_builder.dumps.measures import measure
from graph_builder.errors import KeifuError, Place, Problem, ReportError, StoreError, TableError
from graph_builder.extraction import extract
from graph_builder.folders import Folders
from graph_builder.history import append_publication
from graph_builder.namespaces import DEFAULT_BASE
from graph_builder.publication import publish
from graph_builder.readers.reading import Reading
from graph_builder.report import Report, check, write
from graph_builder.reports.results import Severity
from graph_builder.rml.engines import DuckDB
from graph_builder.rml.mapping import read_mappings
from graph_builder.tables.assembly import tidy
from graph_builder.tables.writing import write_tables
from graph_builder.writing import write_text

Progress = Callable[[str], None]

ENGINES: Mapping[str, type[DuckDB]] = {"duckdb": DuckDB}
SHOWN = 20  # violations that are told one by one; the report has them all


@dataclass
class Build:
    """What one build made: its statements by graph, its report, the seconds of each arrow."""

    graphs: dict[str, int]
    report: Report
    seconds: dict[str, float] = field(default_factory=dict)


class Watch:
    """Says each arrow of the flow as it begins and keeps how long it took."""

    def __init__(self, progress: Progress, out: Path) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._out = out

    @contextmanager
    def arrow(self, name: str) -> Iterator[None]:
        """Time one arrow; raises `StoreError` where a file cannot be read or written, as on a full disk."""
        self._progress(name)
        began = time.perf_counter()
        try:
            yield
        except OSError as fault:
            what = f"a file of the step {name!r} cannot be read or written: {fault.strerror or fault}"
            remedy = "Make room or give access, and build again; what is published stays published"
            raise StoreError(Problem(Place(str(fault.filename or self._out)), what, remedy)) from fault
        self.seconds[name] = round(time.perf_counter() - began, 3)


def build(
    folders: Folders,
    only: str | None = None,
    *,
    base: str = DEFAULT_BASE,
    engine: str = "duckdb",
    progress: Progress = lambda _: None,
) -> Build:
    """Turn every registered document into a checked, published graph.

    `only` builds one document alone; `engine` is a name of ENGINES. Raises DataError, and then what is
    published stays as it was.
    """
    watch = Watch(progress, folders.out)
    with watch.arrow("read"):
        documents = read_documents(folders.mappings, only)
        tables = tidy(extract_all(documents), folders.mappings)
        write_tables(tables, folders.tables)
    with watch.arrow("map"), ENGINES[engine](folders.tables, queries=folders.queries) as running:
        maps = read_mappings(sorted(folders.mappings.glob("*/*.rml.ttl")))
        assemble(maps, running, base, folders.dataset)
    with watch.arrow("check"):
        graphs = write_catalog(folders, base)
        report = check_built(folders, base)
        write(report, folders.report, base)
    if not report.conforms:
        raise _broken(report, folders)
    made = Build(graphs, report, watch.seconds)
    write_manifest(made, documents, folders)
    with watch.arrow("load"):
        publish(folders, report.version, base)
    write_manifest(made, documents, folders)
    append_publication(folders.history, report.version, sum(graphs.values()), severities(report))
    return made


def check_built(folders: Folders, base: str = DEFAULT_BASE) -> Report:
    """The report on the dataset that was built, and its catalogue; its version is the dataset's SHA-256."""
    version = measure(folders.dataset).sha256
    catalog = folders.catalog if folders.catalog.exists() else None
    return check(
        folders.dataset, folders.shapes, folders.checks, folders.ontology,
        version=version, base=base, catalog=catalog,
    )  # fmt: skip


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


def severities(report: Report) -> dict[str, int]:
    """How many results a report has of each severity."""
    return {severity.value: report.count(severity) for severity in Severity}


def write_manifest(made: Build, documents: Sequence[Document], folders: Folders) -> None:
    """Write build.json: version, counts, seconds, and the SHA-256 of every source."""
    manifest = {
        "version": made.report.version,
        "graphs": made.graphs,
        "results": severities(made.report),
        "seconds": made.seconds,
        "sources": {document.key: document.sha256 for document in documents},
    }
    write_text(folders.manifest, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def _broken(report: Report, folders: Folders) -> ReportError:
    problems = [
        Problem(
            Place(result.spot.document, result.spot.start_line) if result.spot else Place(result.focus_node),
            f"{result.message.ja} {result.message.en} ({result.focus_node})",
            f"{result.remedy.ja} {result.remedy.en}",
        )
        for result in report.results
        if result.severity is Severity.VIOLATION
    ]
    more = Problem(
        Place(str(folders.report.with_suffix(".html"))), f"{len(problems)} violations", "read them all"
    )
    return ReportError(*problems[:SHOWN], *([more] if len(problems) > SHOWN else []))
