"""Records under the name that they share in one column, for templates."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.entity.columns import Record


def by(found: Sequence[Record], column: str, language: str) -> list[tuple[str, list[Record]]]:
    """Return the records in groups, in the order in which the groups begin."""
    groups: dict[str, list[Record]] = {}
    for record in found:
        groups.setdefault(record.text(column, language), []).append(record)
    return list(groups.items())
