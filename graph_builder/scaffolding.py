"""Scaffold `mappings/<key>/` for a text never seen: its hash, line ranges, counts and a proposed layout.

The readers propose; a person reviews. The proposal is read back at once, so that what still stands open
is said with its line.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from graph_builder.declarations import CORRECTION_COLUMNS
from graph_builder.documents import Document, is_reserved, read_document
from graph_builder.errors import CallError, KeifuError, Place, Problem
from graph_builder.extraction import extract
from graph_builder.guess import Guess, guess
from graph_builder.readers.merged import table as merged_table
from graph_builder.readers.proposal import Proposal
from graph_builder.readers.prose import outline
from graph_builder.readers.wrapped import rows as wrapped_rows

PROPOSERS: Mapping[str, Callable[[Sequence[str]], Proposal | None]] = {
    module.NAME: module.propose for module in (wrapped_rows, merged_table, outline)
}
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Scaffold:
    """What was scaffolded: the folder, the layout, what to review, and what cannot be read yet."""

    folder: Path
    layout: str
    entries: int
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Answers:
    """What the caller knows about the text; the rest can be worked out or mended later."""

    authority: str
    key: str | None = None
    layout: str | None = None
    title: str | None = None
    publisher: str | None = None


def scaffold(source: Path, mappings: Path, answers: Answers) -> Scaffold:
    """Make the folder of a new document; raises CallError where the call cannot be carried out."""
    data = _read(source)
    lines = data.decode("utf-8").removesuffix("\n").split("\n")
    key = answers.key or _key_of(source)
    folder = mappings / key
    _refuse(key, folder, answers)
    name, proposal = _propose(lines, answers.layout, source)
    declaration = _declaration(key, guess(source, lines, answers.title), data, proposal, answers)
    _write(folder, data, proposal, declaration)
    return _try(folder, name, proposal)


def _read(source: Path) -> bytes:
    remedy = "give the path of a UTF-8 text"
    try:
        data = source.read_bytes()
        data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(Problem(Place(str(source)), f"the text cannot be read: {error}", remedy)) from error
    return data


def _key_of(source: Path) -> str:
    plain = unicodedata.normalize("NFKD", source.stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _refuse(key: str, folder: Path, answers: Answers) -> None:
    if not _KEY.fullmatch(key) or is_reserved(key):
        remedy = "give another with --key: a-z, 0-9 and -, and none of the reserved names"
        raise CallError(Problem(Place(str(folder)), f"the key {key!r} cannot be used", remedy))
    if folder.exists():
        raise CallError(Problem(Place(str(folder)), "the folder is there already", "give another --key"))
    if not re.fullmatch(r"\d{6}", answers.authority):
        remedy = "give the six-digit local government code"
        raise CallError(Problem(Place("--authority"), f"{answers.authority!r} is no code", remedy))


def _propose(lines: Sequence[str], layout: str | None, source: Path) -> tuple[str, Proposal]:
    if layout and layout not in PROPOSERS:
        remedy = f"use one of {', '.join(PROPOSERS)}"
        raise CallError(Problem(Place("--layout"), f"there is no layout {layout!r}", remedy))
    names = [layout] if layout else list(PROPOSERS)
    proposals = [(name, proposal) for name in names if (proposal := PROPOSERS[name](lines))]
    if not proposals:
        remedy = f"look at the text and choose one of {', '.join(PROPOSERS)} with --layout"
        raise CallError(Problem(Place(str(source)), "no layout fits the text", remedy))
    return max(proposals, key=lambda each: each[1].certainty)


def _declaration(
    key: str, guessed: Guess, data: bytes, proposal: Proposal, answers: Answers
) -> dict[str, Any]:
    layouts = [dict(layout) for layout in proposal.layouts]
    for layout in layouts:
        if layout["reader"] in (wrapped_rows.NAME, merged_table.NAME):
            layout.setdefault("plans", [key])
            layout.setdefault("scheme", key)
            layout.setdefault("fiscal_year", guessed.year)
    return {
        "key": key,
        "authority": answers.authority,
        "title": guessed.title,
        "publisher": answers.publisher or answers.authority,
        "rights": "権利関係は公表元に確認すること。",
        "sha256": hashlib.sha256(data).hexdigest(),
        "describes": [key],
        "plans": [{"key": key, "label": guessed.title, "printed": guessed.printed}],
        "layouts": layouts,
        "ignored": [dict(ignored) for ignored in proposal.ignored],
    }


def _write(folder: Path, data: bytes, proposal: Proposal, declaration: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True)
    (folder / "source.txt").write_bytes(data)
    notes = ["Proposed from the text alone: review every line.", *proposal.notes]
    comment = "".join(f"# {note}\n" for note in notes)
    (folder / "document.toml").write_text(f"{comment}\n{tomli_w.dumps(declaration)}", encoding="utf-8")
    (folder / "lookups.toml").write_text(tomli_w.dumps(proposal.lookups), encoding="utf-8")
    (folder / "corrections.csv").write_text(f"{','.join(CORRECTION_COLUMNS)}\n", encoding="utf-8")


def _try(folder: Path, layout: str, proposal: Proposal) -> Scaffold:
    document: Document = read_document(folder)
    try:
        entries, problems = len(extract(document).entries), tuple[Problem, ...]()
    except KeifuError as error:
        entries, problems = 0, error.problems
    return Scaffold(folder, layout, entries, proposal.notes, problems)
