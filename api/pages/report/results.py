"""The results of the last build, read from `report.json`, each with an address that lasts."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.language import Language
from api.site import Site
from graph_builder.reports.results import RANK, Severity, rule_name

KEY_LENGTH = 12
"""Hexadecimal digits: 48 bits tell the results of any report apart."""


@dataclass(frozen=True)
class Text:
    """A sentence in both languages."""

    ja: str
    en: str

    def spoken(self, language: Language) -> str:
        """The sentence in a language."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True)
class Place:
    """Lines of a document (its key; 1-based, inclusive); None where it is about no line in particular."""

    document: str
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Result:
    """One thing that a rule found; `key` is made of rule, focus node, path and value, not of its place."""

    key: str
    severity: Severity
    rule: str
    message: Text
    remedy: Text
    focus_node: str
    path: str | None
    value: str | None
    place: Place | None
    also: tuple[Place, ...]

    @property
    def rule_name(self) -> str:
        """`measure.value` for a shape, `review-item-sum` for a check."""
        return rule_name(self.rule)

    @property
    def places(self) -> tuple[Place, ...]:
        """All places it is about, the one of the focus node first."""
        return (*([self.place] if self.place else []), *self.also)


@dataclass(frozen=True)
class Results:
    """A report: the version of the dataset, whether it conforms, its results in their order."""

    version: str
    conforms: bool
    results: tuple[Result, ...]

    def find(self, key: str) -> Result | None:
        """Return the result of a key."""
        return next((result for result in self.results if result.key == key), None)


async def read_results(site: Site) -> Results | None:
    """Return the report of what is published, else of the last build; None where there is none."""
    folders = site.folders.published or site.folders
    return await asyncio.to_thread(_read, folders.report.with_suffix(".json"))


async def results_about(site: Site, iri: str) -> tuple[Result, ...]:
    """Return what the report says of a thing, what weighs most first; a document's are those of its lines."""
    report = await read_results(site)
    document = iri.rpartition("/")[2] if "/document/" in iri else None
    found = [
        result
        for result in (report.results if report else ())
        if result.focus_node == iri or (document and document in {place.document for place in result.places})
    ]
    return tuple(sorted(found, key=lambda result: RANK[result.severity]))


def _read(path: Path) -> Results | None:
    try:
        stat = path.stat()
        return _kept(path, stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=4)
def _kept(path: Path, _changed: int, _size: int) -> Results:
    record = json.loads(path.read_bytes())
    results: dict[str, Result] = {}
    for entry in record.get("results", []):
        key = _key(entry)
        number = 1
        # One value may be wrong in two ways under one rule: the later one is numbered.
        while (unique := key if number == 1 else f"{key}-{number}") in results:
            number += 1
        results[unique] = _result(unique, entry)
    return Results(record.get("version", ""), record["conforms"], tuple(results.values()))


def _key(entry: dict[str, Any]) -> str:
    told = json.dumps([entry[name] for name in ("rule", "focusNode", "path", "value")], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:KEY_LENGTH]


def _result(key: str, entry: dict[str, Any]) -> Result:
    return Result(
        key=key,
        severity=Severity(entry["severity"]),
        rule=entry["rule"],
        message=Text(**entry["message"]),
        remedy=Text(**entry["remedy"]),
        focus_node=entry["focusNode"],
        path=entry["path"],
        value=entry["value"],
        place=_place(entry) if entry["document"] else None,
        also=tuple(_place(each) for each in entry.get("also", ())),
    )


def _place(entry: dict[str, Any]) -> Place:
    return Place(entry["document"], entry["startLine"], entry["endLine"])
