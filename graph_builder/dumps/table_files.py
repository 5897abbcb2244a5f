"""Tables as files: CSV (RFC 4180, UTF-8) to read anywhere, Parquet to compute with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from graph_builder.dumps.tables import IRI, Column, Table
from graph_builder.namespaces import XSD

BETWEEN = "|"
EMPTY = "\\e"

TYPES: Mapping[str, pa.DataType] = {
    XSD.boolean: pa.bool_(),
    XSD.date: pa.date32(),
    XSD.decimal: pa.decimal128(38, 9),
    XSD.double: pa.float64(),
    XSD.integer: pa.int64(),
}
"""Datatypes that have a counterpart; every other value is a string."""


def write_csv(table: Table, out: BinaryIO) -> None:
    """Write a table as CSV; the values of a cell are joined by `|`, and no value means an empty cell.

    `\\` and `|` inside a value follow a `\\`, and an empty text is written `\\e`: nothing is lost.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([IRI, *(column.name for column in table.columns)])
    for thing, row in table.rows.items():
        rows.writerow([thing, *(join(row.get(column, [])) for column in table.columns)])
    text.detach()


def join(values: list[str]) -> str:
    """The values of one cell of a CSV."""
    return BETWEEN.join(
        value.replace("\\", "\\\\").replace(BETWEEN, f"\\{BETWEEN}") or EMPTY for value in values
    )


def write_parquet(table: Table, out: BinaryIO) -> None:
    """Write a table as Parquet: `iri`, then a LIST for each property, with its address in the metadata.

    A column of one datatype that Arrow knows has it, with the values as numbers, booleans or days.
    """
    columns = [pa.array(list(table.rows), pa.string())]
    fields = [pa.field(IRI, pa.string(), nullable=False)]
    for column in table.columns:
        values = _values(table, column)
        columns.append(values)
        fields.append(pa.field(column.name, values.type, metadata=_metadata(table, column)))
    pq.write_table(pa.Table.from_arrays(columns, schema=pa.schema(fields)), out, compression="zstd")


def _values(table: Table, column: Column) -> pa.Array:
    cells = pa.array([row.get(column, []) for row in table.rows.values()], pa.list_(pa.string()))
    datatypes = table.datatypes[column]
    known = TYPES.get(next(iter(datatypes))) if len(datatypes) == 1 else None
    if known is None:
        return cells
    try:
        return cells.cast(pa.list_(known))
    except pa.ArrowInvalid:
        return cells


def _metadata(table: Table, column: Column) -> dict[str, str]:
    datatypes = " ".join(sorted(table.datatypes[column] - {""}))
    said = {"property": column.address, "language": column.language, "datatype": datatypes}
    return {name: value for name, value in said.items() if value}
