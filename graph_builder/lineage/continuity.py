"""Which division's work went to which, learned from the projects whose names are equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum

from graph_builder.lineage.thresholds import DIVISION_PAIRS
from graph_builder.lineage.undertakings import Undertaking


class Duty(Enum):
    """How the responsible divisions of two undertakings stand to each other."""

    SAME = "same"
    LEARNED = "learned"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def continues(self) -> bool:
        """Whether the division is the same, or known to have handed on its work."""
        return self in {Duty.SAME, Duty.LEARNED}


class Continuity:
    """The handing-on of duties between two lists."""

    def __init__(self, earlier: Sequence[Undertaking], later: Sequence[Undertaking]) -> None:
        before = {division for undertaking in earlier for division in undertaking.divisions}
        after = {division for undertaking in later for division in undertaking.divisions}
        moves: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in _equal(earlier, later):
            for division in one.divisions - other.divisions:
                moves[division].update(other.divisions - one.divisions)
        self._learned = {
            (division, other)
            for division, counted in moves.items()
            for other, count in counted.items()
            # Where the old division is gone and the new one is new, one project is sign enough.
            if count >= DIVISION_PAIRS or (division not in after and other not in before)
        }

    def duty(self, one: Undertaking, other: Undertaking) -> Duty:
        """How the responsible divisions of an earlier and a later undertaking stand to each other."""
        if not one.divisions or not other.divisions:
            return Duty.UNKNOWN
        if one.divisions & other.divisions:
            return Duty.SAME
        pairs = {(division, successor) for division in one.divisions for successor in other.divisions}
        return Duty.LEARNED if pairs & self._learned else Duty.OTHER


def _equal(
    earlier: Sequence[Undertaking], later: Sequence[Undertaking]
) -> Iterator[tuple[Undertaking, Undertaking]]:
    """Pairs of equal names; of children only the last part, for an umbrella moves with its division."""
    known = {undertaking.keys[-1]: undertaking for undertaking in later}
    return ((one, known[one.keys[-1]]) for one in earlier if one.keys[-1] in known)
