"""What document.toml and lookups.toml declare about a wrapped table, checked and typed.

A layout of this reader takes, beside `reader` and `lines`:

    widths       em widths of the columns: name, summary, target_text, and of the prose
    hard_breaks  literal lines that begin a paragraph without an indent or a bullet
    unfinished   literal lines that end a paragraph of sentences without a full stop
    torn         literal lines that go on with their paragraph after a blank line
    sections     number, title, rows, lines = [first, last]; heading (as printed), note and its print
    prose        kind, begins, ends (both as printed), lines (how many): the text between the rows
    scheme, plans, fiscal_year   whose directions the sections are, and what the entries belong to
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_builder.documents import Document, Layout
from graph_builder.errors import DeclarationError, Place, Problem
from graph_builder.readers.wrapped.cells import Columns
from graph_builder.readers.wrapped.checks import Excused
from graph_builder.values.names import PROJECT_ENDINGS

OPTIONS = frozenset(
    {"widths", "hard_breaks", "unfinished", "torn", "sections", "prose", "scheme", "plans", "fiscal_year"}
)
SECTION_KEYS = frozenset({"number", "title", "rows", "lines", "heading", "note"})
PROSE_KEYS = frozenset({"kind", "begins", "ends", "lines"})
LOOKUP_KEYS = frozenset({"departments", "name_endings", "project_endings", "umbrellas"})


@dataclass(frozen=True)
class Section:
    """A section of the table: its number and title, its rows and lines, its heading and note as printed."""

    number: int
    title: str
    rows: int
    first: int
    last: int
    heading: str | None
    note: str | None


@dataclass(frozen=True)
class Prose:
    """A paragraph (or title, heading, item) between the rows: its first and last line, and their count."""

    kind: str
    begins: str
    ends: str
    lines: int


@dataclass(frozen=True)
class Declared:
    """All that the folder of a document declares about one wrapped table."""

    columns: Columns
    prose_width: float
    sections: tuple[Section, ...]
    prose: tuple[Prose, ...]
    departments: Mapping[str, frozenset[str]]
    excused: Excused
    name_endings: tuple[str, ...]
    project_endings: tuple[str, ...]
    umbrellas: Mapping[str, tuple[str, str]]
    scheme: str
    plans: tuple[str, ...]
    fiscal_year: int | None


def declared_of(document: Document, layout: Layout) -> Declared:
    """The declarations of one layout; raises DeclarationError for what is missing, unknown or malformed."""
    options, lookups = layout.options, document.lookups
    place = _places(document)
    _known(options, OPTIONS, place["document.toml"], "layouts")
    _known(lookups, LOOKUP_KEYS, place["lookups.toml"], "lookups")
    try:
        return _declared(document, options, lookups)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"a declaration of the layout is missing or malformed: {error!r}"
        problem = Problem(place["document.toml"], what, "declare it as the other wrapped-rows folders do")
        raise DeclarationError(problem) from error


def _places(document: Document) -> dict[str, Place]:
    return {
        name: Place(str(document.folder / name), column="layouts" if name == "document.toml" else None)
        for name in ("document.toml", "lookups.toml")
    }


def _known(table: Mapping[str, Any], keys: frozenset[str], place: Place, what: str) -> None:
    if unknown := sorted(table.keys() - keys):
        problem = Problem(place, f"unknown key {unknown[0]!r} in {what}", "remove it or mend its name")
        raise DeclarationError(problem)


def _declared(document: Document, options: Mapping[str, Any], lookups: Mapping[str, Any]) -> Declared:
    widths = {cell: 2.0 * float(width) for cell, width in options["widths"].items()}
    prose_width = widths.pop("prose", max(widths.values()))
    return Declared(
        columns=Columns(**widths, hard_breaks=_lines(options, "hard_breaks")),
        prose_width=prose_width,
        sections=tuple(_section(section) for section in options["sections"]),
        prose=tuple(_prose(prose) for prose in options.get("prose", [])),
        departments={unit["name"]: frozenset(unit["divisions"]) for unit in lookups["departments"]},
        excused=Excused(_lines(options, "unfinished"), _lines(options, "torn")),
        name_endings=tuple(lookups.get("name_endings", [])),
        project_endings=tuple(lookups.get("project_endings", PROJECT_ENDINGS)),
        umbrellas={row["name"]: (row["umbrella"], row["child"]) for row in lookups.get("umbrellas", [])},
        scheme=str(options.get("scheme", document.key)),
        plans=tuple(options.get("plans", [])),
        fiscal_year=options.get("fiscal_year"),
    )


def _lines(options: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(line.strip() for line in options.get(key, []))


def _section(table: Mapping[str, Any]) -> Section:
    _only(table, SECTION_KEYS)
    first, last = table["lines"]
    heading, note = _bare(table.get("heading")), _bare(table.get("note"))
    return Section(table["number"], table["title"], table["rows"], first, last, heading, note)


def _prose(table: Mapping[str, Any]) -> Prose:
    _only(table, PROSE_KEYS)
    begins = table["begins"]
    ends = table.get("ends", begins)
    return Prose(table["kind"], begins.strip(), ends.strip(), table.get("lines", 1))


def _only(table: Mapping[str, Any], keys: frozenset[str]) -> None:
    if unknown := sorted(table.keys() - keys):
        raise ValueError(f"unknown key {unknown[0]!r}")


def _bare(text: str | None) -> str | None:
    return text.strip() if text else None
