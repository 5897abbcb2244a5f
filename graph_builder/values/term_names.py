"""Other names of a glossary's term: the parts of its print, the name in full, the widths that a text uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graph_builder.values.brackets import divided, last_bracket
from graph_builder.values.folding import Folded, fold
from graph_builder.values.reference_words import reference_words
from graph_builder.values.text import is_latin, normal

_ASCII_NAME = r"[A-Za-z][A-Za-z0-9 .&/-]*"


class Names(NamedTuple):
    """Names in Japanese texts and in English, each once, in the order in which they were found."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A text in which many names are looked for; it is folded once."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """The text with its widths folded."""
        return fold(self.text)


def other_names(label: str, definition: str, body: Body) -> Names:
    """Every other name of a term that its print, its definition and the body of its document give."""
    full = spelled_out(definition)
    parts = [*name_parts(label), *full.ja]
    names = [*parts]
    for name in (label, *parts):
        names += [half_width(name), *printed_forms(name, body)]
    return Names(tuple(dict.fromkeys(name for name in names if name != label)), full.en)


def name_parts(label: str) -> tuple[str, ...]:
    """Around a colon, before and inside a closing bracket: 「A：B（C）」 is A, B（C）, B and C."""
    spans = divided(label, "：:") or []
    pieces = [label[start:end].strip() for start, end in spans]
    found = pieces if len(pieces) > 1 else []
    for piece in pieces:
        at = last_bracket(piece)
        if at:
            found = [*found, piece[:at].strip(), piece[at + 1 : -1].strip()]
    return tuple(dict.fromkeys(name for name in found if name))


def spelled_out(definition: str) -> Names:
    """The name in full where the definition begins with it: 「Artificial Intelligence」の略."""
    words = "|".join(map(re.escape, reference_words().abbreviation))
    match = re.match(
        rf"「?(?P<en>{_ASCII_NAME})」?(?:（(?P<ja>[^（）]+)）)?(?:{words})",
        definition,
    )
    if match is None:
        return Names()
    return Names((match["ja"],) if match["ja"] else (), (match["en"].strip(),))


def printed_forms(name: str, body: Body) -> tuple[str, ...]:
    """How a text prints a name in other widths; a name in Latin letters stands alone there."""
    wanted = fold(name).text
    found = (
        body.text[slice(*body.folded.span(start, end))] for start, end in _alone(wanted, body.folded.text)
    )
    return tuple(dict.fromkeys(form for form in found if form != name and not any(map(str.isspace, form))))


def half_width(name: str) -> str:
    """A name with its Latin letters and digits in half width; brackets stay as they are."""
    return "".join(normal(character) if is_latin(character) else character for character in name)


def _alone(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before, after = text[at - 1 : at], text[end : end + 1]
        inside = (_meet(before, wanted[0]), _meet(wanted[-1], after))
        if not any(inside):
            yield at, end
        at = text.find(wanted, at + 1)


def _meet(first: str, second: str) -> bool:
    """Whether two characters side by side belong to one word of Latin letters or digits."""
    return bool(first and second) and is_latin(first) and is_latin(second)
