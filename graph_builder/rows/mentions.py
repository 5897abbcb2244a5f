"""Where texts name things; `thing`, `candidate` and `context` are relative IRIs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class MentionRow(Row):
    """A text names a thing; a mention has a row for each passage and each context."""

    mention: str
    thing: str
    name: str
    passage: str
    context: str


@dataclass(frozen=True)
class OpenMentionRow(Row):
    """A text names something that is in no table, or that could be more than one thing."""

    mention: str
    name: str
    passage: str
    context: str


@dataclass(frozen=True)
class OpenMentionCandidateRow(Row):
    """A thing that an open mention may mean."""

    mention: str
    candidate: str


TABLES: Mapping[str, type[Row]] = {
    "mentions": MentionRow,
    "open_mentions": OpenMentionRow,
    "open_mention_candidates": OpenMentionCandidateRow,
}
