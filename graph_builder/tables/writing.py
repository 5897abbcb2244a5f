"""Write tidy tables: CSV for people, one file a table and document; Parquet for the mapping, one a table.

In Parquet every column is text and an absent value is NULL, never the empty text, so that no engine
guesses a type (007 stays 007).
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graph_builder.rows import TABLES, Row
from graph_builder.tables.collection import Tables


def write_tables(tables: Tables, folder: Path) -> None:
    """Replace `folder` by the tables; an empty table is written too, so that every mapping finds its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, kind in TABLES.items():
        rows = tables.of(kind)
        _write_parquet(rows, kind, folder / f"{name}.parquet")
        for document in dict.fromkeys(row.document for row in rows):
            own = [row for row in rows if row.document == document]
            _write_csv(own, kind, folder / document / f"{name}.csv")


def _write_parquet(rows: Sequence[Row], kind: type[Row], path: Path) -> None:
    names = [field.name for field in fields(kind)]
    columns = {name: pa.array([getattr(row, name) for row in rows], pa.string()) for name in names}
    pq.write_table(pa.table(columns), path, compression="none")


def _write_csv(rows: Sequence[Row], kind: type[Row], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(kind)]
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([getattr(row, name) for name in names] for row in rows)
