"""Prose in chapters, sections and items: every heading a section, every paragraph whole and in its section.

Two kinds of dump are read, by `spacing`: in "single" every printed line is a paragraph (`[[layouts.breaks]]`
names the places where a page break cut one in two); in "double" paragraphs are wrapped over lines of the
widths `full` (em) and are joined by their geometry.

Kinds of paragraphs are "paragraph" and those that the document declares (blocks.py); this project uses
title, issuer, list-item, note, footnote, caption, placeholder and remark. A line that cannot be part of the
text around it is a paragraph of its own: it is never joined with others.
"""

from __future__ import annotations

from graph_builder.documents import Document, Layout, Line
from graph_builder.errors import DeclarationError, Problem
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.prose.flow import read_wrapped_lines
from graph_builder.readers.prose.headings import outline_sections
from graph_builder.readers.prose.proposal import propose
from graph_builder.readers.prose.single_lines import read_single_lines
from graph_builder.readers.prose.stretches import claimed, stretch
from graph_builder.readers.reading import Reading, SectionRecord

__all__ = ["NAME", "propose", "read"]

NAME = "outline"


def read(document: Document, layout: Layout) -> Reading:
    """The sections, paragraphs and directions of a stretch, without the tables that other layouts read."""
    reading = Reading()
    found = outline_sections(document, layout)
    reading.sections += found
    reading.directions += [section.direction for section in found if section.direction is not None]
    for section in found:
        reading.cover(section.span.first, section.span.last, "section")
    taken = claimed(document, layout)
    lines = [line for line in stretch(document, layout) if line.number not in taken and not line.is_blank]
    lines = _without_ignored(document, lines, reading)
    by_line = {section.span.first: section for section in found}
    options = options_of(document, layout)
    _read_text(document, lines, by_line, options, reading)
    return reading


def _read_text(
    document: Document,
    lines: list[Line],
    by_line: dict[int, SectionRecord],
    options: Options,
    reading: Reading,
) -> None:
    spacing = options.text("spacing")
    if spacing == "single":
        read_single_lines(document, lines, by_line, options, reading)
    elif spacing == "double":
        read_wrapped_lines(document, lines, by_line, options, reading)
    else:
        problem = Problem(options.place, f"the spacing {spacing!r} is unknown", "use single or double")
        raise DeclarationError(problem)


def _without_ignored(document: Document, lines: list[Line], reading: Reading) -> list[Line]:
    """The lines that are data; the others are accounted for by the name of their kind."""
    kinds = {ignored.text.strip(): ignored.kind for ignored in document.ignored}
    data = []
    for line in lines:
        kind = kinds.get(line.text.strip())
        if kind is None:
            data.append(line)
        else:
            reading.cover(line.number, line.number, kind)
    return data
