"""Years → pixels: where a moment stands on the axis of time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

LEFT, YEAR = 96.0, 41.5
"""Pixels: the names of the lanes, and one year."""


@dataclass(frozen=True)
class Scale:
    """The axis from the beginning of the year `first` to the moment `last`."""

    first: int
    last: float

    @classmethod
    def of(cls, spans: Iterable[tuple[float, float]]) -> Scale:
        """Return the scale on which all periods (one at least) have room."""
        starts, ends = zip(*spans, strict=True)
        return cls(math.floor(min(starts)), max(ends))

    @property
    def left(self) -> float:
        """Where the axis begins."""
        return LEFT

    @property
    def right(self) -> float:
        """Where the axis ends."""
        return self.x(self.last)

    @property
    def years(self) -> range:
        """The years that begin on the axis."""
        return range(self.first, math.floor(self.last) + 1)

    def x(self, moment: float) -> float:
        """Return where a moment stands."""
        return round(LEFT + (moment - self.first) * YEAR, 1)
