"""What a layout reader hands on: typed records with their lines, and which lines they account for.

A reader never drops a line. A line it turned into a record, or knows as a named kind of non-data, is
entered in `Reading.covered`; what it cannot read is a `Problem` with the line's number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_builder.errors import Problem


@dataclass(frozen=True)
class Span:
    """Lines first..last of the source, 1-based and inclusive; within them, where only a part of one line
    is meant, the characters start..end of line `first` (0-based, end exclusive)."""

    first: int
    last: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class DirectionRecord:
    """A direction, pillar, field or item: notation and label as read, and what it stands under.

    `scheme` is the key of the plan whose directions these are; `part` tells apart two lists of one
    document that number their fields alike.
    """

    scheme: str
    notation: str | None
    label: str
    broader: DirectionRecord | None = None
    part: str | None = None
    span: Span | None = None
    note: str | None = None


@dataclass(frozen=True)
class ResponsibleRecord:
    """Who is responsible: department, bureau and division as printed (division None: the department)."""

    department: str
    bureau: str | None = None
    division: str | None = None


@dataclass(frozen=True)
class EntryRecord:
    """One row of one list of projects; texts are corrected, their line breaks joined.

    `cells` gives the lines of each cell by column name (name, summary, target_text, responsible …).
    """

    span: Span
    name: str
    directions: tuple[DirectionRecord, ...]
    number: int | None = None
    umbrella_name: str | None = None
    child_name: str | None = None
    is_new: bool | None = None
    is_repeat: bool = False
    summary: str | None = None
    target_text: str | None = None
    responsible: tuple[ResponsibleRecord, ...] = ()
    plans: tuple[str, ...] = ()
    fiscal_year: int | None = None
    start_year: int | None = None
    end_year: int | None = None
    cells: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionRecord:
    """A heading of the outline: chapter, section, item or sub-item, with the one it stands under."""

    span: Span
    level: int
    notation: str | None
    label: str
    parent: SectionRecord | None = None
    direction: DirectionRecord | None = None


@dataclass(frozen=True)
class ParagraphRecord:
    """A paragraph, list item, note or footnote of the prose, in its section; its text is joined.

    `spans` has more than one member where the print breaks a paragraph apart (page break, footnote).
    """

    spans: tuple[Span, ...]
    kind: str
    text: str
    section: SectionRecord | None = None


@dataclass(frozen=True)
class ObservationRecord:
    """One year of one table of the review; the rate is kept as printed."""

    span: Span
    fiscal_year: int
    item_count: int
    achieved_count: int
    achieved_rate: str
    direction: DirectionRecord | None = None
    cells: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class GenerationRecord:
    """One generation of a series of plans, as the history table prints it."""

    span: Span
    generation: int
    start_year: int
    end_year: int
    themes: tuple[str, ...]
    main_measures: tuple[str, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorRecord:
    """A vision's indicator: name, baseline and target with their years, as printed, and its notes."""

    span: Span
    label: str
    baseline_text: str
    baseline_year: int
    target_text: str
    target_year: int
    notes: tuple[str, ...] = ()
    vision: SectionRecord | None = None
    cells: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class TermRecord:
    """An entry of a glossary: the index letter of its group, and the paragraphs of its parts.

    The print leaves the letter out inside a group; `urls` are the addresses of the reference, re-joined.
    """

    index: str | None
    term: ParagraphRecord
    definition: ParagraphRecord | None = None
    reference: ParagraphRecord | None = None
    urls: tuple[str, ...] = ()


@dataclass
class Reading:
    """All that one layout of one document gave."""

    entries: list[EntryRecord] = field(default_factory=list)
    sections: list[SectionRecord] = field(default_factory=list)
    paragraphs: list[ParagraphRecord] = field(default_factory=list)
    directions: list[DirectionRecord] = field(default_factory=list)
    observations: list[ObservationRecord] = field(default_factory=list)
    generations: list[GenerationRecord] = field(default_factory=list)
    indicators: list[IndicatorRecord] = field(default_factory=list)
    terms: list[TermRecord] = field(default_factory=list)
    covered: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def cover(self, first: int, last: int, kind: str) -> None:
        """Account for the lines first..last as `kind` (a record's name or a named kind of non-data)."""
        for number in range(first, last + 1):
            self.covered[number] = kind
