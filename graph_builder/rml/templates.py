"""String templates of RML: `id/{authority}/entry/{entry}` with backslash escapes.

Clause: https://w3id.org/rml/core/spec#dfn-string-template. A brace or a backslash that stands for itself is
written with a backslash before it, also inside a reference.
"""

from __future__ import annotations

import re

from graph_builder.rml.model import Reference, Template

TOKEN = re.compile(r"\\(?P<escaped>.?)|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}]+)", re.DOTALL)


class TemplateSyntaxError(ValueError):
    """A template breaks the syntax; the message says how."""


def parse_template(text: str) -> Template:
    """The parts of a template; raises TemplateSyntaxError."""
    parts: list[str | Reference] = []
    current, inside = "", False
    for token in TOKEN.finditer(text):
        match token.lastgroup:
            case "open" | "close" as brace:
                if inside == (brace == "open"):
                    raise TemplateSyntaxError(f"the brace at character {token.start() + 1} has no partner")
                parts += _part(current, inside)
                current, inside = "", not inside
            case "escaped":
                current += _unescaped(token["escaped"], token.start())
            case _:
                current += token["text"]
    if inside:
        raise TemplateSyntaxError("a brace is opened and never closed")
    return Template((*parts, *([current] if current else [])))


def _part(text: str, inside: bool) -> list[str | Reference]:
    if not inside:
        return [text] if text else []
    if not text:
        raise TemplateSyntaxError("a pair of braces is empty")
    return [Reference(text)]


def _unescaped(character: str, position: int) -> str:
    if character not in ("{", "}", "\\"):
        raise TemplateSyntaxError(
            f"the backslash at character {position + 1} stands before neither brace nor backslash"
        )
    return character
