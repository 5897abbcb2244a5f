"""Documents and the places in them: passages, paragraphs, sections, corrections; fiscal years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class DocumentRow(Row):
    """A source as received."""

    title: str
    title_en: str | None
    publisher: str
    license: str | None
    rights: str | None
    issued_date: str | None
    issued_month: str | None
    issued_year: str | None
    origin: str | None
    sha256: str
    declared_entry_count: str | None


@dataclass(frozen=True)
class DocumentPlanRow(Row):
    """A plan that a document describes."""

    plan: str


@dataclass(frozen=True)
class PassageRow(Row):
    """A place in a document: lines (1-based, inclusive), characters (0-based, end exclusive), the print.

    `folded` is the print in NFKC without white space, for queries that compare texts.
    """

    passage: str
    start_line: str
    end_line: str
    start_char: str
    end_char: str
    exact: str
    folded: str


@dataclass(frozen=True)
class PassageTextRow(Row):
    """A passage of the prose: its kind, its section, its text with the line breaks joined."""

    passage: str
    kind: str
    section: str | None
    text: str
    folded: str
    continued_in: str | None


@dataclass(frozen=True)
class SectionRow(Row):
    """A heading of the outline."""

    section: str
    notation: str | None
    label: str
    level: str
    position: str
    parent: str | None
    passage: str


@dataclass(frozen=True)
class CorrectionRow(Row):
    """A mended fault of the print, and the thing whose text it touches."""

    correction: str
    printed: str
    corrected: str
    kind: str
    reason: str
    passage: str
    entry: str | None
    direction: str | None
    section: str | None


@dataclass(frozen=True)
class FiscalYearRow(Row):
    """A fiscal year, 1 April to 31 March; `next_year` is the calendar year in which it ends."""

    year: str
    next_year: str
    label_ja: str
    label_en: str


TABLES: Mapping[str, type[Row]] = {
    "documents": DocumentRow,
    "document_plans": DocumentPlanRow,
    "passages": PassageRow,
    "passage_texts": PassageTextRow,
    "sections": SectionRow,
    "corrections": CorrectionRow,
    "fiscal_years": FiscalYearRow,
}
