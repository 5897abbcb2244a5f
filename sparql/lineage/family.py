"""The family of a thing: the things before and after it, and the steps between them, within limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Where to look: to the ancestors, to the descendants, or both ways."""

    BOTH = "both"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Limits:
    """How many steps away, and how many things, a family may have; what is cut off is said."""

    depth: int = 12
    things: int = 500


USUAL_LIMITS = Limits()


@dataclass(frozen=True)
class Label:
    """A name in Japanese and in English; either may be missing."""

    ja: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.ja or self.en


@dataclass(frozen=True, order=True)
class PassageRef:
    """A place that proves something: the document, the lines (1-based, inclusive) and the passage itself."""

    document_address: str
    first: int
    last: int
    passage: str

    @property
    def document(self) -> str:
        """The document's key."""
        return self.document_address.rpartition("/")[2]

    def __str__(self) -> str:
        return f"{self.document}:{self.first}-{self.last}"


@dataclass(frozen=True)
class Thing:
    """A member of the family."""

    address: str
    label: Label = Label()
    class_address: str = ""
    class_label: Label = Label()
    years: tuple[int, ...] = ()
    evidence: tuple[PassageRef, ...] = ()

    @property
    def key(self) -> str:
        """The last part of the address."""
        return self.address.rpartition("/")[2]

    @property
    def name(self) -> str:
        """The name to show; the last part of the address where there is none."""
        return str(self.label) or self.key


@dataclass(frozen=True)
class Step:
    """One step of descent: the later thing comes from the earlier; without a link it is mere structure."""

    later: str
    earlier: str
    property: str
    label: Label
    type: str = ""
    link: str = ""
    confidence: float | None = None
    bases: tuple[tuple[str, Label], ...] = ()
    article: str = ""
    reason: str = ""
    evidence: tuple[PassageRef, ...] = ()


@dataclass(frozen=True)
class Family:
    """All that was found: `starts` are the thing itself and, for a project, its entries, the latest first."""

    address: str
    direction: Direction
    limits: Limits
    starts: tuple[str, ...]
    things: dict[str, Thing]
    up: tuple[Step, ...] = ()
    down: tuple[Step, ...] = ()
    is_cut: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step once, in the order of their ends."""
        return tuple(
            sorted({*self.up, *self.down}, key=lambda step: (step.later, step.earlier, step.property))
        )
