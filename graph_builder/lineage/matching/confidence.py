"""How sure a match is: a base for its ground, raised or lowered by what else is known."""

from __future__ import annotations

from graph_builder.lineage.matching.continuity import Duty
from graph_builder.lineage.matching.features import Features
from graph_builder.lineage.matching.grounds import Ground

_BASE = {
    Ground.EQUAL: 0.95,  # a list seldom gives one name to two things
    Ground.MOVED: 0.90,  # the child's name identifies it, yet two umbrellas may have like children
    Ground.UNFOLDED: 0.65,  # the whole goes on, a single child may be new
    Ground.FOLDED: 0.75,  # the child may have ended inside the whole
    Ground.CORE: 0.80,  # only generic words differ
    Ground.HELD: 0.60,  # as unfolded, and the umbrella's name is another
    Ground.NEAR: 0.65,  # a longer name may name a part only
    Ground.MENTIONED: 0.65,  # a description may mention what it merely stands beside
    Ground.CONTENT: 0.45,  # like descriptions may be two projects of one field
    Ground.FIELD: 0.45,  # the field goes on, the project perhaps
}
_DUTY = {Duty.SAME: 0.04, Duty.LEARNED: 0.03, Duty.OTHER: -0.05, Duty.UNKNOWN: 0.0}
_CONTENT_WEIGHT = 0.5
_CONTENT_MOST = 0.2  # descriptions support a ground, they do not replace it
_NAME_WEIGHT = 0.1
_TERM = 0.05  # a rare term in common
_MOST = 0.99  # certainty is for reviewers


def confidence(pair: Features, ground: Ground) -> float:
    """Between 0 and 1, two digits."""
    value = _BASE[ground] + _DUTY[pair.duty]
    if ground > Ground.MOVED:
        value += min(_CONTENT_MOST, _CONTENT_WEIGHT * pair.similarity)
    if ground >= Ground.NEAR:
        value += _NAME_WEIGHT * pair.name_coverage + (_TERM if pair.terms else 0.0)
    return round(min(value, _MOST), 2)
