"""Documents for the specification of the prose readers: made from lines, or a real one with a line put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph_builder.documents import Document, Layout, Line, read_document
from graph_builder.extraction import READERS
from graph_builder.folders import Folders
from graph_builder.readers.reading import DirectionRecord, Reading, SectionRecord, Span

PROSE = ("digital-plan-2022", "ict-data-plan-2019-chapter2", "ict-data-plan-2019-review")


def real(key: str) -> Document:
    """One of the repository's own documents."""
    return read_document(Folders().mappings / key)


def made(text: str, *layouts: Mapping[str, Any]) -> Document:
    """A document of the given text; each layout is a table as document.toml has it."""
    texts = text.split("\n")
    return Document(
        key="made", folder=Path("made"), authority="000000", title="", title_en=None, publisher="",
        issued=None,
        license=None, rights=None, origin=None, sha256="", describes=(), plans=(),
        layouts=tuple(_layout(dict(layout), len(texts)) for layout in layouts),
        ignored=(), corrections=(), lookups={}, lines=_numbered(texts),
    )  # fmt: skip


def with_line(document: Document, at: int, text: str) -> Document:
    """The document with a line put in, so that it is line `at`."""
    texts = [line.text for line in document.lines]
    texts.insert(at - 1, text)
    return replace(document, lines=_numbered(texts))


def read_all(document: Document) -> Reading:
    """What all layouts of a document give together."""
    whole = Reading()
    for layout in document.layouts:
        part = READERS[layout.reader](document, layout)
        for name in ("entries", "sections", "paragraphs", "directions", "observations", "generations",
                     "indicators", "terms", "problems"):  # fmt: skip
            getattr(whole, name).extend(getattr(part, name))
        whole.covered.update(part.covered)
    return whole


def uncovered(document: Document, reading: Reading) -> list[int]:
    """The printed lines that nothing accounts for."""
    return [
        line.number for line in document.lines if not line.is_blank and line.number not in reading.covered
    ]


@dataclass(frozen=True)
class Content:
    """What a reading says, without line numbers: paragraphs (kind, section, text) and everything else."""

    paragraphs: Counter[tuple[str, str, str]]
    others: tuple[object, ...]


def content(reading: Reading) -> Content:
    """The content of a reading, to be compared with that of another one."""
    paragraphs = Counter((p.kind, path(p.section), p.text) for p in reading.paragraphs)
    others: list[object] = [path(section) for section in reading.sections]
    others += [
        (e.name, e.start_year, e.end_year, e.plans, *map(_direction, e.directions)) for e in reading.entries
    ]
    others += [
        (o.fiscal_year, o.item_count, o.achieved_count, o.achieved_rate, _direction(o.direction))
        for o in reading.observations
    ]
    others += [replace(g, span=Span(0, 0)) for g in reading.generations]
    others += [
        (i.label, i.baseline_text, i.baseline_year, i.target_text, i.target_year, i.notes, path(i.vision))
        for i in reading.indicators
    ]
    others += [
        (t.index, *((p.kind, p.text) if p else None for p in (t.term, t.definition, t.reference)), t.urls)
        for t in reading.terms
    ]
    return Content(paragraphs, tuple(others))


def path(section: SectionRecord | None) -> str:
    """A section and all it stands under, for a comparison."""
    if section is None:
        return ""
    return f"{path(section.parent)}/{section.notation or ''} {section.label}"


def _direction(direction: DirectionRecord | None) -> tuple[str | None, ...]:
    return (direction.scheme, direction.notation, direction.label, direction.note) if direction else ()


def _layout(declared: dict[str, Any], last: int) -> Layout:
    return Layout(str(declared.pop("reader")), 1, last, declared)


def _numbered(texts: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(number, text, text) for number, text in enumerate(texts, 1))
