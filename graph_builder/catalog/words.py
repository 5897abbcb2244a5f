"""What the catalogue says in words: `catalog.toml`, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_builder.declarations import read_toml
from graph_builder.errors import DeclarationError, Place, Problem

Text = Mapping[str, str]
"""A text by its language."""


@dataclass(frozen=True)
class Entry:
    """What is said of one thing; what is not said is empty."""

    title: Text
    description: Text
    rights: Text


@dataclass(frozen=True)
class Words:
    """The words of the catalogue; `graphs` by the last part of a graph's IRI."""

    publisher: Text
    catalog: Entry
    dataset: Entry
    service: Entry
    graph: Entry
    kind: Entry
    graphs: Mapping[str, Entry]
    keywords: Mapping[str, list[str]]
    languages: list[str]
    area: str
    examples: list[str]


def read_words(path: Path) -> Words:
    """The words of a file; raises DeclarationError for a table or key that is missing or unknown."""
    tables = _Tables(path, read_toml(path))
    dataset = tables.take("dataset")
    words = Words(
        publisher=_key(path, tables.take("publisher"), "publisher", "name"),
        keywords=_key(path, dataset, "dataset", "keywords"),
        languages=_key(path, dataset, "dataset", "languages"),
        area=_key(path, dataset, "dataset", "area"),
        examples=_key(path, dataset, "dataset", "examples"),
        dataset=_entry(path, dataset, "dataset"),
        catalog=_entry(path, tables.take("catalog"), "catalog"),
        service=_entry(path, tables.take("service"), "service"),
        graph=_entry(path, tables.take("graph"), "graph"),
        kind=_entry(path, tables.take("class"), "class"),
        graphs={key: _entry(path, said, f"graphs.{key}") for key, said in tables.take("graphs").items()},
    )
    tables.refuse_others()
    return words


@dataclass
class _Tables:
    path: Path
    left: dict[str, Any]

    def take(self, name: str) -> dict[str, Any]:
        return dict(_key(self.path, self.left, "", name))

    def refuse_others(self) -> None:
        if self.left:
            raise _mistake(self.path, ", ".join(self.left), "the catalogue has no such table")


def _key(path: Path, table: dict[str, Any], where: str, key: str) -> Any:  # noqa: ANN401 - as TOML has it
    if key not in table:
        raise _mistake(path, f"{where}.{key}".lstrip("."), "the catalogue needs it")
    return table.pop(key)


def _entry(path: Path, table: dict[str, Any], where: str) -> Entry:
    title = _key(path, table, where, "title")
    entry = Entry(title, table.pop("description", {}), table.pop("rights", {}))
    if table:
        raise _mistake(path, f"{where}.{', '.join(table)}", "the catalogue has no such key")
    return entry


def _mistake(path: Path, key: str, what: str) -> DeclarationError:
    return DeclarationError(Problem(Place(str(path), column=key), what, "mend it there"))
