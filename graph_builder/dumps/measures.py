"""What is known of a dump that was made: its bytes and their SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from graph_builder.errors import Place, Problem, StoreError


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
