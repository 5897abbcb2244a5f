"""Rows of one list that are one undertaking: 再掲, and a project printed under several items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_builder.lineage.matching.names import folded, key, parts
from graph_builder.rows.projects import EntryRow
from graph_builder.values.text import compared


@dataclass(frozen=True)
class Undertaking:
    """What the rows of one name say together; `at` is the place of the list among the lists."""

    at: int
    entries: tuple[str, ...]
    name: str
    umbrella: str | None
    parts: tuple[str, ...]
    keys: tuple[str, ...]
    divisions: frozenset[str]
    departments: frozenset[str]
    text: str
    text_key: str
    printed: str

    @property
    def identity(self) -> str:
        """The part of the name that says which project it is."""
        return self.parts[-1]


def undertakings(
    lists: Sequence[Sequence[EntryRow]], descriptions: Mapping[str, str]
) -> list[list[Undertaking]]:
    """The undertakings of each list, sorted by name; a description from elsewhere stands in for a summary."""
    return [_of_one_list(at, rows, descriptions) for at, rows in enumerate(lists)]


def _of_one_list(at: int, rows: Iterable[EntryRow], descriptions: Mapping[str, str]) -> list[Undertaking]:
    groups: dict[tuple[str, ...], list[EntryRow]] = {}
    for row in sorted(rows, key=lambda row: row.entry):
        groups.setdefault(tuple(key(part) for part in parts(row.name)), []).append(row)
    return [_joined(at, keys, group, descriptions) for keys, group in sorted(groups.items())]


def _joined(
    at: int, keys: tuple[str, ...], rows: Sequence[EntryRow], descriptions: Mapping[str, str]
) -> Undertaking:
    first = rows[0]
    texts = [text for row in rows for text in (row.summary, row.target_text) if text]
    if not texts:
        texts = [descriptions[row.entry] for row in rows if row.entry in descriptions]
    text = "\n".join(dict.fromkeys(folded(text) for text in texts))
    return Undertaking(
        at=at,
        entries=tuple(row.entry for row in rows),
        name=first.name,
        umbrella=next((row.umbrella_name for row in rows if row.umbrella_name), None),
        parts=parts(first.name),
        keys=keys,
        divisions=_split(row.divisions for row in rows),
        departments=_split(row.department for row in rows),
        text=text,
        text_key=key(text),
        printed="\n".join(dict.fromkeys(compared(text) for text in (*texts, first.name))),
    )


def _split(values: Iterable[str | None]) -> frozenset[str]:
    return frozenset(part for value in values if value for part in value.split("|"))
