"""What can be measured about a pair: names, structure, descriptions, divisions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from graph_builder.lineage.matching.continuity import Continuity, Duty
from graph_builder.lineage.matching.corpus import Profile, similarity
from graph_builder.lineage.matching.fields import Fields
from graph_builder.lineage.matching.rarity import Rarity
from graph_builder.lineage.matching.terms import Term, Terms
from graph_builder.lineage.matching.thresholds import RARE_TERM


@dataclass(frozen=True)
class Bench:
    """What pairs are measured with."""

    rarity: Rarity
    terms: Terms
    fields: Fields


@dataclass(frozen=True)
class Features:
    """One pair; each feature is computed when it is first asked for, most pairs need few of them."""

    one: Profile
    other: Profile
    bench: Bench
    continuity: Continuity

    @cached_property
    def duty(self) -> Duty:
        """How the divisions stand to each other."""
        return self.continuity.duty(self.one, self.other)

    @cached_property
    def similarity(self) -> float:
        """Similarity of the descriptions."""
        return similarity(self.one, self.other)

    @cached_property
    def described(self) -> bool:
        """Whether both have a description at all."""
        return bool(self.one.of.text and self.other.of.text)

    @cached_property
    def rival(self) -> tuple[str, str] | None:
        """Two rival words that set the identities apart."""
        return self.bench.rarity.words.rival(self.one.of.identity, self.other.of.identity)

    @cached_property
    def identity_coverage(self) -> tuple[float, float]:
        """How much of each identity the other identity has: forward, backward."""
        return self._both(self.one.identity, self.other.identity, self.one.identity, self.other.identity)

    @cached_property
    def name_coverage(self) -> float:
        """How much of each identity the other's whole name has, as a mean; a common umbrella says nothing."""
        if self.same_umbrella:
            return sum(self.identity_coverage) / 2
        forward, backward = self._both(
            self.one.identity, self.other.identity, self.one.named, self.other.named
        )
        return (forward + backward) / 2

    @cached_property
    def text_coverage(self) -> tuple[float, float]:
        """How much of each identity the other's name or description has: forward, backward."""
        return self._both(
            self.one.identity,
            self.other.identity,
            self.one.named | self.one.described,
            self.other.named | self.other.described,
        )

    @cached_property
    def same_umbrella(self) -> bool:
        """Whether both are children of one umbrella."""
        return len(self.one.of.keys) > 1 and self.one.of.keys[:-1] == self.other.of.keys[:-1]

    @cached_property
    def terms(self) -> list[Term]:
        """The rare terms that both have."""
        return self.bench.terms.shared(self.one.of, self.other.of, RARE_TERM)

    @cached_property
    def terms_in_full(self) -> list[Term]:
        """Those of them that are cut out of a longer word on neither side."""
        return [term for term in self.terms if not term.is_cut]

    @cached_property
    def sole_in_field(self) -> bool:
        """Whether one rival word stands in these two identities and in no other of their lists."""
        fields = self.bench.fields
        return bool(fields.sole(self.one.of) & fields.sole(self.other.of))

    def _both(
        self, one: frozenset[str], other: frozenset[str], mine: frozenset[str], theirs: frozenset[str]
    ) -> tuple[float, float]:
        coverage = self.bench.rarity.coverage
        return coverage(one, theirs), coverage(other, mine)
