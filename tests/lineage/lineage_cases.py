"""Entries made for the specification of the matcher, and its cases: TOML files in cases/."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from graph_builder.rows.projects import EntryRow

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Case:
    """Two lists, and the links that must be proposed between them."""

    title: str
    lists: list[list[EntryRow]]
    links: list[tuple[str, str, str]]


def cases(count: int) -> list[Case]:
    """The cases of all files; their number is part of the specification."""
    found = [_case(case) for path in sorted(HERE.glob("cases/*.toml")) for case in _read(path)]
    assert len(found) == count, f"{len(found)} cases, not {count}"
    return found


def entry(key: str, name: str, division: str | None = None, summary: str | None = None) -> EntryRow:
    """A row of which only what the matcher reads is filled."""
    empty = dict.fromkeys(field.name for field in fields(EntryRow))
    given = {"entry": key, "name": name, "divisions": division, "summary": summary}
    at = name.rfind("（") if name.endswith("）") else -1
    given |= {"umbrella_name": name[:at], "child_name": name[at + 1 : -1]} if at > 0 else {}
    return EntryRow(**(empty | given))  # type: ignore[arg-type]


def _read(path: Path) -> list[dict[str, list[list[str]]]]:
    with path.open("rb") as file:
        read: list[dict[str, list[list[str]]]] = tomllib.load(file)["case"]
    return read


def _case(read: dict[str, list[list[str]]]) -> Case:
    lists: Sequence[list[list[str]]] = (read["earlier"], read["later"])
    links = sorted((one, other, kind) for one, other, kind in read["links"])
    return Case(str(read["title"]), [[entry(*row) for row in rows] for rows in lists], links)
