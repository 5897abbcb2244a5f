"""Descriptions for a list that has none: the sentence of the prose that tells what became of an entry.

A sentence is taken for an entry's description where it stands in the section of the entry's own pillar and
holds enough of the rare words of its name. One sentence may tell of several projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph_builder.lineage.matching.names import folded, parts
from graph_builder.lineage.matching.rarity import Rarity
from graph_builder.lineage.matching.thresholds import NARRATED, NARRATED_RARITY
from graph_builder.rows.documents import PassageTextRow, SectionRow
from graph_builder.rows.projects import EntryRow

_FULL_STOP = "。"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the prose below the heading of a section; page breaks in it are joined already."""

    section_label: str
    text: str


def paragraphs(texts: Iterable[PassageTextRow], sections: Iterable[SectionRow]) -> list[Paragraph]:
    """The paragraphs of a document's prose, those that go on behind a page break joined."""
    labels = {section.section: section.label for section in sections}
    rows = {row.passage: row for row in texts}
    continued = {row.continued_in for row in rows.values()}
    return [
        Paragraph(labels[row.section], "".join(_chain(row, rows)))
        for row in rows.values()
        if row.section and row.passage not in continued
    ]


def narrate(entries: Iterable[EntryRow], prose: Sequence[Paragraph], rarity: Rarity) -> dict[str, str]:
    """Key of an entry without a summary → the sentence that describes it, where one does."""
    sentences: dict[str, list[str]] = {}
    for paragraph in prose:
        sentences.setdefault(folded(paragraph.section_label), []).extend(_sentences(paragraph.text))
    found = {
        entry.entry: _best(entry.name, sentences.get(folded(entry.section_label or ""), ()), rarity)
        for entry in entries
        if not entry.summary
    }
    return {entry: sentence for entry, sentence in found.items() if sentence}


def _chain(row: PassageTextRow, rows: Mapping[str, PassageTextRow]) -> Iterator[str]:
    yield row.text
    if row.continued_in and (rest := rows.get(row.continued_in)):
        yield from _chain(rest, rows)


def _best(name: str, sentences: Sequence[str], rarity: Rarity) -> str | None:
    tokens = rarity.words.tokens("\n".join(parts(name)))
    told = [(rarity.of(tokens & rarity.words.tokens(sentence)), -at) for at, sentence in enumerate(sentences)]
    if not told:
        return None
    weight, at = max(told)
    enough = weight >= NARRATED_RARITY and weight >= NARRATED * rarity.of(tokens)
    return sentences[-at] if enough else None


def _sentences(text: str) -> Iterator[str]:
    return (sentence for part in text.split(_FULL_STOP) if (sentence := folded(part)))
