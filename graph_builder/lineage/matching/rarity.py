"""How rare a word is over all lists: what tells projects apart is what few of them say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from graph_builder.lineage.matching.undertakings import Undertaking
from graph_builder.lineage.matching.vocabulary import Vocabulary


class Rarity:
    """The weight of tokens: almost 1 for a token of one undertaking alone, almost 0 for one of all."""

    def __init__(self, undertakings: Sequence[Undertaking], words: Vocabulary) -> None:
        self.words = words
        self._size = len(undertakings)
        self._frequency = Counter(
            token for undertaking in undertakings for token in words.tokens(_all_text(undertaking))
        )
        self._scale = math.log(self._size + 1)
        self._weights: dict[str, float] = {}

    def of(self, tokens: Iterable[str]) -> float:
        """The sum of the tokens' weights."""
        # fsum: the order of a set must not show in the last digits.
        return math.fsum(map(self._weight, tokens))

    def coverage(self, tokens: frozenset[str], other: frozenset[str]) -> float:
        """The share of the tokens' weight that the other has too; 0 where there are no tokens."""
        whole = self.of(tokens)
        return self.of(tokens & other) / whole if whole > 0 else 0.0

    def _weight(self, token: str) -> float:
        if token not in self._weights:
            rare = math.log((self._size + 1) / (self._frequency[token] + 0.5))
            self._weights[token] = rare / self._scale
        return self._weights[token]

    def frequency(self, token: str) -> int:
        """How many undertakings have the token."""
        return self._frequency[token]


def _all_text(undertaking: Undertaking) -> str:
    return "\n".join((*undertaking.parts, undertaking.text))
