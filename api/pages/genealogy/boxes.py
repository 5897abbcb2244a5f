"""A thing → the boxes that could show it: its text in its period, or to the right or left of its date."""

from __future__ import annotations

from collections.abc import Callable

from api.language import Language
from api.pages.genealogy.fitting import fit, width
from api.pages.genealogy.placing import Box
from api.pages.genealogy.reading import Thing

SIZE = 11.5
"""Font size in pixels."""
INSET, DOT, BESIDE = 2.0, 7.0, 10.0
"""Pixels: between two periods, from a date to the edge of its box, and from a bar or dot to its text."""
INSIDE, OUTSIDE, LINES = 10.0, 176.0, 3
"""Pixels that the ends of a period take from its text, the longest line beside a date, and the most lines."""


def box_choices(
    thing: Thing, lane: int, language: Language, x: Callable[[float], float], room: tuple[float, float]
) -> list[Box]:
    """Return the boxes in which a thing may be shown between the edges of the picture, the best first."""
    name = next((term.text for term in thing.link.spoken(language)), thing.link.short)
    start = thing.start or 0.0
    bar = (x(start), x(thing.end)) if thing.end else (x(start), x(start))
    if thing.end:
        inside = fit(name, SIZE, bar[1] - bar[0] - INSIDE, LINES)
        if not inside[-1].endswith("…"):
            edges = (bar[0] + INSET, bar[1] - INSET)
            return [Box(thing.link.address, lane, edges, edges, inside, "in", is_period=True)]
    lines = fit(name, SIZE, OUTSIDE, LINES)
    long = max(width(line, SIZE) for line in lines)
    reach = BESIDE + long + DOT
    edge = INSET if thing.end else -DOT
    right = (bar[0] + edge, bar[1] + reach)
    left = (bar[0] - reach, bar[1] - edge)
    choices = [
        Box(thing.link.address, lane, bar, occupied, lines, side, is_period=bool(thing.end))
        for side, occupied in (("left", left), ("right", right))
        if occupied[0] >= room[0] - 2 * DOT and occupied[1] <= room[1] + DOT
    ]
    return choices or [Box(thing.link.address, lane, bar, right, lines, "right", is_period=bool(thing.end))]
