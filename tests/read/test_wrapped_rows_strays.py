"""A stray line stops the reading wherever it stands in the table, and the problem names it.

A line that looks like a regular one in every respect (as wide as its column, amid a paragraph) cannot always
be told from its neighbours; the share that is named is asserted for each kind. KEIFU_EVERY_CASE=1 tries
every position.
"""

from __future__ import annotations

import os

import pytest

from tests.read.wrapped_rows_documents import plan, read_whole, with_lines

STEP = 1 if os.environ.get("KEIFU_EVERY_CASE") else 127
STRAYS = {
    "latin": ("@@@ nonsense 4711 @@@", 0.98),
    "short": ("これは無意味な行です", 0.98),
    "sentence": ("これは無意味な行です。", 0.98),
    "number": ("999", 0.99),
    "four letters": ("無意味行", 0.98),
    "full width": ("これは表のどこにも属さない無意味な一行で", 0.93),
}


@pytest.mark.parametrize("kind", STRAYS)
def test_a_stray_line_anywhere_is_a_problem_that_names_it(kind: str) -> None:
    stray, share = STRAYS[kind]
    lines = [line.printed for line in plan().lines]
    positions = range(1 + len(kind) % STEP, len(lines) + 1, STEP)
    named = 0
    for position in positions:
        document = with_lines(plan(), [*lines[: position - 1], stray, *lines[position - 1 :]])
        problems = read_whole(document).problems
        assert problems, f"the line {position} was absorbed"
        named += any(problem.place.line == position for problem in problems)
    assert named >= share * len(positions) - 1, f"{named} of {len(positions)}"


def test_a_lost_line_anywhere_in_the_rows_is_a_problem() -> None:
    lines = [line.printed for line in plan().lines]
    positions = [at for at in range(3, 2090, STEP) if lines[at].strip()]
    for at in positions:
        assert read_whole(with_lines(plan(), [*lines[:at], *lines[at + 1 :]])).problems, at + 1
    assert len(positions) >= 10
