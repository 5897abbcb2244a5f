"""What a layout reader proposes for a text it has never seen: the declarations of a new document folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Proposal:
    """The parts of document.toml and lookups.toml that a reader could work out from the lines alone.

    `layouts` and `ignored` are TOML tables as document.toml takes them; `lookups` is the whole of
    lookups.toml; `notes` are sentences for the person who reviews the proposal. `certainty` (0-1) lets
    the scaffolding choose between layouts.
    """

    certainty: float
    layouts: tuple[Mapping[str, Any], ...]
    ignored: tuple[Mapping[str, Any], ...] = ()
    lookups: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
