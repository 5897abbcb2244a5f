"""A figure in its statement: what the modules that read its meaning have in common."""

from __future__ import annotations

from dataclasses import dataclass

from graph_builder.values.segments import Segment, clause_after


@dataclass(frozen=True)
class Figure:
    """A number with its words in places of a folded text: start..end within the statement `segment`.

    `floor` is where the figure before it in the same statement ends (else the statement's start);
    `unit_text`, `per` and `qualifiers` are those of the quantity.
    """

    text: str
    segment: Segment
    start: int
    end: int
    floor: int
    unit_text: str
    per: str | None = None
    qualifiers: tuple[str, ...] = ()

    @property
    def is_rate(self) -> bool:
        """Whether it is counted per something: 年４回, 12回／年."""
        return self.per is not None or "/" in self.unit_text

    @property
    def before(self) -> str:
        """The statement up to the figure."""
        return self.text[self.segment.start : self.start]

    @property
    def behind(self) -> str:
        """The statement after the figure."""
        return self.text[self.end : self.segment.end]

    @property
    def clause_behind(self) -> str:
        """What follows up to the next 、 or 。, without brackets."""
        return clause_after(self.text, self.end, self.segment.end)
