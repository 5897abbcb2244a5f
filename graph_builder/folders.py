"""The only place that knows where things lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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
    def manifest(self) -> Path:
        """Version, counts, durations and source hashes of the build."""
        return self.out / "build.json"

    @property
    def history(self) -> Path:
        """One line for each publication, the first one first."""
        return self.out / "history.jsonl"
