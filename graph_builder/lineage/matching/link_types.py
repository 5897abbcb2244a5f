"""Which kind of descent a match is (ontology/concepts/link-types.ttl)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from graph_builder.lineage.matching import thresholds as limit
from graph_builder.lineage.matching.grounds import Ground
from graph_builder.lineage.matching.selection import Match


class LinkType(StrEnum):
    """The kinds of descent between projects."""

    SAME = "same"
    RENAMED = "renamed"
    SUCCESSOR = "successor"
    SPLIT = "split"
    MERGED = "merged"
    COMPONENT = "component"


_OF_NAMES = {Ground.EQUAL: LinkType.SAME, Ground.MOVED: LinkType.RENAMED, Ground.CORE: LinkType.RENAMED}


def link_types(matches: Sequence[Match]) -> list[LinkType]:
    """The kind of each match between two lists; one end that is met several times is split or merged."""
    earlier = Counter(match.ends[0] for match in matches)
    # An umbrella that unfolds hands itself on to all its children: it merges with none of them.
    later = Counter(match.ends[1] for match in matches if match.ground is not Ground.UNFOLDED)
    named = {match.ends[0] for match in matches if match.ground in _OF_NAMES}
    return [
        _OF_NAMES.get(match.ground)
        or _structured(
            match, beside=match.ends[0] in named, into=earlier[match.ends[0]], of=later[match.ends[1]]
        )
        for match in matches
    ]


def _structured(match: Match, *, beside: bool, into: int, of: int) -> LinkType:
    """`beside`: the earlier project also goes on by name; `into` later ones, `of` earlier ones."""
    if beside or (match.ground is Ground.HELD and into == 1):
        return LinkType.COMPONENT
    if into > 1:
        return LinkType.SPLIT
    if of > 1:
        return LinkType.MERGED
    same_content = match.pair.similarity >= limit.CONTENT_ALONE or not match.pair.described
    if match.ground in {Ground.UNFOLDED, Ground.FOLDED} or (match.ground is Ground.NEAR and same_content):
        return LinkType.RENAMED
    return LinkType.SUCCESSOR
