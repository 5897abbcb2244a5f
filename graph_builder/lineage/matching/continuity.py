"""Which division's work went to which, learned from the projects whose names are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import product

from graph_builder.lineage.matching.corpus import Profile
from graph_builder.lineage.matching.thresholds import DIVISION_PAIRS
from graph_builder.lineage.matching.undertakings import Undertaking


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

    def __init__(self, earlier: Sequence[Profile], later: Sequence[Profile]) -> None:
        self._before = frozenset(division for one in earlier for division in one.of.divisions)
        self._after = frozenset(division for one in later for division in one.of.divisions)
        self._moves = Counter(
            move for one, other in _namesakes(earlier, later) for move in _moves(one.of, other.of)
        )

    def duty(self, one: Profile, other: Profile) -> Duty:
        """How the responsible divisions of an earlier and a later undertaking stand to each other."""
        if not one.of.divisions or not other.of.divisions:
            return Duty.UNKNOWN
        if one.of.divisions & other.of.divisions:
            return Duty.SAME
        # What is judged is no witness of its own.
        itself = int(_are_namesakes(one, other))
        learned = any(self._moves[move] - itself >= self._needed(*move) for move in _moves(one.of, other.of))
        return Duty.LEARNED if learned else Duty.OTHER

    def _needed(self, division: str, successor: str) -> int:
        """Where the old division is gone and the other is new, one project is sign enough."""
        is_renamed = division not in self._after and successor not in self._before
        return 1 if is_renamed else DIVISION_PAIRS


def _moves(one: Undertaking, other: Undertaking) -> Iterator[tuple[str, str]]:
    return product(sorted(one.divisions - other.divisions), sorted(other.divisions - one.divisions))


def _namesakes(earlier: Sequence[Profile], later: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pairs of equal names; of children only the last part, for an umbrella moves with its division."""
    known = {other.of.keys[-1]: other for other in later}
    found = ((one, known.get(one.of.keys[-1])) for one in earlier)
    return ((one, other) for one, other in found if other and _are_namesakes(one, other))


def _are_namesakes(one: Profile, other: Profile) -> bool:
    # A generic name (管理運営事業) is borne by strangers.
    return one.of.keys[-1] == other.of.keys[-1] and bool(one.identity)
