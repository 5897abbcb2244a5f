"""What explains and what is cited: concepts, their schemes, terms of glossaries, footnotes, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class SchemeRow(Row):
    """A scheme of concepts; `scheme` is its relative IRI."""

    scheme: str
    label: str
    label_en: str | None


@dataclass(frozen=True)
class ConceptRow(Row):
    """A curated concept; `concept` and `scheme` are relative IRIs."""

    concept: str
    scheme: str
    label: str
    label_en: str | None
    reason: str


@dataclass(frozen=True)
class TermRow(Row):
    """A term of a glossary; `term` is the relative IRI of the concept that it is or makes.

    `label` is absent where a curated concept names it; `printed` is the term with its line breaks joined.
    """

    term: str
    scheme: str
    label: str | None
    printed: str
    reading_index: str | None
    definition: str | None


@dataclass(frozen=True)
class TermNameRow(Row):
    """Another name of a term, in Japanese or in English."""

    term: str
    name: str | None = None
    name_en: str | None = None


@dataclass(frozen=True)
class TermReferenceRow(Row):
    """An address that a glossary gives for a term."""

    term: str
    url: str


@dataclass(frozen=True)
class TermEvidenceRow(Row):
    """A passage that prints a term or its definition."""

    term: str
    passage: str


@dataclass(frozen=True)
class CitationRow(Row):
    """A footnote or reference; a date of issue stands in the column of its precision."""

    citation: str
    number: str | None
    publisher_text: str | None
    title: str | None
    section_text: str | None
    pages: str | None
    issued_date: str | None
    issued_month: str | None
    issued_year: str | None
    accessed: str | None
    note_text: str | None


@dataclass(frozen=True)
class CitationReferenceRow(Row):
    """An address that a citation gives."""

    citation: str
    url: str


@dataclass(frozen=True)
class CitationPassageRow(Row):
    """A passage of a citation: its own lines, or the place in the text that carries its mark."""

    citation: str
    evidence: str | None = None
    cited_at: str | None = None


TABLES: Mapping[str, type[Row]] = {
    "schemes": SchemeRow,
    "concepts": ConceptRow,
    "terms": TermRow,
    "term_names": TermNameRow,
    "term_references": TermReferenceRow,
    "term_evidence": TermEvidenceRow,
    "citations": CitationRow,
    "citation_references": CitationReferenceRow,
    "citation_passages": CitationPassageRow,
}
