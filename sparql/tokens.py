"""The tokens of a query with their places (SPARQL 1.1, section 19.8): a parse tree has no places.

The text is one whose codepoint escapes are expanded already (section 19.2). What is no token of the standard
is a mark of its own, so nothing invalid hides what stands behind it. Reading takes time in proportion to the
length of the text, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a token is; a name is a prefixed name or a blank node."""

    COMMENT = "comment"
    SPACE = "space"
    TEXT = "text"
    IRI = "iri"
    VARIABLE = "variable"
    NAME = "name"
    LANGUAGE = "language"
    NUMBER = "number"
    WORD = "word"
    MARK = "mark"


@dataclass(frozen=True)
class Token:
    """A piece of a query and where it starts; all pieces, one after the other, are the query."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends."""
        return self.start + len(self.text)

    @property
    def is_gap(self) -> bool:
        """Whether it is white space or a comment."""
        return self.kind in {Kind.SPACE, Kind.COMMENT}

    @property
    def keyword(self) -> str:
        """The word in capitals, as keywords are compared; empty for every other kind."""
        return self.text.upper() if self.kind is Kind.WORD and self.text.isascii() else ""

    @property
    def variable(self) -> str:
        """The name of a variable without its mark; empty for every other kind."""
        return self.text[1:] if self.kind is Kind.VARIABLE else ""


_LETTER = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""Rule 164, PN_CHARS_BASE."""
_INNER = rf"{_LETTER}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
VARIABLE_NAME = rf"[{_LETTER}_0-9][{_INNER}]*+"
"""Rule 166, VARNAME."""
_PREFIX = rf"[{_LETTER}](?:[{_INNER}.\-]*[{_INNER}\-])?"
_LOCAL = rf"(?:[{_LETTER}_:0-9]|{_ESCAPED})(?:(?:[{_INNER}:.\-]|{_ESCAPED})*(?:[{_INNER}:\-]|{_ESCAPED}))?"
_BLANK = rf"_:[{_LETTER}_0-9](?:[{_INNER}.\-]*[{_INNER}\-])?"
_NAME = rf"{_BLANK}|(?:{_PREFIX})?:(?:{_LOCAL})?"
_NAME_WITHOUT_PREFIX = rf"{_BLANK}|:(?:{_LOCAL})?"


def _text(quote: str) -> str:
    """Return the pattern of a text: its long form first, and the short one where that is not closed."""
    long = rf"{quote}{{3}}(?:{quote}{{0,2}}(?:[^{quote}\\]|\\.))*+{quote}{{3}}"
    return rf"{long}|{quote}(?:[^{quote}\\\r\n]|\\[^\r\n])*+{quote}"


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
          (?P<COMMENT>  \#[^\r\n]*+)
        | (?P<SPACE>    [\x20\t\r\n]++)
        | (?P<TEXT>     {_text('"')} | {_text("'")})
        | (?P<IRI>      <[^<>"{{}}|^`\\\x00-\x20]*+>)
        | (?P<VARIABLE> [?$]{VARIABLE_NAME})
        | (?P<NAME>     {name})
        | (?P<LANGUAGE> @[A-Za-z]++(?:-[A-Za-z0-9]+)*)
        | (?P<NUMBER>   [0-9]+\.[0-9]*[eE][+\-]?[0-9]+ | [0-9]*\.[0-9]+(?:[eE][+\-]?[0-9]+)?
                      | [0-9]+(?:[eE][+\-]?[0-9]+)?)
        | (?P<WORD>     [{_LETTER}][{_INNER}]*+)
        | (?P<MARK>     && | \|\| | != | <= | >= | \^\^ | \\["'] | .)
        """,
        re.VERBOSE | re.DOTALL,
    )


TOKEN = _pattern(_NAME)
TOKEN_BEFORE_NO_COLON = _pattern(_NAME_WITHOUT_PREFIX)
"""For a run of letters, dots and hyphens that is known to lead to no colon: it is looked through once."""
RUN = re.compile(rf"[{_INNER}.\-]*+")


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query; every character is in one of them."""
    at = no_prefix_before = 0
    while found := (TOKEN if at >= no_prefix_before else TOKEN_BEFORE_NO_COLON).match(text, at):
        kind = Kind[found.lastgroup or "MARK"]
        if kind is Kind.WORD and at >= no_prefix_before and (run := RUN.match(text, at)):
            no_prefix_before = run.end()
        yield Token(kind, found[0], at)
        at = found.end()


def without_gaps(text: str) -> tuple[Token, ...]:
    """Return the tokens of a query that are neither white space nor comments."""
    return tuple(token for token in tokens(text) if not token.is_gap)


def joined(kept: Iterable[Token]) -> str:
    """Return tokens as text again: one space where there was a gap, so comments go and nothing fuses."""
    parts: list[str] = []
    end: int | None = None
    for token in kept:
        parts += [token.text] if end in {None, token.start} else [" ", token.text]
        end = token.end
    return "".join(parts)


def form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; empty where there is none."""
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
    return next((token.keyword for token in tokens(query) if token.keyword in forms), "")


def has_dataset(query: str) -> bool:
    """Whether a valid query names its dataset itself: FROM is a keyword of nothing else."""
    return "from" in query.lower() and any(token.keyword == "FROM" for token in tokens(query))
