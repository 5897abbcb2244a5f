"""The words that go back to something named, and the looks of a name that no table knows: anaphora.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_builder.declarations import read_toml
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.values.text import compared

RANGES = ("section", "document")


@dataclass(frozen=True)
class Anaphor:
    """What a word like 「同法」 stands for: something whose name ends so, named not farther back than that.

    `is_own`: it stands for the plan that the document describes.
    """

    endings: tuple[str, ...]
    within: str = "section"
    is_own: bool = False


@dataclass(frozen=True)
class Unlisted:
    """The looks of a name: in quotation marks, or before a law number and back to a mark of `before`."""

    quoted: re.Pattern[str]
    number: re.Pattern[str]
    before: frozenset[str]


@dataclass(frozen=True)
class Words:
    """All words of the file; `others` only begin like an anaphor, `compounds` make another word of one."""

    anaphora: Mapping[str, Anaphor]
    compounds: Mapping[str, str]
    others: frozenset[str]
    unlisted: Unlisted


def read_words(path: Path) -> Words:
    """The words of a file; raises DeclarationError when a key or a reason is missing."""
    declared = read_toml(path)
    try:
        anaphora = {
            compared(word): _anaphor(entry, path, is_own=table == "own")
            for table in ("back", "own")
            for entry in declared[table]
            for word in entry["words"]
        }
        others = [word for entry in declared["other"] if _reason(entry, path) for word in entry["words"]]
        return Words(
            anaphora, declared["compounds"], frozenset(others), _unlisted(declared["unlisted"], path)
        )
    except KeyError as error:
        problem = Problem(Place(str(path), column=str(error)), "the key is missing", "declare it")
        raise DeclarationError(problem) from error


def _anaphor(entry: Mapping[str, Any], path: Path, *, is_own: bool) -> Anaphor:
    _reason(entry, path)
    within = "document" if is_own else entry["within"]
    if within not in RANGES:
        what = f"{within!r} is no range of {entry['words']}"
        raise DeclarationError(Problem(Place(str(path)), what, f"use one of {', '.join(RANGES)}"))
    return Anaphor(tuple(map(compared, entry["endings"])), within, is_own)


def _unlisted(declared: Mapping[str, Any], path: Path) -> Unlisted:
    _reason(declared, path)
    opening, closing = (f"[{''.join(marks)}]" for marks in zip(*declared["quotes"], strict=True))
    endings = "|".join(re.escape(ending) for ending in declared["endings"])
    no_other = "".join(f"(?<!{re.escape(word)})" for word in declared["other"])
    # A bracket may stand behind the name within the quotation marks: 「…基本法(令和3年法律第35号)」.
    name = rf"(?P<name>[^{''.join(declared['quotes'])}]+?(?:{endings}){no_other})"
    try:
        return Unlisted(
            quoted=re.compile(rf"{opening}{name}(?:\([^()]*\))?{closing}"),
            number=re.compile(rf"{closing}?\((?:{declared['law_number']})"),
            before=frozenset(declared["before"]),
        )
    except re.error as error:
        problem = Problem(Place(str(path), column="unlisted"), f"it makes no pattern: {error}", "mend it")
        raise DeclarationError(problem) from error


def _reason(entry: Mapping[str, Any], path: Path) -> str:
    if not entry["reason"]:
        problem = Problem(Place(str(path)), f"{entry.get('words', 'a table')} has no reason", "say why")
        raise DeclarationError(problem)
    return str(entry["reason"])
