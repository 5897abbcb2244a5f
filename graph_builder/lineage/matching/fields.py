"""The fields that a list has one project of: rival words that stand in one identity alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph_builder.lineage.matching.undertakings import Undertaking
from graph_builder.lineage.matching.vocabulary import Vocabulary


class Fields:
    """How many projects of each list have a rival word in the part of the name that identifies them."""

    def __init__(self, lists: Sequence[Sequence[Undertaking]], words: Vocabulary) -> None:
        self._sole: dict[tuple[int, tuple[str, ...]], frozenset[str]] = {}
        for one in lists:
            standing = {undertaking: words.rival_words(undertaking.identity) for undertaking in one}
            counts = Counter(word for found in standing.values() for word in found)
            for undertaking, found in standing.items():
                sole = frozenset(word for word in found if counts[word] == 1)
                self._sole[undertaking.at, undertaking.keys] = sole

    def sole(self, undertaking: Undertaking) -> frozenset[str]:
        """The rival words that no other project of its list has."""
        return self._sole[undertaking.at, undertaking.keys]
