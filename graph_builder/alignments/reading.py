"""Read `mappings/alignments/*.sssom.tsv`: what a thing of ours is called elsewhere, and why we think so.

Every row is checked before it becomes a statement; a mistake names its file, line and column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph_builder.alignments.metadata import block, expand, read_metadata
from graph_builder.alignments.rules import COLUMNS, repeated, row_problems, set_problems
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.namespaces import DEFAULT_BASE

SUFFIX = ".sssom.tsv"


@dataclass(frozen=True)
class Alignment:
    """One row: `subject` is relative to the base of the build, the other addresses are absolute."""

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: str
    reason: str


@dataclass(frozen=True)
class MappingSet:
    """One table with its metadata; `sources` are the mapping sets of others that it was derived from."""

    key: str
    title: str
    description: str
    license: str
    sources: tuple[str, ...]
    comment: str | None
    alignments: tuple[Alignment, ...]


def read_alignments(folder: Path) -> list[MappingSet]:
    """Every table of a folder, by name; raises DeclarationError with the problems of all of them."""
    sets: list[MappingSet] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            sets.append(read_mapping_set(path))
        except DeclarationError as error:
            problems += error.problems
    if problems:
        raise DeclarationError(*problems)
    return sets


def read_mapping_set(path: Path) -> MappingSet:
    """One table; raises DeclarationError."""
    lines = _lines(path)
    metadata = read_metadata(lines, str(path))
    key = path.name.removesuffix(SUFFIX)
    problems = list(set_problems(metadata, key, str(path)))
    rows = list(_rows(lines, str(path)))
    problems += [problem for place, row in rows for problem in row_problems(row, metadata.prefixes, place)]
    problems += repeated(rows)
    if problems:
        raise DeclarationError(*problems)
    return MappingSet(
        key=key,
        title=metadata.texts["mapping_set_title"],
        description=metadata.texts["mapping_set_description"],
        license=metadata.texts["license"],
        sources=tuple(metadata.lists.get("mapping_set_source", [])),
        comment=metadata.texts.get("comment"),
        alignments=tuple(_alignment(row, metadata.prefixes) for _, row in rows),
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        problem = Problem(Place(str(path)), "the table is not UTF-8", "convert it")
        raise DeclarationError(problem) from error


def _rows(lines: list[str], file: str) -> Iterator[tuple[Place, dict[str, str]]]:
    above = len(block(lines))
    reader = csv.reader(lines[above:], delimiter="\t", strict=True)
    try:
        for values in reader:
            place = Place(file, above + reader.line_num)
            if reader.line_num > 1:
                yield place, _row(values, place)
            elif tuple(values) != COLUMNS:
                remedy = f"name them {', '.join(COLUMNS)}"
                raise DeclarationError(Problem(place, f"the columns are {', '.join(values)}", remedy))
    except csv.Error as error:
        place = Place(file, above + reader.line_num)
        raise DeclarationError(Problem(place, f"the row is malformed: {error}", "mend its quotes")) from error


def _row(values: list[str], place: Place) -> dict[str, str]:
    if len(values) != len(COLUMNS):
        what = f"the row has {len(values)} values"
        raise DeclarationError(Problem(place, what, f"give it {len(COLUMNS)}, separated by tabs"))
    return dict(zip(COLUMNS, values, strict=True))


def _alignment(row: Mapping[str, str], prefixes: Mapping[str, str]) -> Alignment:
    iris = {column: expand(value, prefixes) or "" for column, value in row.items()}
    return Alignment(
        subject=iris["subject_id"].removeprefix(DEFAULT_BASE),
        subject_label=row["subject_label"],
        predicate=iris["predicate_id"],
        object=iris["object_id"],
        object_label=row["object_label"],
        justification=iris["mapping_justification"],
        confidence=row["confidence"],
        reason=row["comment"],
    )
