"""The Japanese words of an English page, each marked as such (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from api.language import JAPANESE, Language

LETTER = re.compile("[A-Za-z]")
SHARE = 4
"""A text is Japanese with one such letter to so many Latin ones, and a sentence with more blanks English."""
GAPS = re.compile(r"([\s“”→]+)")
"""What parts the words of a sentence that quotes another language."""


def tongues(text: str, page: Language) -> Markup:
    """Return a text, escaped; on an English page runs of Japanese words stand in elements of their own."""
    text = text.unescape() if isinstance(text, Markup) else text
    if page == "ja" or not JAPANESE.search(text):
        return escape(text)
    return Markup("").join(
        Markup('<span lang="ja">{}</span>').format(run) if is_japanese else escape(run)
        for run, is_japanese in _runs(text)
    )


def isolated(text: str, page: Language, language: str = "") -> Markup:
    """Return a text isolated from its neighbours' direction, in its language: declared, or found."""
    if language not in ("", page):
        return Markup('<bdi lang="{}">{}</bdi>').format(language, text)
    runs = list(_runs(text)) if page != "ja" else []
    if len(runs) == 1 and runs[0][1]:
        return Markup('<bdi lang="ja">{}</bdi>').format(text)
    declared = Markup(' lang="{}"').format(language) if language else Markup("")
    return Markup("<bdi{}>{}</bdi>").format(declared, tongues(text, page))


def tongue(text: str, page: Language) -> Language:
    """Return in which language a text is that declares none; that of the page where one cannot tell."""
    japanese = len(JAPANESE.findall(text))
    if japanese and japanese * SHARE >= len(LETTER.findall(text)):
        return "ja"
    return "en" if len(text.split()) > SHARE else page


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in stretches, and whether each is Japanese, as are blanks between two such words."""
    pieces = GAPS.split(text)
    marks = [bool(JAPANESE.search(piece)) for piece in pieces]
    for place in range(1, len(pieces) - 1, 2):
        marks[place] = not pieces[place].strip() and marks[place - 1] and marks[place + 1]
    for is_japanese, some in groupby(zip(marks, pieces, strict=True), key=lambda each: each[0]):
        if run := "".join(piece for _, piece in some):
            yield run, is_japanese
