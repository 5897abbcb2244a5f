"""Issues and trends of a plan's prose, and visions that the prose states.

`[[layouts.topics]]` in document.toml makes an issue or a trend of every heading directly below the one whose
label is `under`. `visions.csv` quotes the aims that a text states of a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph_builder.curated import read_curated, refuse
from graph_builder.documents import Document
from graph_builder.errors import DeclarationError, Problem
from graph_builder.identifiers import section_key, short_hash
from graph_builder.readers.options import Options, options_of
from graph_builder.readers.reading import Reading, SectionRecord
from graph_builder.rows.plans import TopicRow, VisionRow
from graph_builder.tables.collection import Tables
from graph_builder.tables.passages import Passages
from graph_builder.tables.quotes import QUOTE_COLUMNS, Quotes
from graph_builder.values.text import compared

CLASSES = {"issue": "Issue", "trend": "Trend"}
VISION_COLUMNS = ("plan", "label", *QUOTE_COLUMNS, "reason")


def add_topics(reading: Reading, passages: Passages) -> None:
    """Add the issues and trends that the folder declares; raises DeclarationError where there are none."""
    for layout in passages.document.layouts:
        for topic in options_of(passages.document, layout).tables("topics"):
            for section in _below(topic, reading.sections, passages.document):
                _add_topic(topic, section, passages)


def _below(topic: Options, sections: Sequence[SectionRecord], document: Document) -> list[SectionRecord]:
    under = compared(topic.text("under"))
    found = [each for each in sections if each.parent and compared(each.parent.label) == under]
    if topic.text("kind") not in CLASSES:
        remedy = f"use {' or '.join(CLASSES)}"
        raise DeclarationError(Problem(topic.place, f"there is no kind {topic.text('kind')}", remedy))
    if not found:
        what = f"no heading of {document.key} stands below 「{topic.text('under')}」"
        raise DeclarationError(Problem(topic.place, what, "mend under, or remove the topics"))
    return found


def _add_topic(topic: Options, section: SectionRecord, passages: Passages) -> None:
    document, kind = passages.document, topic.text("kind")
    passages.tables.add(
        TopicRow(
            document=document.key,
            authority=document.authority,
            topic=section_key(document.key, section.span),
            kind=kind,
            class_name=CLASSES[kind],
            label=section.label,
            plan=topic.text("plan"),
            passage=passages.of(section.span),
        )
    )


def add_stated_visions(reference: Path, quotes: Quotes, tables: Tables) -> None:
    """Add the visions of `visions.csv` that documents of this build state."""
    rows = read_curated(reference / "visions.csv", VISION_COLUMNS, VISION_COLUMNS)
    rows = [row for row in rows if quotes.knows(row["document"])]
    refuse([problem for row in rows if (problem := quotes.problem(row))])
    for row in rows:
        _, authority, kind, plan = row["plan"].split("/")
        refuse([row.fault("plan", "it is no plan", "write id/…/plan/…")] if kind != "plan" else [])
        passage = quotes.passage(row).rpartition("/")[2]
        vision = f"{plan}.{short_hash(row['label'])}"
        tables.add(VisionRow(row["document"], authority, vision, plan, row["label"], None, passage))
