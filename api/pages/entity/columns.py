"""Columns of things: a pattern, the variables of it that are shown, and one record for each thing found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from api.pages.entity.naming import Naming, Place
from api.pages.links import Link
from sparql.asking import Row, Term, prologue

ColumnType = Literal["thing", "place", "text", "number", "flag"]
"""A thing is linked by its name, a place leads to the lines of a passage; the others are literals."""

PREFIXES = prologue(
    *("kf", "skos", "rdfs", "dcterms", "org", "prov", "adms", "foaf", "sh", "dcat", "qb", "schema"),
    *("status", "link-type", "measure-kind", "sssom", "time", "xsd", "id"),
)
ROWS_AT_MOST = 5000

Cell = Link | Place | Term


@dataclass(frozen=True)
class Columns:
    """A pattern, and its variables in order; a record is what has one value of the first of them."""

    where: str
    types: Mapping[str, ColumnType]
    order: str = ""

    def query(self, also: Iterable[str] = ()) -> str:
        """Return the query for the columns; `also` are further variables, which may be bound."""
        shown = " ".join(f"?{name}" for name in dict.fromkeys((*also, *self.types)))
        order = f" ORDER BY {self.order}" if self.order else ""
        return f"{PREFIXES}SELECT {shown} WHERE {{ {self.where} }}{order} LIMIT {ROWS_AT_MOST}"


@dataclass(frozen=True)
class Record:
    """What was found for one thing: the values of each column, each once."""

    cells: Mapping[str, tuple[Cell, ...]]

    def __getitem__(self, column: str) -> tuple[Cell, ...]:
        return self.cells.get(column, ())

    def text(self, column: str, language: str = "ja") -> str:
        """Return the first value of a column as plain text; an empty one where there is none."""
        return next((plain(cell, language) for cell in self[column]), "")

    def number(self, column: str) -> float | None:
        """Return the first value of a column as a number."""
        text = self.text(column)
        return float(text) if text else None

    def address(self, column: str) -> str:
        """Return the address of the first thing of a column; an empty one where there is none."""
        return next((cell.address for cell in self[column] if isinstance(cell, Link)), "")


def gathered(rows: Iterable[Row], columns: Columns, naming: Naming) -> list[Record]:
    """Return one record for each value of the first column; a row without it is passed over."""
    key = next(iter(columns.types))
    found: dict[Term, dict[str, dict[Term, Cell]]] = {}
    for row in rows:
        if key in row:
            cells = found.setdefault(row[key], {})
            for name, kind in columns.types.items():
                if name in row and row[name] not in cells.setdefault(name, {}):
                    cells[name][row[name]] = _cell(row[name], kind, naming)
    return [Record({name: tuple(by.values()) for name, by in cells.items()}) for cells in found.values()]


def plain(cell: Cell, language: str = "ja") -> str:
    """Return a cell as plain text, in a language where it has names in several."""
    if isinstance(cell, Term):
        return cell.text
    if isinstance(cell, Place):
        return f"L{cell.first}" if cell.first == cell.last else f"L{cell.first}–L{cell.last}"
    spoken = cell.spoken(language)
    return spoken[0].text if spoken else cell.short


def _cell(term: Term, kind: ColumnType, naming: Naming) -> Cell:
    if not term.is_address:
        return term
    place = naming.place(term.value) if kind == "place" else None
    return place or naming.link(term.value)
