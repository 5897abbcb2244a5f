"""What single words are worth: generic ones nothing, rival ones a veto."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

KANJI, KATAKANA, HIRAGANA = "一-鿿々〆", "ァ-ヺー", "ぁ-ゖ"
# Shorter runs of hiragana are particles and endings (の, により is caught as a generic word).
_RUN = re.compile(rf"[{KANJI}]+|[{KATAKANA}]+|[a-z0-9]+(?:[.][0-9]+)*|[{HIRAGANA}]{{3,}}")
_INNER_HYPHEN = re.compile(r"(?<=[a-z])[-‐–](?=[a-z])")


@dataclass(frozen=True)
class Vocabulary:
    """Generic words identify no project; of rival words one group holds those that exclude each other."""

    generic: Collection[str]
    rivals: Mapping[str, frozenset[str]]
    _cut: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        longest_first = sorted(self.generic, key=lambda word: (-len(word), word))
        pattern = "|".join(re.escape(word) for word in longest_first) or r"(?!)"
        object.__setattr__(self, "_cut", re.compile(pattern))

    def tokens(self, text: str) -> frozenset[str]:
        """The distinguishing tokens of a folded text.

        Words in katakana, Latin letters or longer hiragana stand as they are. A long run of kanji is a
        compound without spaces; its character pairs stand for the words in it.
        """
        pieces = self._cut.sub("\n", _INNER_HYPHEN.sub("", text))
        return frozenset(token for run in _RUN.findall(pieces) for token in _words(run))

    def is_generic(self, text: str) -> bool:
        """Whether nothing distinguishing is left of a folded text."""
        return not self.tokens(text)

    def rival_words(self, text: str) -> frozenset[str]:
        """The rival words that stand in a folded text."""
        return frozenset(word for words in self.rivals.values() for word in words if word in text)

    def rival(self, one: str, other: str) -> tuple[str, str] | None:
        """Two rival words that set two folded names apart: each has words of a group, and none in common."""
        for words in self.rivals.values():
            first = {word for word in words if word in one}
            second = {word for word in words if word in other}
            if first and second and not first & second:
                return min(first), min(second)
        return None


def _words(run: str) -> list[str]:
    if len(run) > 2 and re.match(rf"[{KANJI}]", run):
        return [run[at : at + 2] for at in range(len(run) - 1)]
    return [run]
