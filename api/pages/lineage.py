"""The page of a lineage: the trees of a family, every thing and every place linked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.addresses import Addresses
from api.pages.links import Link
from sparql.asking import Term
from sparql.lineage.family import Family, PassageRef, Step, Thing
from sparql.lineage.tree import Branch, Mark, roots


@dataclass(frozen=True)
class Place:
    """A place that proves something: where it leads, and what it is called."""

    href: str | None
    name: str


@dataclass(frozen=True)
class Member:
    """A thing in a tree, the step that led to it (None at a root), and what lies beyond it."""

    link: Link
    years: str
    places: tuple[Place, ...]
    step: Step | None = None
    mark: Mark = Mark.NONE
    ancestors: tuple[Member, ...] = ()
    descendants: tuple[Member, ...] = ()

    @property
    def basis(self) -> str:
        """How sure the step is, and on what it rests."""
        if self.step is None or self.step.confidence is None:
            return ""
        names = "・".join(str(label) or name for name, label in self.step.bases)
        return f"{self.step.confidence:.2f}、{names}"


@dataclass(frozen=True)
class LineagePage:
    """All that the page of a lineage shows."""

    family: Family
    link: Link
    members: tuple[Member, ...]


def lineage_page(family: Family, addresses: Addresses) -> LineagePage:
    """Return the page of a family."""
    members = [
        replace(
            _member(root.thing, root.thing.evidence, addresses),
            ancestors=tuple(_branch(branch, addresses) for branch in root.ancestors),
            descendants=tuple(_branch(branch, addresses) for branch in root.descendants),
        )
        for root in roots(family)
    ]
    return LineagePage(family, _link(family.things[family.address], addresses), tuple(members))


def _branch(branch: Branch, addresses: Addresses) -> Member:
    further = tuple(_branch(each, addresses) for each in branch.branches)
    plain = _member(branch.thing, branch.step.evidence, addresses)
    member = replace(plain, step=branch.step, mark=branch.mark)
    if branch.step.earlier == branch.thing.address:
        return replace(member, ancestors=further)
    return replace(member, descendants=further)


def _member(thing: Thing, evidence: tuple[PassageRef, ...], addresses: Addresses) -> Member:
    places = tuple(Place(addresses.link(place.passage), str(place)) for place in evidence)
    years = "–".join(dict.fromkeys(str(year) for year in (*thing.years[:1], *thing.years[-1:])))
    return Member(_link(thing, addresses), years, places)


def _link(thing: Thing, addresses: Addresses) -> Link:
    label = thing.label
    names = tuple(
        Term(text, is_address=False, language=language)
        for text, language in ((label.ja, "ja"), ("" if label.ja else label.en, "en"))
        if text
    )
    return Link(thing.address, addresses.link(thing.address), names)
