"""A long text in blocks, one a page: a block ends before a heading where it can, and before it is long."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

ENOUGH = 4_500
"""Weight from which a block ends before the next heading."""
MOST = 7_500
"""Weight that a block of several lines never exceeds: a page of it is far below 100 KB in gzip."""
LINE = 10
"""Weight of a line beside its characters: markup is sent for a blank line too."""


@dataclass(frozen=True)
class Block:
    """Lines of a text that one page shows: 1-based, inclusive; `number` counts from 1."""

    number: int
    first: int
    last: int

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last


def blocks_of(lines: Sequence[str], headings: Collection[int]) -> tuple[Block, ...]:
    """Return the blocks of a text whose headings begin at some lines; each line is in just one."""
    firsts, weight = [1], 0
    for number, line in enumerate(lines, 1):
        heavier = weight + len(line) + LINE
        if number > 1 and (heavier > MOST or (number in headings and weight >= ENOUGH)):
            firsts.append(number)
            heavier = len(line) + LINE
        weight = heavier
    ends = [first - 1 for first in firsts[1:]] + [len(lines)]
    return tuple(Block(n, first, last) for n, (first, last) in enumerate(zip(firsts, ends, strict=True), 1))
