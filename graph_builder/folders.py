"""The only place that knows where things lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SUFFIXES = (".ttl", ".nq", ".json", ".html", ".csv", ".xml")
"""The forms in which a report is written."""


@dataclass(frozen=True)
class Folders:
    """The folders of one build: what is read (`mappings` …) and what is written (`out`)."""

    mappings: Path = ROOT / "mappings"
    ontology: Path = ROOT / "ontology"
    shapes: Path = ROOT / "shapes"
    checks: Path = ROOT / "sparql" / "checks"
    questions: Path = ROOT / "sparql" / "questions"
    out: Path = Path("build")

    @property
    def tables(self) -> Path:
        """Tidy tables: CSV for each document, Parquet for the mapping."""
        return self.out / "tables"

    @property
    def dataset(self) -> Path:
        """The whole graph: unique N-Quads lines, sorted by UTF-8 bytes."""
        return self.out / "dataset.nq"

    @property
    def queries(self) -> Path:
        """Compiled mappings, kept for the next build."""
        return self.out / "queries"

    @property
    def report(self) -> Path:
        """The report without its suffix; it is written as .ttl, .json, .html, .csv, .xml and .nq."""
        return self.out / "report"

    @property
    def catalog(self) -> Path:
        """The catalogue of the dataset as N-Quads."""
        return self.out / "catalog.nq"

    @property
    def store(self) -> Path:
        """The switch: a symbolic link to the published store directory."""
        return self.out / "store"

    @property
    def previous(self) -> Path:
        """The store before the published one, which `keifu rollback` goes back to."""
        return self.out / "store.previous"

    @property
    def manifest(self) -> Path:
        """Version, counts, durations and source hashes of the build."""
        return self.out / "build.json"

    @property
    def files(self) -> tuple[Path, ...]:
        """What a build makes besides its store, and what goes with the store when it is published."""
        forms = (self.report.with_suffix(suffix) for suffix in SUFFIXES)
        return (self.dataset, self.catalog, self.manifest, *forms)

    @property
    def published(self) -> Folders | None:
        """Where the files lie that were published with the store; None where there is no such publication.

        Dataset, report and catalogue of `out` are those of the last build, which may have been refused or
        taken back. The link is read once: the files of one answer belong together.
        """
        try:
            folder = self.publication_of(self.store.readlink())
        except OSError:
            return None
        return replace(self, out=folder) if folder.is_dir() else None

    def publication_of(self, store: Path) -> Path:
        """The folder of the files that were published with a store."""
        return self.out / "published" / store.name

    def dumps_of(self, published: Folders) -> Path:
        """The dumps of a publication that were asked for."""
        return self.out / "dumps" / published.out.name

    @property
    def catalog_words(self) -> Path:
        """What the catalogue says in words: the mappings' own, or else those of this repository."""
        own = self.mappings / "catalog.toml"
        return own if own.exists() else ROOT / "mappings" / "catalog.toml"

    @property
    def history(self) -> Path:
        """One line for each publication, the first one first."""
        return self.out / "history.jsonl"
