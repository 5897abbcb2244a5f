"""Run every layout of a document and account for every line: handled, ignored by name, or stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from graph_builder.documents import Document, Layout
from graph_builder.errors import Place, Problem, TableError
from graph_builder.readers.merged import table as merged_table
from graph_builder.readers.prose import (
    glossary,
    history_table,
    indicator_table,
    outcome_table,
    outline,
    statistics_blocks,
)
from graph_builder.readers.reading import Reading
from graph_builder.readers.wrapped import rows as wrapped_rows

Reader = Callable[[Document, Layout], Reading]

READERS: Mapping[str, Reader] = {
    module.NAME: module.read
    for module in (
        glossary,
        history_table,
        indicator_table,
        merged_table,
        outcome_table,
        outline,
        statistics_blocks,
        wrapped_rows,
    )
}


def extract(document: Document) -> Reading:
    """All records of a document; raises TableError with every problem that was found, in line order."""
    reading = Reading()
    for layout in document.layouts:
        _merge(reading, _reader(document, layout)(document, layout))
    _cover_ignored(document, reading)
    problems = [
        *reading.problems,
        *_leftovers(document, reading),
        *_miscounted(document, reading),
        *_stale(document),
    ]
    if problems:
        raise TableError(*sorted(set(problems), key=_by_line))
    return reading


def _by_line(problem: Problem) -> tuple[bool, int]:
    """In line order; what has no line (a count) follows what explains it."""
    return problem.place.line is None, problem.place.line or 0


def _reader(document: Document, layout: Layout) -> Reader:
    if layout.reader not in READERS:
        place = Place(str(document.folder / "document.toml"), column="layouts")
        remedy = f"use one of {', '.join(sorted(READERS))}"
        raise TableError(Problem(place, f"there is no layout reader {layout.reader!r}", remedy))
    return READERS[layout.reader]


def _merge(whole: Reading, part: Reading) -> None:
    whole.entries += part.entries
    whole.sections += part.sections
    whole.paragraphs += part.paragraphs
    whole.directions += part.directions
    whole.observations += part.observations
    whole.generations += part.generations
    whole.indicators += part.indicators
    whole.terms += part.terms
    whole.problems += part.problems
    whole.covered.update(part.covered)


def _cover_ignored(document: Document, reading: Reading) -> None:
    kinds = {ignored.text.strip(): ignored.kind for ignored in document.ignored}
    for line in document.lines:
        kind = kinds.get(line.printed.strip())
        if kind and line.number not in reading.covered:
            reading.covered[line.number] = kind


def _leftovers(document: Document, reading: Reading) -> list[Problem]:
    said = {problem.place.line for problem in reading.problems}
    return [
        Problem(
            document.place(line.number),
            f"nothing accounts for the line 「{line.printed.strip()[:60]}」",
            "mend the layout in document.toml, or declare the line under [[ignored]]",
        )
        for line in document.lines
        if not line.is_blank and line.number not in reading.covered and line.number not in said
    ]


def _stale(document: Document) -> list[Problem]:
    return [
        Problem(
            document.place(correction.line),
            f"the correction finds no 「{correction.printed}」 there",
            "mend line or printed text in corrections.csv",
        )
        for correction in document.stale
    ]


def _miscounted(document: Document, reading: Reading) -> list[Problem]:
    found = Counter(
        document.lines[number - 1].printed.strip()
        for number, kind in reading.covered.items()
        if kind in {ignored.kind for ignored in document.ignored}
    )
    return [
        Problem(
            Place(str(document.folder / "document.toml"), column="ignored"),
            f"「{ignored.text}」 ({ignored.kind}) stands {found[ignored.text.strip()]} times, "
            f"{ignored.count} are declared",
            "look at the lines and declare how many there are",
        )
        for ignored in document.ignored
        if found[ignored.text.strip()] != ignored.count
    ]
