"""What a document states a number as: a target, a baseline, what was reached, or how many there are."""

from __future__ import annotations

import re

from graph_builder.values.figures import Figure
from graph_builder.values.measure_words import MeasureWords
from graph_builder.values.segments import outside_brackets

# A clause about what is (ている) or was (た before a noun, だった, ました), not about what shall be.
_STATE = re.compile(r"て(?:い|お)(?:る|り|た|ます)|だった|であった|した(?=[一-龥])|ました|されて|られて")
# What was done to the number itself: 増加している, となった.
_REACHED = re.compile(r"増|減|となっ|に達し|であった|だった|し(?:た|て)")
# The number is who acts, not what is aimed at: 2市は…, 県と2市町が共同し.
_ACTOR = re.compile(r"(?:は|が|と共同|と連携)(?!目標)")
# A number in a bracket within a sentence describes the noun before the bracket; （年４回） is a rate.
_ASIDE = re.compile(r"\)(?:に|を|が|は|で|と|の)")
# From here to a next figure: 80%から90%に.
_FROM = re.compile(r"\s*(?:から|→|⇒|⇨)\s*(?:目標)?\s*\d")
# What stands before these is a reason, and its words do not tell of what comes after.
_REASON = re.compile(r"ことから|ことを踏まえ|ため、")
_LABELLED = re.compile(r"(?:数|率|額)[はが]$")


def measure_kind(figure: Figure, words: MeasureWords) -> str:
    """The kind of a figure, by the words of its statement and heading."""
    marked = _last_mark(_REASON.split(f"{figure.segment.heading} {figure.before}")[-1], words)
    clause = figure.clause_behind
    if _is_reported(figure, words):
        return "actual"
    if marked in ("baseline", "actual"):
        return marked
    if _FROM.match(figure.behind):
        return "baseline"
    if _LABELLED.search(figure.before.rstrip(" \u3000")):
        return "actual" if _STATE.search(figure.behind) else "target"
    if _STATE.search(clause):
        return "actual" if _REACHED.match(clause) else "count"
    return "count" if _ACTOR.match(clause) or _is_aside(figure) else "target"


def _last_mark(before: str, words: MeasureWords) -> str | None:
    """The kind that the last telling word before a figure names."""
    found = [(before.rfind(word), kind) for word, kind in words.kinds.items()]
    place, kind = max(found, default=(-1, ""))
    return kind if place >= 0 else None


def _is_reported(figure: Figure, words: MeasureWords) -> bool:
    """Whether 実績 follows directly: 22件（令和③）の実績だった."""
    behind = outside_brackets(figure.behind)
    return any(re.match(f"の?{word}", behind) for word, kind in words.kinds.items() if kind == "actual")


def _is_aside(figure: Figure) -> bool:
    """Whether the figure stands in a bracket inside a sentence: 業者等（許可9,000件程度）に対して."""
    closing = figure.text.find(")", figure.end, figure.segment.end)
    is_inside = figure.before.count("(") > figure.before.count(")") and closing >= 0
    return is_inside and not figure.is_rate and bool(_ASIDE.match(figure.text, closing))
