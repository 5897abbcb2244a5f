"""Spaces that a dump left where the print broke a line inside a cell, told from spaces that are meant.

Where a cell is broken, every piece but the last has nearly the column's width; a space behind a shorter
piece (する。 また、…) was printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph_builder.values.text import em_width

SLACK = 3.5
"""Em by which a full line may be short: half-width signs, and no line begins with 。 or ends with （."""
EVIDENCE = 3
"""Full lines that a column of one page needs before any of its spaces is taken for a line break."""
SHARE = 0.7
"""Share of a column's broken pieces that must be full lines."""


def unwrap(texts: Sequence[str]) -> list[str]:
    """The texts of one column of one page without the spaces at line breaks."""
    pieces = [text.split() for text in texts]
    full = max((em_width(piece) for parts in pieces for piece in parts), default=0.0) - SLACK
    broken = [em_width(piece) >= full for parts in pieces for piece in parts[:-1]]
    if sum(broken) < max(EVIDENCE, SHARE * len(broken)):
        return list(texts)
    return [_joined(parts, full) for parts in pieces]


def _joined(pieces: Sequence[str], full: float) -> str:
    text = ""
    for at, piece in enumerate(pieces):
        meant = at > 0 and em_width(pieces[at - 1]) < full
        text += f" {piece}" if meant else piece
    return text
