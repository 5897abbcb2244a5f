"""The tokens of a query with their places (SPARQL 1.1, section 19.8): a parse tree has no places.

The text is one whose codepoint escapes are expanded already (section 19.2). What is read here decides nothing
by itself: the outline made of it must agree with the tree of a parser, or the query is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

TOKEN = re.compile(
    r"""
      (?P<gap>[\x20\t\r\n]+|\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | \"(?:[^"\\\n]|\\.)*\" | '(?:[^'\\\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:\w[\w.\-]*)?:(?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.))?)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?)
    | (?P<word>[^\W\d_]\w*)
    | (?P<mark>&&|\|\||!=|<=|>=|\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A token: its kind (a group of `TOKEN`), its text, and where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """The word in capitals, as keywords are compared; empty for every other kind."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of a variable without its mark; empty for every other kind."""
        return self.text[1:] if self.kind == "variable" else ""


def tokenize(text: str) -> tuple[Token, ...]:
    """Return every token of a query; white space and comments are none."""
    return tuple(
        Token(found.lastgroup or "mark", found[0], found.start(), found.end())
        for found in TOKEN.finditer(text)
        if found.lastgroup != "gap"
    )


def joined(tokens: tuple[Token, ...]) -> str:
    """Return tokens as text again: one space where there was a gap, so comments go and nothing fuses."""
    parts: list[str] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        parts.append(token.text)
        if following is not None and following.start != token.end:
            parts.append(" ")
    return "".join(parts)
