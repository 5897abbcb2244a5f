"""On what ground a pair may be proposed: one predicate each, the strongest first.

equal      the whole names are equal
moved      the child's name is equal, the umbrella is another or gone
unfolded   the earlier name is now an umbrella, the later project a child below it
folded     the earlier project was a child of what is now one project
core       the names are equal but for generic words (推進, システム …)
held       the earlier name went up into an umbrella's, and the child stands in its description
near       one name holds all rare words of the other, and the descriptions agree
mentioned  the later description names the earlier project
content    the descriptions agree, with a second sign
field      each is its list's only project of a field (水産業), in one department, and the names are akin
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from graph_builder.lineage.matching import thresholds as limit
from graph_builder.lineage.matching.features import Features


class Ground(IntEnum):
    """The grounds in order of strength."""

    EQUAL = 1
    MOVED = 2
    UNFOLDED = 3
    FOLDED = 4
    CORE = 5
    HELD = 6
    NEAR = 7
    MENTIONED = 8
    CONTENT = 9
    FIELD = 10


def ground(pair: Features) -> Ground | None:
    """The strongest ground on which a pair may be proposed."""
    return next((known for known, holds in _PREDICATES.items() if holds(pair)), None)


def _equal(pair: Features) -> bool:
    return pair.one.of.keys == pair.other.of.keys


def _moved(pair: Features) -> bool:
    # A child like 管理運営事業 names nothing by itself.
    return pair.one.of.keys[-1] == pair.other.of.keys[-1] and bool(pair.one.identity)


def _core(pair: Features) -> bool:
    tokens = pair.one.identity
    if not tokens or tokens != pair.other.identity:
        return False
    return pair.duty.continues or pair.bench.rarity.of(tokens) >= limit.CORE_RARITY


def _unfolded(pair: Features) -> bool:
    one, other = pair.one.of.keys, pair.other.of.keys
    return len(one) < len(other) and other[: len(one)] == one


def _folded(pair: Features) -> bool:
    one, other = pair.one.of.keys, pair.other.of.keys
    return len(other) < len(one) and one[: len(other)] == other


def _held(pair: Features) -> bool:
    name = pair.one.of.keys[-1]
    held = any(part != name and part.endswith(name) for part in pair.other.of.keys[:-1])
    return (
        held
        and pair.duty.continues
        and pair.text_coverage[1] >= limit.HELD_COVERAGE
        and pair.similarity >= limit.CONTENT_WITH_NAME
    )


def _near(pair: Features) -> bool:
    if pair.one.identity.isdisjoint(pair.other.identity):
        return False
    forward, backward = sorted(pair.identity_coverage)
    if backward < limit.CONTAINED or forward < limit.CONTAINING or pair.rival:
        return False
    if pair.bench.rarity.of(pair.one.identity & pair.other.identity) < limit.CONTAINED_RARITY:
        return False
    return pair.similarity >= limit.CONTENT_WITH_NAME if pair.described else pair.duty.continues


def _mentioned(pair: Features) -> bool:
    return bool(pair.one.identity) and pair.one.of.keys[-1] in pair.other.of.text_key


def _content(pair: Features) -> bool:
    if pair.similarity < limit.CONTENT_WITH_UNIQUE_TERM or pair.rival:
        return False
    if pair.duty.continues:
        return _content_of_one_division(pair)
    needed = limit.NAME_WITH_CONTENT if not pair.one.of.divisions else limit.NAME_WITHOUT_DIVISION
    return pair.similarity >= limit.CONTENT_WITH_NAME and pair.name_coverage >= needed


def _content_of_one_division(pair: Features) -> bool:
    if pair.similarity >= limit.CONTENT_ALONE:
        return True
    if pair.similarity >= limit.CONTENT_WITH_NAME and (
        pair.terms_in_full
        or pair.name_coverage >= limit.NAME_WITH_CONTENT
        or min(pair.text_coverage) >= limit.NAME_WORDS_IN_TEXT
    ):
        return True
    return any(term.frequency <= limit.UNIQUE_TERM for term in pair.terms_in_full)


def _field(pair: Features) -> bool:
    if not pair.sole_in_field or pair.rival or not pair.one.of.departments & pair.other.of.departments:
        return False
    return min(pair.identity_coverage) >= limit.FIELD_COVERAGE


_PREDICATES: dict[Ground, Callable[[Features], bool]] = {
    Ground.EQUAL: _equal,
    Ground.MOVED: _moved,
    Ground.UNFOLDED: _unfolded,
    Ground.FOLDED: _folded,
    Ground.CORE: _core,
    Ground.HELD: _held,
    Ground.NEAR: _near,
    Ground.MENTIONED: _mentioned,
    Ground.CONTENT: _content,
    Ground.FIELD: _field,
}
