"""Documents for the tests of the reader wrapped-rows: made in memory, none of them on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from graph_builder.documents import Document, Ignored, Layout, Line, read_document
from graph_builder.readers.proposal import Proposal
from graph_builder.readers.reading import Reading
from graph_builder.readers.wrapped.rows import propose, read

FOLDER = Path(__file__).resolve().parents[2] / "mappings" / "ict-data-action-plan-2020"


@cache
def plan() -> Document:
    """The action plan 2020 as its folder declares it."""
    return read_document(FOLDER)


def with_lines(document: Document, lines: Sequence[str]) -> Document:
    """The same declarations over another text."""
    return replace(document, lines=tuple(Line(number, text, text) for number, text in enumerate(lines, 1)))


def with_options(document: Document, **options: object) -> Document:
    """The same document with some options of its layout declared otherwise."""
    layout = document.layouts[0]
    return replace(document, layouts=(replace(layout, options={**layout.options, **options}),))


def of_proposal(proposal: Proposal, lines: Sequence[str]) -> Document:
    """The document that a folder with the proposed declarations would give."""
    layouts = []
    for declared in proposal.layouts:
        options = dict(declared)
        reader, (first, last) = options.pop("reader"), options.pop("lines")
        layouts.append(Layout(reader, first, last, options))
    document = replace(
        plan(),
        key="unseen",
        layouts=tuple(layouts),
        ignored=tuple(Ignored(**entry) for entry in proposal.ignored),
        corrections=(),
        lookups=proposal.lookups,
    )
    return with_lines(document, lines)


def read_whole(document: Document) -> Reading:
    """What the document's only layout gives."""
    return read(document, document.layouts[0])


def read_unseen(lines: Sequence[str]) -> Reading:
    """What a text gives by the declarations proposed for it."""
    proposal = propose(lines)
    assert proposal is not None
    return read_whole(of_proposal(proposal, lines))
