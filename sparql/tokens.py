"""The tokens of a query (SPARQL 1.1, section 19.8), as far as code, texts and comments must be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a token is; `OTHER` is a sign or a number."""

    COMMENT = "comment"
    TEXT = "text"
    ADDRESS = "address"
    VARIABLE = "variable"
    NAME = "name"
    WORD = "word"
    SPACE = "space"
    OTHER = "other"


@dataclass(frozen=True)
class Token:
    """A piece of a query; all pieces, one after the other, are the query."""

    kind: Kind
    text: str

    @property
    def word(self) -> str:
        """A keyword in capital letters; empty for anything else."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    @property
    def variable(self) -> str:
        """The name of a variable without its sign; empty for anything else."""
        return self.text[1:] if self.kind is Kind.VARIABLE else ""


TOKEN = re.compile(
    r"""
      (?P<COMMENT>  \#[^\r\n]*)
    | (?P<TEXT>     \"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | \"(?:[^\"\\\r\n]|\\.)*\" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<ADDRESS>  <[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<VARIABLE> [?$]\w+)
    | (?P<NAME>     (?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:[\w:%.-]|\\.)*)
    | (?P<WORD>     [^\W\d]\w*)
    | (?P<SPACE>    \s+)
    | (?P<OTHER>    .)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query; every character is in one of them."""
    for found in TOKEN.finditer(query):
        yield Token(Kind[found.lastgroup or "OTHER"], found[0])


def form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; empty where there is none."""
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    return next((token.word for token in tokens(query) if token.word in forms), "")


def has_dataset(query: str) -> bool:
    """Whether a valid query names its dataset itself: FROM is a keyword of nothing else."""
    return "from" in query.lower() and any(token.word == "FROM" for token in tokens(query))
