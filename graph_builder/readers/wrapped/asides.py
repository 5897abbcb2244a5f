"""What stands between the cells and rows of a wrapped table without belonging to one.

Column titles, page numbers, headings of sections and an introduction are moved by a dump to any place.
Each is recognised by its declared print alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_builder.documents import Ignored
from graph_builder.readers.wrapped.declared import Declared, Prose
from graph_builder.readers.wrapped.pieces import Piece

MOST_STRAY_LINES = 3


@dataclass(frozen=True)
class Passage:
    """The pieces of one declared paragraph."""

    prose: Prose
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Asides:
    """The pieces that stand aside: all of them by kind, and the parts that records are made of.

    `numbers` are lone numbers printed like a declared page number: they stand aside unless a row begins
    there.
    """

    kinds: dict[int, str]
    numbers: dict[int, str]
    headings: dict[int, Piece]
    notes: dict[int, Piece]
    passages: tuple[Passage, ...]

    @property
    def positions(self) -> frozenset[int]:
        """Where a piece stands aside whatever the rows are."""
        return frozenset(self.kinds)


def asides_of(pieces: Sequence[Piece], declared: Declared, ignored: Sequence[Ignored]) -> Asides:
    """Find what the declarations name."""
    kinds = ignored_pieces(pieces, {entry.text.strip(): entry.kind for entry in ignored})
    numbers = {at: kind for at, kind in kinds.items() if pieces[at].is_number}
    kinds = {at: kind for at, kind in kinds.items() if at not in numbers}
    passages: list[Passage] = []
    for prose in declared.prose:
        if found := _passage(pieces, prose, kinds):
            kinds.update(dict.fromkeys(found, prose.kind))
            passages.append(Passage(prose, tuple(pieces[at] for at in found)))
    headings: dict[int, Piece] = {}
    notes: dict[int, Piece] = {}
    for section in declared.sections:
        for text, kind, places in ((section.heading, "heading", headings), (section.note, "note", notes)):
            at = _find(pieces, text, kinds)
            if at is not None:
                kinds[at] = kind
                places[section.number] = pieces[at]
    return Asides(kinds, numbers, headings, notes, tuple(passages))


def ignored_pieces(pieces: Sequence[Piece], texts: dict[str, str]) -> dict[int, str]:
    """The pieces printed like a declared kind of non-data.

    One or two characters (新, 規, "new" in a column title) may end a cell too: they count only beside the
    line that is declared before or after them.
    """
    order = list(texts)
    beside = set(pairwise(order))
    found = {at: texts[piece.bare] for at, piece in enumerate(pieces) if piece.bare in texts}
    bare = [piece.bare for piece in pieces]
    return {
        at: kind
        for at, kind in found.items()
        if len(bare[at]) > 2
        or pieces[at].is_number
        or (at > 0 and (bare[at - 1], bare[at]) in beside)
        or (at + 1 < len(bare) and (bare[at], bare[at + 1]) in beside)
    }


def _find(pieces: Sequence[Piece], text: str | None, taken: dict[int, str]) -> int | None:
    if text is None:
        return None
    return next((at for at, piece in enumerate(pieces) if piece.bare == text and at not in taken), None)


def _passage(pieces: Sequence[Piece], prose: Prose, taken: dict[int, str]) -> list[int] | None:
    """Where a paragraph stands; a few lines more than declared may stand in it, for the checks to find."""
    first = _find(pieces, prose.begins, taken)
    if first is None:
        return None
    found = [first]
    for at in range(first + 1, min(len(pieces), first + 2 * prose.lines + MOST_STRAY_LINES)):
        if pieces[found[-1]].bare == prose.ends and len(found) >= prose.lines:
            break
        if at not in taken:
            found.append(at)
    ends = [count for count, at in enumerate(found, 1) if pieces[at].bare == prose.ends]
    return found[: ends[-1]] if ends else None


def missing(declared: Declared, asides: Asides) -> list[str]:
    """The declared headings, notes and paragraphs that are printed nowhere."""
    absent: list[str] = []
    for section in declared.sections:
        if section.heading and section.number not in asides.headings:
            absent.append(section.heading)
        if section.note and section.number not in asides.notes:
            absent.append(section.note)
    found = [passage.prose for passage in asides.passages]
    return absent + [prose.begins for prose in declared.prose if prose not in found]
