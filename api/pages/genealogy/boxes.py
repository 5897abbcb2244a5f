"""A thing → the boxes that could show it: its text in its period, or to the right or left of its date."""

from __future__ import annotations

from api.language import Language
from api.pages.genealogy.fitting import fit, width
from api.pages.genealogy.placing import Box
from api.pages.genealogy.reading import Thing
from api.pages.genealogy.scale import Scale

SIZE = 11.5
"""Font size in pixels."""
INSET, DOT, BESIDE = 2.0, 7.0, 10.0
"""Pixels: between two periods, from a date to the edge of its box, and from a bar or dot to its text."""
INSIDE, OUTSIDE, LINES = 10.0, 176.0, 3
"""Pixels that the ends of a period take from its text, the longest line beside a date, and the most lines."""


def box_choices(thing: Thing, language: Language, scale: Scale) -> list[Box]:
    """Return the boxes in which a thing may be shown between the edges of the picture, the best first."""
    name = next((term.text for term in thing.link.spoken(language)), thing.link.short)
    start = scale.x(thing.start or 0.0)
    bar = (start, scale.x(thing.end) if thing.end else start)
    if thing.end:
        inside = fit(name, SIZE, bar[1] - bar[0] - INSIDE, LINES)
        if not inside[-1].endswith("…"):
            edges = (bar[0] + INSET, bar[1] - INSET)
            return [Box(thing.link.address, edges, edges, inside, "in", is_period=True)]
    return _beside(thing, bar, fit(name, SIZE, OUTSIDE, LINES), scale)


def _beside(thing: Thing, bar: tuple[float, float], lines: tuple[str, ...], scale: Scale) -> list[Box]:
    """Return the boxes with the text on the left or right that stay within the picture; one at least."""
    reach = BESIDE + max((width(line, SIZE) for line in lines), default=0) + DOT
    edge = INSET if thing.end else -DOT
    sides = {"left": (bar[0] - reach, bar[1] - edge), "right": (bar[0] + edge, bar[1] + reach)}
    boxes = [
        Box(thing.link.address, bar, room, lines, side, is_period=bool(thing.end))
        for side, room in sides.items()
    ]
    within = [
        box
        for box in boxes
        if box.occupies[0] >= scale.left - 2 * DOT and box.occupies[1] <= scale.right + DOT
    ]
    return within or boxes[1:]
