"""Umbrellas that go on under another name: told by where their children went.

Umbrellas of one name are one `kf:Project` in every list, so there is nothing to link between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_builder.identifiers import project_key
from graph_builder.lineage.matching.link_types import LinkType
from graph_builder.lineage.matching.names import key
from graph_builder.lineage.matching.selection import Match
from graph_builder.lineage.matching.thresholds import UMBRELLA_CHILDREN

_SHARE_BASE, _SHARE_WEIGHT = 0.45, 0.4  # all children together: 0.85, for the rest of the umbrella may be new


@dataclass(frozen=True, order=True)
class UmbrellaProposal:
    """An umbrella project that may continue another; `earlier` and `later` are keys of projects."""

    earlier: str
    later: str
    earlier_name: str
    later_name: str
    link_type: LinkType
    confidence: float
    reason: str


def umbrella_proposals(matches: Sequence[Match], children: Mapping[str, int]) -> list[UmbrellaProposal]:
    """Proposals between umbrellas of two lists; `children` counts those of each earlier umbrella."""
    gone: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in matches:
        one, other = match.pair.one.of.umbrella, match.pair.other.of.umbrella
        if one and other and key(one) != key(other):
            gone[one, other].append(match)
    steps = {ends: found for ends, found in gone.items() if len(found) >= UMBRELLA_CHILDREN}
    return sorted(_proposal(ends, found, children[key(ends[0])], steps) for ends, found in steps.items())


def _proposal(
    ends: tuple[str, str],
    found: Sequence[Match],
    children: int,
    steps: Mapping[tuple[str, str], Sequence[Match]],
) -> UmbrellaProposal:
    one, other = ends
    into, of = sum(known[0] == one for known in steps), sum(known[1] == other for known in steps)
    kind = LinkType.SPLIT if into > 1 else LinkType.MERGED if of > 1 else LinkType.SUCCESSOR
    share = len({match.ends[0] for match in found}) / children
    names = "、".join(sorted({match.pair.other.of.name for match in found}))
    told = f"前の内訳{children}事業のうち{len(found)}事業が後の内訳に続く: {names}。"
    value = round(_SHARE_BASE + _SHARE_WEIGHT * min(share, 1.0), 2)
    return UmbrellaProposal(project_key(one), project_key(other), one, other, kind, value, told)
