"""Headings of sections in a dump never seen: a number and a title between the rows, or amid one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from graph_builder.readers.wrapped.chain import Row
from graph_builder.readers.wrapped.pieces import SENTENCE_END, Piece

_HEADING = re.compile(
    r"^[ \u3000]*(?:第)?(?P<number>[0-9０-９]{1,2}|[Ⅰ-Ⅻ])(?:章|節|部|編)?[ \u3000.．、:：]+(?P<title>\S.*)$"
)
LONGEST_TITLE = 40
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"


@dataclass(frozen=True)
class Heading:
    """The heading of a section: where it stands, its number and its title."""

    at: int
    number: int
    title: str


def headings_of(pieces: Sequence[Piece], rows: Sequence[Row], titles: frozenset[int]) -> tuple[Heading, ...]:
    """One heading for each section that the rows have, taken between rows first, else alone amid a row."""
    sections = sum(row.start.value == 1 for row in rows)
    inside = {at for row in rows for at in range(row.start.at, row.end)}
    starts = {row.start.at for row in rows}
    found: dict[int, Heading] = {}
    for amid in (False, True):
        for at, piece in enumerate(pieces):
            if at in titles or at in starts or (at in inside) is not amid:
                continue
            heading = _heading(at, piece)
            if heading and heading.number <= sections and heading.number not in found:
                if amid and not _alone(pieces, at):
                    continue
                found[heading.number] = heading
    return tuple(found[number] for number in sorted(found))


def _heading(at: int, piece: Piece) -> Heading | None:
    match = _HEADING.match(piece.text)
    if match is None or len(match["title"]) > LONGEST_TITLE or SENTENCE_END.search(piece.text):
        return None
    number = match["number"]
    value = ord(number) - ord("Ⅰ") + 1 if number in ROMAN else int(normalize("NFKC", number))
    return Heading(at, value, match["title"].strip())


def _alone(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a blank line stands before and after it."""
    return pieces[at].after_blank and (at + 1 == len(pieces) or pieces[at + 1].after_blank)
