"""What a text seems to say of itself: its title, as printed, and its fiscal year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph_builder.values.years import find_years

_SHORTEST, _LONGEST = 6, 60  # characters of what may be a title


@dataclass(frozen=True)
class Guess:
    """A proposal for the reviewer of a scaffolded folder."""

    title: str
    printed: str
    year: int


def guess(source: Path, lines: Sequence[str], title: str | None = None) -> Guess:
    """The first line that looks like a title (or prints the given one), and the year that is named most.

    Where the text names no fiscal year, the file's name is asked, and last the calendar: a list has a year.
    """
    cells = [cell.strip() for line in lines for cell in line.split("\t") if cell.strip()]
    given = [cell for cell in cells if title and title in cell]
    likely = [cell for cell in cells if _SHORTEST <= len(cell) <= _LONGEST]
    found = next(iter([*given, *likely, *cells]), source.stem)
    return Guess(title or found, found, _year(source, cells))


def _year(source: Path, texts: Sequence[str]) -> int:
    printed = Counter(year for text in texts if "年度" in text for year in _fiscal_years(text))
    named = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", source.stem)
    if printed:
        return printed.most_common(1)[0][0]
    return int(named[0]) if named else datetime.now(tz=UTC).year


def _fiscal_years(text: str) -> Iterator[int]:
    moments = (moment for expression in find_years(text) for moment in expression.moments)
    return (moment.fiscal_year for moment in moments if moment.fiscal_year)
