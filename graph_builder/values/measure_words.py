"""The words that tell a measure from any other number, read from mappings/reference/measure-words.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph_builder.declarations import read_toml
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.folders import Folders


@dataclass(frozen=True)
class MeasureWords:
    """Words over a folded text; the mappings go from a word to what it says (comparator, period, kind)."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    per: Mapping[str, str]
    kinds: Mapping[str, str]
    qualifiers: tuple[str, ...]
    whole: frozenset[str]
    false: tuple[str, ...]
    ordinal_before: tuple[str, ...]
    ordinal_after: tuple[str, ...]
    measured: tuple[str, ...]
    year_bases: tuple[str, ...]
    not_counted: tuple[str, ...]
    names: tuple[str, ...]


def read_measure_words(path: Path) -> MeasureWords:
    """The words of a file; raises DeclarationError when a table or key is missing or a reason is."""
    declared = read_toml(path)
    try:
        words = declared["words"]
        return MeasureWords(
            before=_inverted(declared["before"]),
            after=_inverted(declared["after"]),
            per=_inverted(declared["per"]),
            kinds=_inverted(declared["kind"]),
            qualifiers=tuple(words["qualifiers"]),
            whole=frozenset(words["whole"]),
            false=tuple(words["false"]),
            ordinal_before=tuple(words["ordinal_before"]),
            ordinal_after=tuple(words["ordinal_after"]),
            measured=tuple(words["measured"]),
            year_bases=tuple(declared["year"]["base"]),
            not_counted=_with_reasons(declared["not_counted"], "counters"),
            names=_with_reasons(declared["name"], "texts"),
        )
    except KeyError as error:
        problem = Problem(Place(str(path), column=str(error)), "the key is missing", "declare it")
        raise DeclarationError(problem) from error


@cache
def measure_words() -> MeasureWords:
    """The words of the repository's own file."""
    return read_measure_words(Folders().mappings / "reference" / "measure-words.toml")


def _inverted(meanings: Mapping[str, list[str]]) -> dict[str, str]:
    """From meaning → words to word → meaning, longest words first."""
    pairs = [(word, meaning) for meaning, words in meanings.items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _with_reasons(entries: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    """The texts of all entries, longest first; each entry has to say why."""
    texts = [text for entry in entries if entry["reason"] for text in entry[key]]
    return tuple(sorted(texts, key=len, reverse=True))
