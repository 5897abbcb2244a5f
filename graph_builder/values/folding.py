"""A text with its widths folded, in which every character still knows where it stood.

The parsers search the folded text and answer in places of the text as printed, so that what they
quote is always a literal part of it. Only what is a matter of typography is folded: width,
compatibility forms of one character, voicing marks, and the spaces that a dump has strewn between
Japanese characters. Enclosed and raised digits stay: ① is a list mark, ² a unit's power, not a number.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_FOLDED_TAGS = frozenset({"<wide>", "<narrow>", "<compat>"})
_SPACES = frozenset(" \t\u00a0")


@dataclass(frozen=True)
class Folded:
    """The folded text; `starts` and `ends` give for each of its characters the place in the printed one."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the printed text under folded[start:end]; the span must not be empty."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold widths and drop the spaces between two Japanese characters; the ideographic space stays."""
    clusters = _without_inner_spaces(_clusters(text))
    return Folded(
        "".join(character for character, _, _ in clusters),
        tuple(start for _, start, _ in clusters),
        tuple(end for _, _, end in clusters),
    )


def _clusters(text: str) -> list[tuple[str, int, int]]:
    """Each folded character with the span it comes from; a base character takes its marks with it."""
    clusters: list[tuple[str, int, int]] = []
    base, start = "", 0
    for at, character in enumerate(text):
        folded = _folded(character)
        if base and not unicodedata.combining(folded):
            clusters += [(part, start, at) for part in unicodedata.normalize("NFC", base)]
            base, start = "", at
        base += folded
    clusters += [(part, start, len(text)) for part in unicodedata.normalize("NFC", base)]
    return clusters


def _folded(character: str) -> str:
    """One character's folded form; the ideographic space is a separator of its own and stays."""
    if character in ("\u3000", "\u00a0"):
        return character
    tag, *codes = unicodedata.decomposition(character).split() or [""]
    if tag in _FOLDED_TAGS and len(codes) == 1:
        return chr(int(codes[0], 16))
    return character


def _without_inner_spaces(clusters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Drop each run of plain spaces that stands between two Japanese characters."""
    kept: list[tuple[str, int, int]] = []
    run: list[tuple[str, int, int]] = []
    for cluster in clusters:
        if cluster[0] in _SPACES:
            run.append(cluster)
            continue
        if run and not (kept and _is_japanese(kept[-1][0]) and _is_japanese(cluster[0])):
            kept += run
        run = []
        kept.append(cluster)
    return kept + run


def _is_japanese(character: str) -> bool:
    """Whether a character is a kana, a kanji or a Japanese sign."""
    return character >= "\u3000" and character != "\u3000"
