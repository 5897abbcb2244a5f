"""Japanese text: its normal form, its width, and the joining of lines that the print has wrapped.

NFKC is the only folding that is done, so that what is folded can always be explained by Unicode alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# East Asian width classes that take one em; every other class takes half of one (UAX #11).
_FULL_WIDTH = frozenset({"F", "W", "A"})
_LATIN = re.compile(r"[0-9A-Za-zＡ-Ｚａ-ｚ０-９]")


def normal(text: str) -> str:
    """The NFKC form: half-width letters, digits and signs, full-width kana; white space stays."""
    return unicodedata.normalize("NFKC", text)


def compared(text: str) -> str:
    """The form in which two printings of one text are equal: NFKC, without any white space."""
    # NFKC turns some spacing accents into a space and a mark, hence white space is removed afterwards.
    return "".join(normal(text).split())


def em_width(text: str) -> float:
    """The printed width in em: 1.0 for a full-width character, 0.5 for a half-width one, 0 for a mark."""
    return sum(_width(character) for character in text)


def join_lines(lines: Iterable[str]) -> str:
    """The lines of a wrapped text as one: a space only where two half-width words would grow together.

    Full-width letters break anywhere, and so do the digits of a number.
    """
    joined = ""
    for line in lines:
        part = line.strip()
        if joined and part and are_words(joined[-1], part[0]):
            joined += " "
        joined += part
    return joined


def without_script_spaces(text: str) -> str:
    """A name without the spaces that a dump puts between Latin or digits and Japanese (ICT 戦略)."""
    parts = text.split()
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        same_script = is_latin(joined[-1]) == is_latin(part[0])
        joined += f" {part}" if same_script else part
    return joined


def is_latin(character: str) -> bool:
    """Whether a character is a Latin letter or a digit, in either width."""
    return bool(_LATIN.match(character))


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in _FULL_WIDTH else 0.5


def are_words(last: str, first: str) -> bool:
    """Whether two characters that meet at a line end belong to two words in ASCII."""
    both = last + first
    return both.isascii() and both.isalnum() and not both.isdigit()
