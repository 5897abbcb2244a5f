"""The undertakings of all lists, prepared for comparison; how similar two descriptions are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_builder.lineage.matching.rarity import Rarity
from graph_builder.lineage.matching.undertakings import Undertaking
from graph_builder.lineage.matching.vocabulary import HIRAGANA, Vocabulary

_BREAK = re.compile(r"[^\w]+")
_HIRAGANA_ONLY = re.compile(rf"[{HIRAGANA}]+")
_GRAM_SIZES = (2, 3)


@dataclass(frozen=True)
class Profile:
    """One undertaking with the tokens of its name's last part, of the parts before, of its description."""

    of: Undertaking
    identity: frozenset[str]
    context: frozenset[str]
    described: frozenset[str]
    vector: Mapping[str, float]

    @property
    def named(self) -> frozenset[str]:
        """The tokens of the whole name."""
        return self.identity | self.context


def profiles(lists: Sequence[Sequence[Undertaking]], rarity: Rarity) -> list[list[Profile]]:
    """The profile of every undertaking, list by list."""
    counted = [[_grams(undertaking.text) for undertaking in one] for one in lists]
    spread = Counter(gram for one in counted for grams in one for gram in grams)
    size = sum(len(one) for one in lists)
    return [
        [
            _profile(undertaking, rarity.words, _vector(grams, spread, size))
            for undertaking, grams in zip(*both, strict=True)
        ]
        for both in zip(lists, counted, strict=True)
    ]


def similarity(one: Profile, other: Profile) -> float:
    """The cosine of two descriptions; 0 where one has none."""
    short, long = sorted((one.vector, other.vector), key=len)
    return math.fsum(weight * long[gram] for gram, weight in short.items() if gram in long)


def _profile(undertaking: Undertaking, words: Vocabulary, vector: Mapping[str, float]) -> Profile:
    context = words.tokens("\n".join(undertaking.parts[:-1]))
    return Profile(
        undertaking, words.tokens(undertaking.identity), context, words.tokens(undertaking.text), vector
    )


def _vector(grams: Counter[str], spread: Counter[str], size: int) -> dict[str, float]:
    weights = {
        gram: (1 + math.log(count)) * math.log((size + 1) / spread[gram]) for gram, count in grams.items()
    }
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    # A gram of one undertaking alone lengthens its vector and meets no other.
    return {gram: weight / length for gram, weight in weights.items() if spread[gram] > 1}


def _grams(text: str) -> Counter[str]:
    return Counter(
        gram
        for piece in _BREAK.split(text)
        for size in _GRAM_SIZES
        for at in range(len(piece) - size + 1)
        if not _HIRAGANA_ONLY.fullmatch(gram := piece[at : at + size])
    )
