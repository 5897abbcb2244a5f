"""The words of footnotes and glossaries, read from mappings/reference/reference-words.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph_builder.declarations import read_toml
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.folders import Folders

Words = tuple[str, ...]


@dataclass(frozen=True)
class ReferenceWords:
    """Words by which a part of a citation or definition says what it is, the longest first."""

    accessed: Words
    pages_before: Words
    pages_after: Words
    section_units: Words
    consulted: Words
    consulted_links: Words
    publisher_endings: Words
    publisher_acts: Words
    abbreviation: Words


def read_reference_words(path: Path) -> ReferenceWords:
    """The words of a file; raises DeclarationError when a table, a key or a reason is missing."""
    declared = read_toml(path)

    def words(table: str, key: str) -> Words:
        found: list[str] = []
        for entry in declared[table]:
            found += _listed(entry, key) if entry["reason"] else []
        return tuple(sorted(found, key=len, reverse=True))

    try:
        return ReferenceWords(
            accessed=words("accessed", "words"),
            pages_before=words("pages", "before"),
            pages_after=words("pages", "after"),
            section_units=words("section", "units"),
            consulted=words("consulted", "words"),
            consulted_links=words("consulted", "link"),
            publisher_endings=words("publisher", "endings"),
            publisher_acts=words("publisher", "acts"),
            abbreviation=words("abbreviation", "words"),
        )
    except KeyError as error:
        problem = Problem(Place(str(path), column=str(error)), "the key is missing", "declare it")
        raise DeclarationError(problem) from error


@cache
def reference_words() -> ReferenceWords:
    """The words of the repository's own file."""
    return read_reference_words(Folders().mappings / "reference" / "reference-words.toml")


def _listed(entry: dict[str, Any], key: str) -> list[str]:
    value = entry[key]
    return [value] if isinstance(value, str) else list(value)
