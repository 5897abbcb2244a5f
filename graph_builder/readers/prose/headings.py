"""The headings of an outline: their level, notation and label, and the directions that they stand for.

Patterns come from document.toml: `[[layouts.headings]]` with `level` and `pattern`, whose groups are
`notation`, `label`, and where they are of use `number` (the bare number inside the notation) and `note` (a
subtitle at the end of the label). `[[layouts.directions]]` with `scheme` and `under` makes directions of all
headings below the one whose label is `under`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph_builder.documents import Document, Layout, Line
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.prose.stretches import claimed, stretch
from graph_builder.readers.reading import DirectionRecord, SectionRecord, Span
from graph_builder.values.text import normal

OUTLINE = "outline"


@dataclass(frozen=True)
class Heading:
    """One heading as its pattern read it."""

    level: int
    notation: str | None
    label: str
    title: str
    number: str | None
    note: str | None


@dataclass(frozen=True)
class HeadingPatterns:
    """The declared patterns, in the order in which they are tried."""

    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    is_double_spaced: bool

    @classmethod
    def of(cls, options: Options) -> HeadingPatterns:
        """The patterns that a layout declares."""
        declared = options.tables("headings")
        patterns = tuple((table.number("level"), table.pattern("pattern")) for table in declared)
        return cls(patterns, options.values.get("spacing") == "double")

    def read(self, line: Line) -> Heading | None:
        """The heading on a line; in a double-spaced print a line without its closing space is none."""
        if self.is_double_spaced and not line.text.endswith(" "):
            return None
        text = line.text.strip()
        for level, pattern in self.patterns:
            if match := pattern.search(text):
                return _heading(level, match)
        return None


def sections(document: Document) -> tuple[SectionRecord, ...]:
    """All sections of a document, in order, from its outline layouts."""
    found: list[SectionRecord] = []
    for layout in document.layouts:
        if layout.reader == OUTLINE:
            found += outline_sections(document, layout)
    return tuple(found)


def outline_sections(document: Document, layout: Layout) -> list[SectionRecord]:
    """The sections of one outline layout, each with the one that it stands under."""
    options = options_of(document, layout)
    patterns, taken = HeadingPatterns.of(options), claimed(document, layout)
    rules = {rule.text("under"): rule.text("scheme") for rule in options.tables("directions")}
    found: list[SectionRecord] = []
    open_sections: list[SectionRecord] = []
    for line in stretch(document, layout):
        heading = None if line.number in taken else patterns.read(line)
        if heading is None:
            continue
        open_sections = [section for section in open_sections if section.level < heading.level]
        section = _section(line, heading, open_sections, rules)
        open_sections.append(section)
        found.append(section)
    return found


def section_above(found: Iterable[SectionRecord], line: int) -> SectionRecord | None:
    """The section that a line stands in."""
    return next((section for section in reversed(list(found)) if section.span.first <= line), None)


def _heading(level: int, match: re.Match[str]) -> Heading:
    groups = match.groupdict()
    notation = groups.get("notation")
    return Heading(
        level=level,
        notation=notation,
        label=groups["label"],
        title=match.string[match.start("label") :],
        number=groups.get("number") or notation,
        note=groups.get("note"),
    )


def _section(
    line: Line, heading: Heading, open_sections: list[SectionRecord], rules: dict[str, str]
) -> SectionRecord:
    span = Span(line.number, line.number)
    parent = open_sections[-1] if open_sections else None
    direction = None
    scheme = next((rules[section.label] for section in open_sections if section.label in rules), None)
    if scheme is not None:
        direction = _direction(scheme, heading, span, parent.direction if parent else None)
    return SectionRecord(span, heading.level, heading.notation, heading.title, parent, direction)


def _direction(scheme: str, heading: Heading, span: Span, broader: DirectionRecord | None) -> DirectionRecord:
    notation = normal(heading.number) if heading.number else None
    if notation and broader and broader.notation:
        # The print counts sub-items from 1 again; only with its item's number is a notation unique.
        notation = f"{broader.notation}.{notation}"
    return DirectionRecord(scheme, notation, heading.label, broader, span=span, note=heading.note)
