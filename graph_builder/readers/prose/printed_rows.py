"""Printed lines of a wrapped text and what their geometry says: is a line full, does a paragraph end there.

In a double-spaced dump every printed line is followed by a blank one. A line that touches the one above it
without a leading space (the mark of a page break) is irregular: one of the two is a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_builder.documents import Line
from graph_builder.values.text import em_width

SENTENCE_ENDS = frozenset("。」）』？！!?")
NEVER_FIRST = frozenset("をんぁぃぅぇぉっゃゅょァィゥェォッャュョー、。」）』・")
"""No Japanese sentence begins with one of these: particles, small kana, closing signs."""

Widths = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """One printed line: its text without outer spaces, its width in em, and how it stands.

    `ends` when a space closes it (a dump's mark for the end of a paragraph), `touches` when it stands
    directly beneath a printed line and no page break explains it, `touches_rule` when a line of spaces
    (what a dump leaves of a rule or an empty paragraph) stands directly above or beneath it.
    """

    line: Line
    text: str
    width: float
    ends: bool
    touches: bool
    touches_rule: bool

    @property
    def number(self) -> int:
        """The number of its line."""
        return self.line.number

    def is_full(self, widths: Widths) -> bool:
        """Whether it fills its column."""
        return widths[0] <= self.width <= widths[1]

    def fits(self, widths: Widths) -> bool:
        """Whether it can be a line of a wrapped text: it fills the column or ends a paragraph."""
        return self.ends or self.is_full(widths)

    def is_followed_by(self, after: Row, widths: Widths) -> bool:
        """Whether the same paragraph goes on with the row `after`."""
        if not self.ends:
            # Where the last line fills the column there is no room for the closing space.
            return not self.text.endswith("。")
        if not self.is_full(widths):
            return False
        # A space at the end of a full line may belong to the digits or Latin word that come next.
        is_cut = self.text[-1] not in SENTENCE_ENDS and after.text[0].isascii() and after.text[0].isalnum()
        return is_cut or after.text[0] in NEVER_FIRST


def rows(lines: Sequence[Line], all_lines: Sequence[Line]) -> list[Row]:
    """The printed lines among `lines`; `all_lines` are those of the whole text."""
    return [_row(line, all_lines) for line in lines if not line.is_blank]


def stranger(upper: Row, lower: Row, widths: Widths, usual: float | None) -> Row:
    """The one of two rows that touch which is less likely a line of the wrapped text around them."""
    ranks = _rank(upper, widths, usual), _rank(lower, widths, usual)
    return upper if ranks[0] < ranks[1] else lower


def _row(line: Line, all_lines: Sequence[Line]) -> Row:
    text = line.text.strip()
    above = all_lines[line.number - 2] if line.number > 1 else None
    touches = above is not None and not above.is_blank and not line.text.startswith(" ")
    beneath = all_lines[line.number] if line.number < len(all_lines) else None
    touches_rule = any(near is not None and near.is_blank and near.printed for near in (above, beneath))
    return Row(line, text, em_width(text), line.text.endswith(" "), touches, touches_rule)


def _rank(row: Row, widths: Widths, usual: float | None) -> tuple[int, float]:
    """The higher, the more likely: fitting, no full stop without its space, Japanese, usual width."""
    if not row.fits(widths):
        return 0, 0.0
    if row.ends:
        return 3, 0.0
    if row.text.endswith("。"):
        return 1, 0.0
    return 2 if row.text.isascii() else 3, 0.0 if usual is None else -abs(row.width - usual)
