"""Lineage: judgements about descent, the statements that follow from the accepted ones, reorganisations.

Things are named by their IRIs relative to the base.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class LinkRow(Row):
    """A judgement that `later` descends from `earlier`; its graph is `lineage` or `proposals`."""

    link: str
    earlier: str
    later: str
    link_type: str
    confidence: str
    status: str
    article: str | None
    reason: str
    label: str | None = None


@dataclass(frozen=True)
class LinkBasisRow(Row):
    """What a judgement rests on."""

    link: str
    basis: str


@dataclass(frozen=True)
class LinkEvidenceRow(Row):
    """A passage that a judgement rests on."""

    link: str
    passage: str


@dataclass(frozen=True)
class DescentRow(Row):
    """The direct statement that an accepted judgement makes; `relation` is the local name of its property.

    `replaced` and `introduced` repeat the two ends where further statements stand beside it.
    """

    link: str
    later: str
    relation: str
    earlier: str
    replaced: str | None
    introduced: str | None


@dataclass(frozen=True)
class MovedRow(Row):
    """A thing that is now known under another address."""

    thing: str
    now: str


@dataclass(frozen=True)
class RetiredRow(Row):
    """An address that ended and has no successor."""

    thing: str
    reason: str


@dataclass(frozen=True)
class ChangeRow(Row):
    """A reorganisation: which years attest the units before and after it."""

    change: str
    change_type: str
    after_year: str | None
    before_year: str | None
    confidence: str
    basis: str
    reason: str


@dataclass(frozen=True)
class ChangeUnitRow(Row):
    """A unit before (`original`) or after (`resulting`) a reorganisation; the other one is absent."""

    change: str
    original: str | None
    resulting: str | None


@dataclass(frozen=True)
class ChangeEvidenceRow(Row):
    """A passage that a reorganisation is inferred from."""

    change: str
    passage: str


TABLES: Mapping[str, type[Row]] = {
    "links": LinkRow,
    "link_bases": LinkBasisRow,
    "link_evidence": LinkEvidenceRow,
    "descents": DescentRow,
    "moved": MovedRow,
    "retired": RetiredRow,
    "changes": ChangeRow,
    "change_units": ChangeUnitRow,
    "change_evidence": ChangeEvidenceRow,
}
