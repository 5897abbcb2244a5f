"""Text as it is compared in a search: width, case, kana and signs folded, each character knowing its place.

Folded is what readers do not tell apart when they look for something: full and half width (NFKC), upper and
lower case, hiragana and katakana, the many dashes that stand for a long vowel and the one that a word may end
in (サーバー, サーバ), the comma within a number, old characters (`mappings/search/characters.csv`).

A folded text has _ where a sign stood, and a space for any white space; both part Latin words but no Japanese
ones. It has 。 where a sentence ends, which parts everything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from graph_builder.curated import read_curated
from graph_builder.folders import Folders

STOP = "。"
SIGN = "_"
JAPANESE = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a0-\u30ff"  # signs, hiragana, katakana
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"  # kanji; hangul is written alike
)
"""The characters of a text without spaces between its words, as a range of a pattern; ー is one of them."""

_CLUSTER = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_MARKS = frozenset("%.,-ー")
_DASHES = frozenset("‐‑‒–—―−─")  # U+30FC is a letter, U+FF0D becomes U+002D by NFKC
_STOPS = frozenset("。！？!?")
_GONE = "\0"
_PARTING = str.maketrans("", "", f" {SIGN}{STOP}")
_KANA = "\u3041-\u3096"
_LONG = re.compile(rf"(?<=[{_KANA}ー])-(?=[{_KANA}])")
_LONG_AT_END = re.compile(rf"(?<=[{_KANA}])[ー-]+(?![{_KANA}])|(?<=ー)ー+")
_WITHIN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SIGNS = re.compile(r"(?<!\d)\.|\.(?!\d)|[,-]|(?<![ぁ-ゖ])ー")


@dataclass(frozen=True)
class Folded:
    """A folded text; `starts` and `ends` give for each of its characters the place in the text as written."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> str:
    """Return a text in the form in which it is compared; it never raises."""
    return _shaped("".join(map(_forms().__getitem__, _CLUSTER.findall(text)))).replace(_GONE, "")


def fold_with_places(text: str) -> Folded:
    """Return the same with the place of every character."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    forms = _forms()
    for found in _CLUSTER.finditer(text):
        form = forms[found[0]]
        letters.append(form)
        starts += [found.start()] * len(form)
        ends += [found.end()] * len(form)
    kept = [
        (letter, start, end)
        for letter, start, end in zip(_shaped("".join(letters)), starts, ends, strict=True)
        if letter != _GONE
    ]
    return Folded(
        "".join(letter for letter, _, _ in kept),
        tuple(start for _, start, _ in kept),
        tuple(end for _, _, end in kept),
    )


def compact(text: str) -> str:
    """Return the folded text without anything that parts words: two names that are alike have one form."""
    return fold(text).translate(_PARTING)


def _shaped(letters: str) -> str:
    """Settle what depends on the neighbours; every character keeps its place."""
    letters = _LONG.sub("ー", letters)
    letters = _LONG_AT_END.sub(lambda found: _GONE * len(found[0]), letters)
    letters = _WITHIN_NUMBER.sub(_GONE, letters)
    return _SIGNS.sub(SIGN, letters)


class _Forms(dict[str, str]):
    """The folded form of each character (with its marks) that was met."""

    def __init__(self, variants: dict[str, str]) -> None:
        super().__init__()
        self._variants = variants

    def __missing__(self, cluster: str) -> str:
        normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
        form = "".join(self._letter(letter) for letter in normal)
        # ① is a list mark: it must not become part of the number beside it.
        form = f" {form} " if form.isdecimal() and not cluster[0].isdecimal() else form
        self[cluster] = form
        return form

    def _letter(self, letter: str) -> str:
        letter = self._variants.get(letter, letter)
        if "ァ" <= letter <= "ヶ":
            return chr(ord(letter) - 0x60)
        if letter in _STOPS:
            return STOP
        if letter in _DASHES:
            return "-"
        if letter in _MARKS or letter.isalnum():
            return unicodedata.normalize("NFD", letter)[0] if "à" <= letter <= "ɏ" else letter
        if unicodedata.category(letter) == "Lm":
            return letter
        return " " if letter.isspace() else SIGN


@cache
def _forms() -> _Forms:
    path = Folders().mappings / "search" / "characters.csv"
    rows = read_curated(path, ("printed", "folded", "reason"), ("printed", "folded", "reason"))
    return _Forms({row["printed"]: row["folded"] for row in rows})
