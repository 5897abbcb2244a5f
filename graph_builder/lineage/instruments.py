"""Descent between plans, laws, strategies and concepts: curated by reading, each row quoting its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from graph_builder.curated import CuratedRow, read_curated, refuse
from graph_builder.lineage.links import ACCEPTED, LINEAGE, Judgement, add_judgement, camel, is_confidence
from graph_builder.tables.collection import Tables
from graph_builder.tables.quotes import QUOTE_COLUMNS, Quotes

RELATIONS = (
    "replaces",
    "implements",
    "based-on",
    "mandated-by",
    "refers-to",
    "revises",
    "adopts",
    "introduced-by",
)
ENDS = ("later", "relation", "earlier")
COLUMNS = (*ENDS, "article", "basis", "confidence", *QUOTE_COLUMNS, "reason")


def add_instrument_links(lineage: Path, quotes: Quotes, tables: Tables) -> None:
    """Add the judgements of `instruments.csv` that rest on documents of this build.

    Rows with the same ends and relation, one after the other, are one judgement with several passages.
    Raises DeclarationError for a relation that is none, or a quote that is not printed at its lines.
    """
    needed = (*ENDS, "basis", "confidence", *QUOTE_COLUMNS, "reason")
    rows = read_curated(lineage / "instruments.csv", COLUMNS, needed)
    rows = [row for row in rows if quotes.knows(row["document"])]
    relations = ", ".join(RELATIONS)
    refuse(
        [
            *(row.fault("relation", "it is none", f"use {relations}") for row in rows if not _is_known(row)),
            *(
                row.fault("confidence", "it is no number from 0 to 1", "mend it")
                for row in rows
                if not is_confidence(row["confidence"])
            ),
            *(problem for row in rows if (problem := quotes.problem(row))),
        ]
    )
    for _, group in groupby(rows, key=lambda row: tuple(row[column] for column in ENDS)):
        add_judgement(_judgement(list(group), quotes), LINEAGE, tables)


def _is_known(row: CuratedRow) -> bool:
    return row["relation"] in RELATIONS


def _judgement(rows: Sequence[CuratedRow], quotes: Quotes) -> Judgement:
    first = rows[0]
    return Judgement(
        earlier=first["earlier"],
        later=first["later"],
        relation=camel(first["relation"]),
        link_type=first["relation"],
        confidence=first["confidence"],
        status=ACCEPTED,
        bases=(first["basis"],),
        reason=first["reason"],
        evidence=tuple(dict.fromkeys(quotes.passage(row) for row in rows)),
        article=first.get("article"),
    )
