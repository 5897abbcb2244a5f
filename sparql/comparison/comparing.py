"""Two lists and the accepted links between their entries → pairs, and what became of each entry."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from sparql.comparison.lists import PlanList
from sparql.lineage.family import Label, PassageRef


@dataclass(frozen=True)
class Fates:
    """The types of links, nearest first, and the names of the two ends."""

    links: tuple[str, ...]
    dropped: str
    new: str

    @property
    def all(self) -> tuple[str, ...]:
        """Every fate in the order in which it is shown."""
        return (*self.links, self.dropped, self.new)


@dataclass(frozen=True)
class Heading:
    """A direction at the top of its plan."""

    address: str
    label: Label
    notation: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry of one of the lists, in the order of its document."""

    address: str
    label: Label
    headings: tuple[Heading, ...] = ()
    evidence: tuple[PassageRef, ...] = ()
    twins: tuple[str, ...] = ()
    """The entries of the same list that it repeats, or that repeat it: they share its fate."""


@dataclass(frozen=True)
class Link:
    """An accepted judgement: the later entry descends from the earlier."""

    address: str
    earlier: str
    later: str
    type: str
    confidence: float
    reason: str = ""


@dataclass(frozen=True)
class Pair:
    """An entry of the earlier list and one of the later, with the links on every way between them."""

    earlier: Entry
    later: Entry
    links: tuple[Link, ...]

    @property
    def fate(self) -> str:
        """The type of the step that changed most."""
        return max((link.type for link in self.links), key=fates().links.index)

    @property
    def confidence(self) -> float:
        """How sure the least sure step is."""
        return min(link.confidence for link in self.links)


@dataclass(frozen=True)
class Comparison:
    """Two lists, side by side."""

    earlier: PlanList
    later: PlanList
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    pairs: tuple[Pair, ...]
    steps: int = 1
    """Links on the longest way between the lists: more than one where another list lies between."""

    @cached_property
    def fate_before(self) -> Mapping[str, str]:
        """Entry of the earlier list → what became of it."""
        return _fates(self.before, ((pair.earlier, pair.fate) for pair in self.pairs), fates().dropped)

    @cached_property
    def fate_after(self) -> Mapping[str, str]:
        """Entry of the later list → where it comes from."""
        return _fates(self.after, ((pair.later, pair.fate) for pair in self.pairs), fates().new)


@cache
def fates() -> Fates:
    """Return what can become of a project."""
    record = tomllib.loads((Path(__file__).parent.parent / "fates.toml").read_text("utf-8"))
    return Fates(tuple(record["links"]), record["dropped"], record["new"])


def compare(
    lists: tuple[PlanList, PlanList],
    before: tuple[Entry, ...],
    after: tuple[Entry, ...],
    links: Iterable[Link],
) -> Comparison:
    """Return the comparison; links of other lists count where they lead from the earlier to the later."""
    steps: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        steps[link.earlier].append(link)
    ends = {name: entry for entry in after for name in (entry.address, *entry.twins)}
    found = [(entry, _ways(entry, steps, ends)) for entry in before]
    longest = max((len(way) for _, ways in found for _, way in ways), default=1)
    pairs = [pair for entry, ways in found for pair in _pairs(entry, ways, after)]
    return Comparison(*lists, before, after, tuple(pairs), longest)


Way = tuple[Link, ...]


def _ways(entry: Entry, steps: Mapping[str, list[Link]], ends: Mapping[str, Entry]) -> list[tuple[str, Way]]:
    """Return every way from an entry, or from one that it shares its fate with, into the later list."""
    found: list[tuple[str, Way]] = []
    open_ways: list[tuple[str, Way]] = [(start, ()) for start in (entry.address, *entry.twins)]
    while open_ways:
        place, way = open_ways.pop()
        if place in ends and way:
            found.append((place, way))
        open_ways += [(link.later, (*way, link)) for link in steps.get(place, ()) if link not in way]
    return found


def _pairs(entry: Entry, ways: list[tuple[str, Way]], after: Iterable[Entry]) -> Iterator[Pair]:
    for end in after:
        names = {end.address, *end.twins}
        if links := {link: None for place, way in ways for link in way if place in names}:
            yield Pair(entry, end, tuple(links))


def _fates(entries: Iterable[Entry], pairs: Iterable[tuple[Entry, str]], none: str) -> dict[str, str]:
    """Return the nearest of the fates of each entry, or `none`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry, fate in pairs:
        found[entry.address].add(fate)
    nearest = fates().links.index
    return {
        entry.address: min(found[entry.address], key=nearest) if found[entry.address] else none
        for entry in entries
    }
