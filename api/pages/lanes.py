"""The lanes of a picture: in each stand things of one kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """A band of a picture by its name (laws, strategies, plans or projects), in the units of the view box."""

    name: str
    y: float
    height: float
