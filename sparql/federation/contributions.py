"""What partners gave to an answer, as a structured field of the response (RFC 9651)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

HEADER = "Keifu-Partners"


@dataclass(frozen=True)
class Contribution:
    """One SERVICE of a query: the partner, when its oldest row was fetched, how many rows it gave.

    `failed` is said where the partner gave no answer and the query goes without (SERVICE SILENT).
    """

    partner: str
    fetched: datetime
    rows: int
    cached: bool = False
    failed: bool = False

    def __str__(self) -> str:
        moment = self.fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        marks = f"{';cached' if self.cached else ''}{';failed' if self.failed else ''}"
        return f'{self.partner};fetched="{moment}";rows={self.rows}{marks}'


def header(contributions: Sequence[Contribution]) -> dict[str, str]:
    """Return the header of an answer, or none where no partner was asked."""
    return {HEADER: ", ".join(map(str, contributions))} if contributions else {}
