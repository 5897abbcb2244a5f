"""Which of the competing pairs are proposed.

A pair of equal names stands against all others. What structure shows (a name that became an umbrella) may
lead to several later projects. Where only descriptions agree, each must be the other's best, and neither
taken before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph_builder.lineage.matching.features import Features
from graph_builder.lineage.matching.grounds import Ground


@dataclass(frozen=True)
class Match:
    """A pair, the ground it stands on, and how sure that is."""

    pair: Features
    ground: Ground
    confidence: float

    @property
    def ends(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The entries on both sides: they name the pair, and settle a tie the same way every time."""
        return self.pair.one.of.entries, self.pair.other.of.entries


class _Taken:
    """The projects that are matched already, on each side."""

    def __init__(self) -> None:
        self.matches: list[Match] = []

    def _on(self, grounds: Iterable[Ground], side: int) -> set[tuple[str, ...]]:
        wanted = set(grounds)
        return {match.ends[side] for match in self.matches if match.ground in wanted}

    def free(
        self, matches: Sequence[Match], before: Iterable[Ground], after: Iterable[Ground]
    ) -> list[Match]:
        """The matches whose earlier end no ground of `before` has taken, nor one of `after` the later."""
        earlier, later = self._on(before, 0), self._on(after, 1)
        return [match for match in matches if match.ends[0] not in earlier and match.ends[1] not in later]


_LITERAL = (Ground.EQUAL, Ground.MOVED)
_STRUCTURE = (Ground.UNFOLDED, Ground.FOLDED)
_NAMED = (*_LITERAL, Ground.CORE)
_WEAK = (Ground.NEAR, Ground.MENTIONED, Ground.CONTENT, Ground.FIELD)


def select(matches: Sequence[Match]) -> list[Match]:
    """The matches that stand, in the order of their ends."""
    taken = _Taken()

    def on(*grounds: Ground) -> list[Match]:
        return [match for match in matches if match.ground in grounds]

    taken.matches += on(Ground.EQUAL)
    taken.matches += taken.free(on(Ground.MOVED), [Ground.EQUAL], [Ground.EQUAL])
    # An umbrella that goes on by its own name may have children beside it: its earlier end is never taken.
    taken.matches += taken.free(on(Ground.UNFOLDED), [], _LITERAL)
    taken.matches += taken.free(on(Ground.FOLDED), _LITERAL, [])
    taken.matches += _mutual(taken.free(on(Ground.CORE), [*_LITERAL, *_STRUCTURE], _LITERAL))
    taken.matches += taken.free(on(Ground.HELD), [*_NAMED, *_STRUCTURE], _NAMED)
    # A child that an umbrella unfolded into may continue a project of another name as well.
    taken.matches += _mutual(taken.free(on(*_WEAK), [*_NAMED, *_STRUCTURE, Ground.HELD], _NAMED))
    return sorted(taken.matches, key=lambda match: match.ends)


def _mutual(matches: Sequence[Match]) -> list[Match]:
    """The matches that are the best of both their ends."""
    forward, backward = (
        _best(matches, lambda match: match.ends[0]),
        _best(matches, lambda match: match.ends[1]),
    )
    return [
        match for match in matches if forward[match.ends[0]] is match and backward[match.ends[1]] is match
    ]


def _best(matches: Sequence[Match], end: Callable[[Match], tuple[str, ...]]) -> dict[tuple[str, ...], Match]:
    ordered = sorted(matches, key=lambda match: (match.confidence, match.pair.similarity, match.ends))
    return {end(match): match for match in ordered}
