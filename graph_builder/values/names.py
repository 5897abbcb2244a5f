"""Names of projects: which part names the umbrella, which the child project in brackets.

A budget names a project under another as 傘事業（子事業）, "umbrella project (child project)"; a bracket may
just as well hold an abbreviation or a nickname (緊急情報ネットワークシステム（Ｅｍ－Ｎｅｔ）). The ending of
the bracketed part tells them apart.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

OPENING = frozenset("（(")
CLOSING = frozenset("）)")
PROJECT_ENDINGS = ("事業", "業務", "経費", "補助金", "プロジェクト")
"""Endings of Japanese project names: undertaking, duty, expense, subsidy, project."""


class Umbrella(NamedTuple):
    """The two parts of a name: the project that spans others, and the one that the row is about."""

    umbrella: str
    child: str


def split_umbrella(name: str, endings: Collection[str] = PROJECT_ENDINGS) -> Umbrella | None:
    """Split 傘事業（子事業） at its outermost trailing bracket; None where the bracket names no project.

    Full-width and half-width brackets count as one kind, also when a pair mixes them; a name whose last
    bracket is not closed, or closes nothing, is not split. `endings` are what a project's name ends in.
    """
    text = name.strip()
    at = opening_of_last(text)
    if at is None:
        return None
    umbrella, child = text[:at].strip(), text[at + 1 : -1].strip()
    if not umbrella or not _without_brackets(child).endswith(tuple(endings)):
        return None
    return Umbrella(umbrella, child)


def _without_brackets(text: str) -> str:
    """The text before its trailing brackets: a child may be an umbrella itself, or carry a （仮称）."""
    while (at := opening_of_last(text)) is not None:
        text = text[:at].rstrip()
    return text


def opening_of_last(text: str) -> int | None:
    """Where the round bracket opens that the last character closes; None where there is none."""
    if not text or text[-1] not in CLOSING:
        return None
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in CLOSING) - (text[at] in OPENING)
        if depth == 0:
            return at
    return None
