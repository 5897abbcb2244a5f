"""Cells of small tables in prose: tokens with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph_builder.documents import Line
from graph_builder.readers.reading import Span

_TOKEN = re.compile(r"\S+")
_HIRAGANA = re.compile(r"[ぁ-ん]")


@dataclass(frozen=True)
class Token:
    """A part of one line: its text and its place."""

    text: str
    span: Span

    @property
    def start(self) -> int:
        """Where it begins on its line."""
        return self.span.start or 0


def tokens(line: Line, start: int = 0) -> list[Token]:
    """The parts of a line between white space, from the character `start` on."""
    return [token(line, match.start(), match.end()) for match in _TOKEN.finditer(line.text, start)]


def token(line: Line, start: int, end: int) -> Token:
    """The part start..end of a line."""
    return Token(line.text[start:end], Span(line.number, line.number, start, end))


def is_hiragana(character: str) -> bool:
    """Whether a character is hiragana, the script of particles and endings."""
    return bool(_HIRAGANA.match(character))
