"""The rows of a wrapped table of which everything is declared."""

from __future__ import annotations

from graph_builder.readers.wrapped.asides import Asides
from graph_builder.readers.wrapped.chain import Row, Table, chain
from graph_builder.readers.wrapped.declared import Declared
from graph_builder.readers.wrapped.pieces import Piece, starts_of
from graph_builder.readers.wrapped.tails import tails_of


def rows_of(pieces: tuple[Piece, ...], asides: Asides, declared: Declared) -> list[Row]:
    """The chain of rows that accounts for the pieces best."""
    numbers = frozenset(asides.numbers)
    table = Table(
        pieces=pieces,
        starts=starts_of(pieces, asides.positions),
        tails=tails_of(pieces, declared.departments, asides.positions, numbers),
        columns=declared.columns,
        aside=asides.positions,
        numbers=numbers,
        last_numbers=frozenset(section.rows for section in declared.sections),
    )
    return chain(table)
