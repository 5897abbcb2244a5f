"""What is known of a dump that was made: its bytes and their SHA-256."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from graph_builder.errors import Place, Problem, StoreError
from graph_builder.writing import write_text


@dataclass(frozen=True)
class Measure:
    """The number of bytes of a file, and their SHA-256."""

    bytes: int
    sha256: str


def measure(path: Path) -> Measure:
    """Measure a file; raises StoreError where it is not there."""
    try:
        with path.open("rb") as file:
            return Measure(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
    except FileNotFoundError as fault:
        problem = Problem(Place(str(path)), "there is no dataset yet", "run keifu build first")
        raise StoreError(problem) from fault


def keep_measure(folder: Path, name: str, known: Measure) -> None:
    """Write down the measure of a dump that is to be kept in `folder`."""
    write_text(_beside(folder, name), json.dumps(asdict(known)) + "\n")


def read_measure(folder: Path, name: str) -> Measure | None:
    """The measure of a dump that is kept in `folder`; None where it was not made."""
    try:
        return (
            Measure(**json.loads(_beside(folder, name).read_text("utf-8")))
            if (folder / name).exists()
            else None
        )
    except FileNotFoundError:
        return None


def _beside(folder: Path, name: str) -> Path:
    return folder / f".{name}.json"
