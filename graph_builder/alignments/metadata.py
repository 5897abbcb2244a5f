"""The metadata block of a SSSOM table: the lines on top that begin with `#`.

The standard writes the block in YAML; ours are read as the part of YAML that SSSOM's canonical form needs:
`key: value`, a list of `- value`, a map of `  name: value`, all plain. Anything else is an error that names
its line, so that no value is read in another sense than a YAML reader's.
Clauses: https://mapping-commons.github.io/sssom/spec-formats-tsv
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph_builder.errors import DeclarationError, Place, Problem

REQUIRED = ("mapping_set_id", "mapping_set_title", "mapping_set_description", "license")
TEXTS = frozenset({*REQUIRED, "comment"})
LISTS = frozenset({"mapping_set_source"})
MAPS = frozenset({"curie_map"})

_KEY = re.compile(r"(?P<key>[a-z_]+):(?: (?P<value>\S.*))?")
_ITEM = re.compile(r" *- (?P<value>\S.*)")
_ENTRY = re.compile(r" +(?P<name>[A-Za-z][\w-]*): (?P<value>\S.*)")
# What a YAML reader takes for more than the text itself: indicators at the start, a comment, a nested map.
_NOT_PLAIN = re.compile(r"[\[\]{}&*!|>'\"%@`,?#-]|.*(?:: | #|:$)")


@dataclass
class Metadata:
    """What a block says: single texts, lists, and the addresses of the prefixes."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)


def read_metadata(lines: Sequence[str], file: str) -> Metadata:
    """The block at the top of a table's `lines`; raises DeclarationError."""
    found = Metadata()
    current = ""
    for number, line in enumerate(block(lines), 1):
        place = Place(file, number)
        match = _KEY.fullmatch(line)
        if match:
            current = _begin(found, match, place)
        else:
            _continue(found, current, line, place)
    missing = [
        Problem(Place(file, column=key), "the metadata do not say it", f"add #{key}: … to the block on top")
        for key in REQUIRED
        if key not in found.texts
    ]
    if missing:
        raise DeclarationError(*missing)
    return found


def block(lines: Sequence[str]) -> list[str]:
    """The lines of the block without their `#`."""
    end = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return [line[1:] for line in lines[:end]]


def _begin(found: Metadata, match: re.Match[str], place: Place) -> str:
    key, value = match["key"], match["value"]
    if key in found.texts or key in found.lists or (key in MAPS and found.prefixes):
        raise _mistake(place, f"{key} stands twice", "keep one")
    if key in TEXTS and value:
        found.texts[key] = _plain(value, place)
    elif key in LISTS and not value:
        found.lists[key] = []
    elif key not in MAPS or value:
        known = ", ".join(sorted(TEXTS | LISTS | MAPS))
        raise _mistake(place, f"{key} is unknown, or not written as it has to be", f"use {known}")
    return key


def _continue(found: Metadata, key: str, line: str, place: Place) -> None:
    item, entry = _ITEM.fullmatch(line), _ENTRY.fullmatch(line)
    if key in LISTS and item:
        found.lists[key].append(_plain(item["value"], place))
    elif key in MAPS and entry:
        _add_prefix(found.prefixes, entry["name"], _plain(entry["value"], place), place)
    else:
        raise _mistake(
            place, f"the line {line!r} is no metadata", "write #key: value, #- value or #  name: value"
        )


def _add_prefix(prefixes: dict[str, str], name: str, address: str, place: Place) -> None:
    if name in prefixes:
        raise _mistake(place, f"the prefix {name} stands twice", "keep one")
    prefixes[name] = address


def _plain(value: str, place: Place) -> str:
    if _NOT_PLAIN.match(value):
        raise _mistake(
            place, f"{value!r} is not a plain text", "write it without quotes, brackets, ': ' or ' #'"
        )
    return value


def _mistake(place: Place, what: str, remedy: str) -> DeclarationError:
    return DeclarationError(Problem(place, what, remedy))


def expand(curie: str, prefixes: Mapping[str, str]) -> str | None:
    """A CURIE as an IRI; None where its prefix is not declared."""
    prefix, colon, name = curie.partition(":")
    return prefixes[prefix] + name if colon and name and prefix in prefixes else None
