"""Find every name of a vocabulary in a folded text: the longest wins, and none overlaps another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graph_builder.mentions.folding import Folded

_END = ""  # the key under which a node of the trie tells that a word ends there


class Matcher:
    """A trie over folded words; the search takes time in proportion to the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for word in words:
            node = self._root
            for character in word:
                node = node.setdefault(character, {})
            node[_END] = True

    def find(self, folded: Folded) -> list[tuple[int, int]]:
        """The spans of the words that stand in the text, in order, where no longer word covers them."""
        chosen: list[tuple[int, int]] = []
        taken = bytearray(len(folded.text))
        for start, end in sorted(self._all(folded), key=lambda span: (span[0] - span[1], span[0])):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                chosen.append((start, end))
        return sorted(chosen)

    def _all(self, folded: Folded) -> Iterator[tuple[int, int]]:
        text, root = folded.text, self._root
        for start, first in enumerate(text):
            node, end = root.get(first), start + 1
            while node is not None:
                if _END in node and _is_whole(folded, start, end):
                    yield start, end
                node = node.get(text[end]) if end < len(text) else None
                end += 1


def _is_whole(folded: Folded, start: int, end: int) -> bool:
    """Whether no ASCII word goes on beyond the span, and no printed character is cut by it.

    AI is not in RAIN, 第5 not in 第51, か not in ｶﾞ, 株 not in ㈱.
    """
    return not any(_grows_at(folded, at) or _is_cut_at(folded, at) for at in (start, end))


def _is_cut_at(folded: Folded, at: int) -> bool:
    return 0 < at < len(folded.text) and folded.places[at - 1] == folded.places[at]


def _grows_at(folded: Folded, at: int) -> bool:
    if not 0 < at < len(folded.text) or at in folded.gaps:
        return False
    both = folded.text[at - 1 : at + 1]
    return both.isascii() and both.isalnum()
