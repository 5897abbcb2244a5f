"""The matcher: which entry of a later list may continue which entry of an earlier one.

It sees the lists alone. Neighbouring lists are compared first; a list is compared with one further on only
for what has no continuation in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from graph_builder.lineage.matching.candidates import candidates
from graph_builder.lineage.matching.confidence import confidence
from graph_builder.lineage.matching.continuity import Continuity
from graph_builder.lineage.matching.corpus import Profile, profiles
from graph_builder.lineage.matching.features import Bench, Features
from graph_builder.lineage.matching.fields import Fields
from graph_builder.lineage.matching.grounds import ground
from graph_builder.lineage.matching.link_types import LinkType, link_types
from graph_builder.lineage.matching.names import key
from graph_builder.lineage.matching.narrative import Paragraph, narrate
from graph_builder.lineage.matching.rarity import Rarity
from graph_builder.lineage.matching.reasons import reason
from graph_builder.lineage.matching.selection import Match, select
from graph_builder.lineage.matching.terms import Terms
from graph_builder.lineage.matching.umbrellas import UmbrellaProposal, umbrella_proposals
from graph_builder.lineage.matching.undertakings import Undertaking, undertakings
from graph_builder.lineage.matching.vocabulary import Vocabulary
from graph_builder.rows.projects import EntryRow


@dataclass(frozen=True, order=True)
class Proposal:
    """An entry that may continue another; `earlier` and `later` are keys of entries."""

    earlier: str
    later: str
    link_type: LinkType
    confidence: float
    reason: str


@dataclass(frozen=True)
class Proposals:
    """What the matcher says: links between entries, and between umbrellas."""

    entries: list[Proposal]
    umbrellas: list[UmbrellaProposal]


def propose(
    lists: Sequence[Sequence[EntryRow]], words: Vocabulary, prose: Sequence[Paragraph] = ()
) -> Proposals:
    """Propose links between lists in order of time; `prose` describes entries that have no summary."""
    entries: list[Proposal] = []
    umbrellas: list[UmbrellaProposal] = []
    for matches, earlier in _steps(lists, prose, words):
        entries += _entry_proposals(matches)
        umbrellas += umbrella_proposals(
            matches, Counter(key(one.umbrella) for one in earlier if one.umbrella)
        )
    return Proposals(sorted(entries), sorted(umbrellas))


def _steps(
    lists: Sequence[Sequence[EntryRow]], prose: Sequence[Paragraph], words: Vocabulary
) -> Iterator[tuple[list[Match], list[Undertaking]]]:
    """The matches of every two lists, the earlier list with them."""
    prepared, bench = _prepare(lists, prose, words)
    for at, earlier in enumerate(prepared):
        waiting = earlier
        for later in prepared[at + 1 :]:
            matches = _step(waiting, later, bench)
            yield matches, [profile.of for profile in earlier]
            continued = {match.ends[0] for match in matches}
            waiting = [profile for profile in waiting if profile.of.entries not in continued]


def _prepare(
    lists: Sequence[Sequence[EntryRow]], prose: Sequence[Paragraph], words: Vocabulary
) -> tuple[list[list[Profile]], Bench]:
    plain = undertakings(lists, {})
    rarity = Rarity([one for listed in plain for one in listed], words)
    descriptions = narrate((row for listed in lists for row in listed), prose, rarity)
    described = undertakings(lists, descriptions)
    terms = Terms([one for listed in described for one in listed], words)
    return profiles(described, rarity), Bench(rarity, terms, Fields(described, words))


def _step(earlier: Sequence[Profile], later: Sequence[Profile], bench: Bench) -> list[Match]:
    """The matches that stand between two lists."""
    continuity = Continuity(earlier, later)
    matches = []
    for one, other in candidates(earlier, later, bench.rarity):
        pair = Features(one, other, bench, continuity)
        if (held := ground(pair)) is not None:
            matches.append(Match(pair, held, confidence(pair, held)))
    return select(matches)


def _entry_proposals(matches: Sequence[Match]) -> Iterator[Proposal]:
    """Every row of the earlier undertaking with every row of the later: they are all rows of what goes on."""
    for match, link_type in zip(matches, link_types(matches), strict=True):
        why = reason(match.pair, match.ground)
        for earlier, later in product(*match.ends):
            yield Proposal(earlier, later, link_type, match.confidence, why)
