"""What the cases of this folder share: prefixes, a built table, and its logical source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BASE = "https://example.org/"
PREFIXES = """@prefix ex: <https://example.org/v#> .
@prefix kf: <https://w3id.org/keifu/ontology#> .
@prefix rml: <http://w3id.org/rml/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

Row = dict[str, str | None]
Run = Callable[..., list[str]]


def parquet_source(name: str) -> str:
    """The logical source of a built table."""
    return (
        f'rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:path "{name}.parquet" ] ;'
        " rml:referenceFormulation kf:Parquet ] ;"
    )


def write_table(folder: Path, name: str, rows: Sequence[Row]) -> None:
    """A table as readers write it: every column a string, NULL for what is absent."""
    columns = {key: pa.array([row[key] for row in rows], pa.string()) for key in rows[0]}
    pq.write_table(pa.table(columns), folder / f"{name}.parquet")
