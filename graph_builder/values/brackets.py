"""Brackets and quotation marks of Japanese text: where a text may be divided, and what is quoted in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

OPENING = "「『（(【〔"
CLOSING = "」』）)】〕"


def depths(text: str) -> list[int] | None:
    """How many brackets are open at each character, counting its own; None where they do not match."""
    found, depth = [], 0
    for character in text:
        depth += character in OPENING
        found.append(depth)
        depth -= character in CLOSING
        if depth < 0:
            return None
    return None if depth else found


def divided(text: str, at: Collection[str]) -> list[tuple[int, int]] | None:
    """The non-empty pieces between these characters outside of brackets; None where brackets do not match."""
    depth = depths(text)
    if depth is None:
        return None
    ends = [i for i, character in enumerate(text) if character in at and depth[i] == 0]
    pieces = zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True)
    return [(start, end) for start, end in pieces if text[start:end].strip()]


def quoted(text: str) -> Iterator[tuple[int, int]]:
    """Each 「…」 that stands in no other bracket, with its marks; none where the brackets do not match."""
    depth, start = depths(text) or [], None
    for at, character in enumerate(text[: len(depth)]):
        if character == "「" and depth[at] == 1:
            start = at
        elif character == "」" and depth[at] == 1 and start is not None:
            yield start, at + 1
            start = None


def last_bracket(text: str) -> int | None:
    """Where the round bracket opens that ends a text."""
    depth = depths(text)
    if not depth or text[-1] not in "）)":
        return None
    return max(at for at in range(len(text)) if depth[at] == 1 and text[at] in OPENING)
