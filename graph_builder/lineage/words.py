"""The words that a collection declares for the matcher: mappings/matching/*.csv."""

from __future__ import annotations

from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.lineage.matching.names import folded
from graph_builder.lineage.matching.vocabulary import Vocabulary


def read_vocabulary(folder: Path) -> Vocabulary:
    """The words of a folder, none where there is no such folder.

    Raises DeclarationError where a file, a column or a reason is missing.
    """
    generic = frozenset(
        folded(row["word"]) for row in _rows(folder / "generic-words.csv", ("word", "reason"))
    )
    rivals: dict[str, set[str]] = {}
    for row in _rows(folder / "rival-words.csv", ("group", "word", "reason")):
        rivals.setdefault(row["group"], set()).add(folded(row["word"]))
    return Vocabulary(generic, {group: frozenset(words) for group, words in sorted(rivals.items())})


def _rows(path: Path, columns: tuple[str, ...]) -> list[CuratedRow]:
    if path.parent.is_dir() and not path.is_file():
        raise DeclarationError(Problem(Place(str(path)), "the file is missing", "declare the words there"))
    return read_curated(path, columns, columns)
