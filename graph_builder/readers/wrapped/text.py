"""The text of a cell: wrapped lines joined, paragraphs kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph_builder.readers.wrapped.pieces import Piece
from graph_builder.values.text import join_lines


def paragraphs(pieces: Sequence[Piece], begins: Callable[[Piece], bool]) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a cell, paragraph by paragraph."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if not found or begins(piece):
            found.append([])
        found[-1].append(piece)
    return tuple(tuple(paragraph) for paragraph in found)


def text_of(pieces: Sequence[Piece], begins: Callable[[Piece], bool]) -> str:
    """The text of a cell; its paragraphs, list items and hard breaks are separated by a line feed."""
    return "\n".join(
        join_lines([piece.text for piece in paragraph]) for paragraph in paragraphs(pieces, begins)
    )
