"""What a dump never seen has between its rows beside column titles, headings and page numbers: its prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from graph_builder.readers.wrapped.declared import Prose
from graph_builder.readers.wrapped.discovery import Discovery
from graph_builder.readers.wrapped.geometry import is_full, widths
from graph_builder.readers.wrapped.pieces import SENTENCE_END, Piece

DEFAULT_WIDTH = 80.0


def strays_of(found: Discovery) -> list[Piece]:
    """What stands between the rows and is neither column title, heading nor lone number."""
    known = found.titles | {heading.at for heading in found.headings}
    inside = {at for row in found.rows for at in range(row.start.at, row.end)}
    return [
        piece
        for at, piece in enumerate(found.pieces)
        if at not in known and at not in inside and not piece.is_number
    ]


def running_titles(found: Discovery) -> frozenset[str]:
    """The strays that are printed more than once, as on every page."""
    counts = Counter(piece.bare for piece in strays_of(found))
    return frozenset(text for text, count in counts.items() if count > 1)


def passages_of(strays: Sequence[Piece], running: Collection[str]) -> tuple[tuple[Prose, ...], float]:
    """The other strays as paragraphs, and their width: a line that was full goes on in the next one."""
    prose = [piece for piece in strays if piece.bare not in running]
    width = max((widths(piece.text)[0] for piece in prose), default=DEFAULT_WIDTH)
    passages: list[list[Piece]] = [prose[:1]] if prose else []
    for before, piece in pairwise(prose):
        follows = piece.line == before.line + 1 and not piece.begins_paragraph
        if follows and is_full(before.text, piece.text, width):
            passages[-1].append(piece)
        else:
            passages.append([piece])
    return tuple(_prose(passage) for passage in passages), width


def _prose(pieces: Sequence[Piece]) -> Prose:
    ends_sentence = bool(SENTENCE_END.search(pieces[-1].text))
    kind = "paragraph" if len(pieces) > 1 or ends_sentence else "item"
    return Prose(kind, pieces[0].bare, pieces[-1].bare, len(pieces))
