"""Read `mappings/<document>/`: the text as received and what its folder declares about it.

The hash of the text is checked here, and corrections are laid over the lines here, so that every reader
sees the corrected text and every passage can quote the printed one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_builder.declarations import Correction, read_corrections, read_toml
from graph_builder.errors import DeclarationError, Place, Problem, SourceError
from graph_builder.values.text import compared

RESERVED_KEYS = frozenset(
    {"reference", "lineage", "proposals", "alignments", "ontology", "shapes", "catalog", "report"}
)
RESERVED_PREFIX = "alignments-"
"""How the graphs of alignments begin that keep the terms of somebody else."""
KEYS = frozenset(
    {
        "key", "authority", "title", "title_en", "publisher", "issued", "license", "rights", "origin",
        "sha256", "describes", "plans", "layouts", "ignored",
    }
)  # fmt: skip
REQUIRED_KEYS = ("key", "authority", "title", "publisher", "sha256", "layouts")


@dataclass(frozen=True)
class Line:
    """One line of a source: its 1-based number, the text after corrections, the text as printed."""

    number: int
    text: str
    printed: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space is printed."""
        return not self.printed.strip()


@dataclass(frozen=True)
class Layout:
    """One stretch of a source (1-based, inclusive lines) and the reader with its parameters."""

    reader: str
    first: int
    last: int
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Ignored:
    """A kind of non-data: a literal line that carries nothing, and how often it stands in the source."""

    kind: str
    text: str
    count: int


@dataclass(frozen=True)
class Plan:
    """A plan that a document describes, as its folder declares it; `printed` speaks of it in the text."""

    key: str
    label: str
    label_en: str | None
    start_year: int | None
    end_year: int | None
    printed: str | None


@dataclass(frozen=True)
class Document:
    """A source text with everything its folder declares; `stale` corrections find nothing to mend."""

    key: str
    folder: Path
    authority: str
    title: str
    title_en: str | None
    publisher: str
    issued: str | None
    license: str | None
    rights: str | None
    origin: str | None
    sha256: str
    describes: tuple[str, ...]
    plans: tuple[Plan, ...]
    layouts: tuple[Layout, ...]
    ignored: tuple[Ignored, ...]
    corrections: tuple[Correction, ...]
    lookups: Mapping[str, Any]
    lines: tuple[Line, ...]
    stale: tuple[Correction, ...] = ()

    def between(self, first: int, last: int) -> Sequence[Line]:
        """The lines first..last, 1-based and inclusive."""
        return self.lines[first - 1 : last]

    @property
    def named_plans(self) -> frozenset[str]:
        """The keys of the plans that the document describes, or whose directions and lists it prints."""
        options = [layout.options for layout in self.layouts]
        schemes = [str(each["scheme"]) for each in options if "scheme" in each]
        lists = [str(plan) for each in options for plan in each.get("plans", [])]
        return frozenset([*self.describes, *schemes, *lists])

    def printed_at(self, text: str) -> int | None:
        """The first line that prints `text` (white space and width ignored)."""
        wanted = compared(text)
        return next((line.number for line in self.lines if wanted in compared(line.printed)), None)

    def place(self, line: int | None = None, column: str | int | None = None) -> Place:
        """A place in this document, for an error."""
        return Place(self.key, line, column)


def read_documents(mappings: Path, only: str | None = None) -> list[Document]:
    """Every document below `mappings`, by key; or `only` one, with those that declare the plans it names.

    Raises DeclarationError or SourceError.
    """
    folders = sorted(path.parent for path in mappings.glob("*/document.toml"))
    chosen = [folder for folder in folders if only in (None, folder.name)]
    if not chosen:
        wanted = f"document {only}" if only else "document"
        problem = Problem(
            Place(str(mappings)), f"there is no {wanted}", "add a folder with document.toml and source.txt"
        )
        raise DeclarationError(problem)
    documents = [read_document(folder) for folder in chosen]
    return (
        documents if only is None else sorted(_with_plans(documents[0], folders), key=lambda each: each.key)
    )


def _with_plans(document: Document, folders: Sequence[Path]) -> list[Document]:
    """A document and the others that declare a plan which it names and does not declare itself."""
    missing = document.named_plans - {plan.key for plan in document.plans}
    others = [folder for folder in folders if folder != document.folder]
    declaring = [
        folder
        for folder in others
        if missing & {plan["key"] for plan in read_toml(folder / "document.toml").get("plans", [])}
    ]
    return [document, *(read_document(folder) for folder in declaring)]


def is_reserved(key: str) -> bool:
    """Whether a graph that is no document's bears this name."""
    return key in RESERVED_KEYS or key.startswith(RESERVED_PREFIX)


def read_document(folder: Path) -> Document:
    """One document folder; raises DeclarationError or SourceError."""
    declared = _declaration(folder)
    text = _source(folder, declared["sha256"])
    corrections = read_corrections(folder)
    lines, stale = _corrected(text, corrections)
    return Document(
        key=declared["key"],
        folder=folder,
        authority=declared["authority"],
        title=declared["title"],
        title_en=declared.get("title_en"),
        publisher=declared["publisher"],
        issued=declared.get("issued"),
        license=declared.get("license"),
        rights=declared.get("rights"),
        origin=declared.get("origin"),
        sha256=declared["sha256"],
        describes=tuple(declared.get("describes", [])),
        plans=tuple(_plan(plan) for plan in declared.get("plans", [])),
        layouts=tuple(_layout(layout, folder) for layout in declared["layouts"]),
        ignored=tuple(Ignored(**entry) for entry in declared.get("ignored", [])),
        corrections=corrections,
        lookups=_lookups(folder),
        lines=lines,
        stale=stale,
    )


def _declaration(folder: Path) -> dict[str, Any]:
    path = folder / "document.toml"
    declared = read_toml(path)
    problems = [
        Problem(Place(str(path), column=key), "unknown key", "remove it or mend its name")
        for key in sorted(declared.keys() - KEYS)
    ]
    problems += [
        Problem(Place(str(path), column=key), "the key is missing", "declare it")
        for key in REQUIRED_KEYS
        if key not in declared
    ]
    key = declared.get("key", folder.name)
    if key != folder.name or is_reserved(key):
        remedy = "use the folder's name as the key, and none of the reserved names"
        problems.append(Problem(Place(str(path), column="key"), f"the key {key!r} cannot be used", remedy))
    if problems:
        raise DeclarationError(*problems)
    return declared


def _source(folder: Path, sha256: str) -> str:
    path = folder / "source.txt"
    if not path.exists():
        problem = Problem(Place(str(path)), "the source is missing", "put the text as received there")
        raise SourceError(problem)
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        problem = Problem(
            Place(str(path)),
            f"the text changed or is truncated: its SHA-256 is {found}, document.toml declares {sha256}",
            "restore the text as received, or review the change and declare the new hash",
        )
        raise SourceError(problem)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = Problem(Place(str(path), line), "the text is not UTF-8", "convert it and declare its hash")
        raise SourceError(problem) from error


def _lookups(folder: Path) -> dict[str, Any]:
    path = folder / "lookups.toml"
    return read_toml(path) if path.exists() else {}


def _layout(declared: dict[str, Any], folder: Path) -> Layout:
    options = dict(declared)
    try:
        reader = str(options.pop("reader"))
        first, last = (int(line) for line in options.pop("lines"))
    except (KeyError, ValueError, TypeError) as error:
        place = Place(str(folder / "document.toml"), column="layouts")
        problem = Problem(place, 'a layout needs reader = "…" and lines = [first, last]', "declare both")
        raise DeclarationError(problem) from error
    return Layout(reader, first, last, options)


def _plan(declared: dict[str, Any]) -> Plan:
    return Plan(
        key=declared["key"],
        label=declared["label"],
        label_en=declared.get("label_en"),
        start_year=declared.get("start_year"),
        end_year=declared.get("end_year"),
        printed=declared.get("printed"),
    )


def _corrected(
    text: str, corrections: Sequence[Correction]
) -> tuple[tuple[Line, ...], tuple[Correction, ...]]:
    # Only LF ends a line: the sources are dumps in which other separators could stand inside a cell.
    printed = text.removesuffix("\n").split("\n")
    texts = list(printed)
    stale = []
    for correction in corrections:
        at = correction.line - 1
        if 0 <= at < len(texts) and correction.printed in texts[at]:
            texts[at] = texts[at].replace(correction.printed, correction.corrected, 1)
        else:
            stale.append(correction)
    pairs = zip(texts, printed, strict=True)
    return tuple(Line(number, now, then) for number, (now, then) in enumerate(pairs, 1)), tuple(stale)
