"""Governments and their units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_builder.rows.base import Row


@dataclass(frozen=True)
class OrganizationRow(Row):
    """A government unit; `kind` is the local name of its class; one at the top has no `unit_of`."""

    organization: str
    kind: str
    label: str
    label_en: str | None
    unit_of: str | None
    government: str | None


@dataclass(frozen=True)
class GovernmentRow(Row):
    """A government; `code` is its six-digit code, which the nation has not; `kana` reads its name."""

    label: str
    label_en: str | None
    kana: str | None
    code: str | None


@dataclass(frozen=True)
class IdentifierRow(Row):
    """An official code of a government beside its six-digit one; `kind` is a concept of identifier-kind."""

    identifier: str
    kind: str
    notation: str
    agency: str


TABLES: Mapping[str, type[Row]] = {
    "organizations": OrganizationRow,
    "governments": GovernmentRow,
    "identifiers": IdentifierRow,
}
