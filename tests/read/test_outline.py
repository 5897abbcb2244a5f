"""Prose: each case of outline/*.toml is a text, the layout that reads it, and the outline it gives."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.readers.prose import outline
from graph_builder.readers.reading import Reading, Span
from tests.read.prose_dumps import made

CASES = sorted((Path(__file__).parent / "outline").glob("*.toml"))


def test_every_case_is_read() -> None:
    assert len(CASES) == 14


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_text_gives_its_outline(case: Path) -> None:
    declared = tomllib.loads(case.read_text("utf-8"))
    document = made(declared["text"], {"reader": "outline", **declared["layout"]})
    reading = outline.read(document, document.layouts[0])
    assert _rendered(reading) == declared["expected"].strip().split("\n")


def test_an_unknown_spacing_is_an_error() -> None:
    document = made("本文です。", {"reader": "outline", "spacing": "triple"})
    with pytest.raises(DeclarationError, match="triple"):
        outline.read(document, document.layouts[0])


def test_a_broken_pattern_is_an_error_that_names_its_key() -> None:
    headings = [{"level": 1, "pattern": "(章"}]
    document = made("本文です。", {"reader": "outline", "spacing": "single", "headings": headings})
    with pytest.raises(DeclarationError, match="column pattern"):
        outline.read(document, document.layouts[0])


def _rendered(reading: Reading) -> list[str]:
    """Sections, paragraphs and problems as lines, in the order of the text."""
    lines = []
    for section in reading.sections:
        direction = section.direction
        mark = f" = {direction.scheme} {direction.notation} {direction.label}" if direction else ""
        heading = f"{'#' * section.level} [{section.notation}] {section.label}{mark}"
        lines.append((section.span.first, heading))
    for paragraph in reading.paragraphs:
        spans = ",".join(map(_span, paragraph.spans))
        lines.append((paragraph.spans[0].first, f"{paragraph.kind} {spans} {paragraph.text}"))
    return [text for _, text in sorted(lines)] + [f"problem {problem.what}" for problem in reading.problems]


def _span(span: Span) -> str:
    return str(span.first) if span.first == span.last else f"{span.first}-{span.last}"
