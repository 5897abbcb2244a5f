"""Pairs worth comparing: an inverted index of rare tokens keeps the work near to linear in the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph_builder.lineage.matching.corpus import Profile
from graph_builder.lineage.matching.rarity import Rarity
from graph_builder.lineage.matching.thresholds import COMMON_TOKEN

Pair = tuple[Profile, Profile]


def candidates(earlier: Sequence[Profile], later: Sequence[Profile], rarity: Rarity) -> list[Pair]:
    """Pairs that share a part of their names or a token that is not common, in the order of the lists."""
    index: dict[str, list[int]] = defaultdict(list)
    for place, profile in enumerate(later):
        for mark in _marks(profile, rarity):
            index[mark].append(place)
    return [
        (one, later[place])
        for one in earlier
        for place in sorted({place for mark in _marks(one, rarity) for place in index.get(mark, ())})
    ]


def _marks(profile: Profile, rarity: Rarity) -> set[str]:
    tokens = {token for token in profile.named | profile.described if rarity.frequency(token) <= COMMON_TOKEN}
    # A part of a name stands in brackets here so that it never equals a token.
    return tokens | {f"({key})" for key in profile.of.keys}
