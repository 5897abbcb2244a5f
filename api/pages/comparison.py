"""The page of a comparison: counts with the queries behind them, the flow between directions, every pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from api.addresses import Addresses
from api.pages.sankey import Sankey, lay_out
from sparql.comparison.comparing import Comparison, Entry, Heading, Pair, fates
from sparql.comparison.spelling import entries_query, pairs_query, unlinked_query, whole_query

ENDS = (fates().dropped, fates().new)


@dataclass(frozen=True)
class Figure:
    """A number, and where the query behind it can be run."""

    count: int
    href: str


@dataclass(frozen=True)
class Group:
    """What is of one fate: the entries on either side, and their pairs; None where a number has no sense."""

    fate: str
    before: Figure | None
    after: Figure | None
    linked: Figure | None
    pairs: tuple[Pair, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class ComparisonPage:
    """All that the page of a comparison shows."""

    comparison: Comparison
    groups: tuple[Group, ...]
    before: Figure
    after: Figure
    linked: Figure
    sankey: Sankey[str]
    headings: dict[str, Heading]
    link: Callable[[str], str | None]

    @property
    def ends(self) -> tuple[str, str]:
        """The names of the flows that have one end only."""
        return ENDS


def comparison_page(comparison: Comparison, addresses: Addresses) -> ComparisonPage:
    """Return the page of a comparison."""
    values, headings = direction_flows(comparison)
    keys = list(headings)
    return ComparisonPage(
        comparison,
        _groups(comparison),
        Figure(len(comparison.before), query_address(whole_query(comparison.earlier.plan))),
        Figure(len(comparison.after), query_address(whole_query(comparison.later.plan))),
        Figure(len(comparison.pairs), query_address(pairs_query(comparison))),
        lay_out(values, [*keys, "", fates().new], [*keys, "", fates().dropped]),
        headings,
        addresses.link,
    )


def query_address(query: str) -> str:
    """Return the path of the page that runs a query."""
    return f"/query?{urlencode({'query': query})}"


def direction_flows(comparison: Comparison) -> tuple[dict[tuple[str, str], int], dict[str, Heading]]:
    """Return how many pairs lead from direction to direction, and the directions in their order.

    What stands under several directions counts in each; the key of none is empty.
    """
    values: Counter[tuple[str, str]] = Counter()
    for pair in comparison.pairs:
        values.update((one, other) for one in _keys(pair.earlier) for other in _keys(pair.later))
    for entry in _of_fate(comparison.before, comparison.fate_before, fates().dropped):
        values.update((key, fates().dropped) for key in _keys(entry))
    for entry in _of_fate(comparison.after, comparison.fate_after, fates().new):
        values.update((fates().new, key) for key in _keys(entry))
    found = {
        heading.address: heading
        for entry in (*comparison.before, *comparison.after)
        for heading in entry.headings
    }
    ordered = sorted(found.values(), key=lambda each: (len(each.notation), each.notation, each.address))
    return dict(values), {heading.address: heading for heading in ordered}


def _keys(entry: Entry) -> tuple[str, ...]:
    return tuple(heading.address for heading in entry.headings) or ("",)


def _of_fate(entries: tuple[Entry, ...], known: Mapping[str, str], fate: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if known[entry.address] == fate)


def _groups(comparison: Comparison) -> tuple[Group, ...]:
    before = Counter(comparison.fate_before.values())
    after = Counter(comparison.fate_after.values())
    groups = [_linked(comparison, fate, before[fate], after[fate]) for fate in fates().links]
    dropped, new = fates().dropped, fates().new
    lost = Figure(before[dropped], query_address(unlinked_query(comparison, "earlier")))
    added = Figure(after[new], query_address(unlinked_query(comparison, "later")))
    left = _of_fate(comparison.before, comparison.fate_before, dropped)
    come = _of_fate(comparison.after, comparison.fate_after, new)
    groups.append(Group(dropped, lost, None, None, entries=left))
    groups.append(Group(new, None, added, None, entries=come))
    return tuple(groups)


def _linked(comparison: Comparison, fate: str, before: int, after: int) -> Group:
    pairs = tuple(pair for pair in comparison.pairs if pair.fate == fate)
    return Group(
        fate,
        Figure(before, query_address(entries_query(comparison, fate, "earlier"))),
        Figure(after, query_address(entries_query(comparison, fate, "later"))),
        Figure(len(pairs), query_address(pairs_query(comparison, fate))),
        pairs,
    )
