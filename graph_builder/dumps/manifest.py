"""The manifest of dumps: what each is, and that it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from graph_builder.dumps.listing import Dump
from graph_builder.dumps.measures import Measure

MANIFEST = "manifest.json"


def manifest_of(version: str, dumps: Iterable[Dump], measures: Mapping[str, Measure]) -> dict[str, Any]:
    """What the manifest says: the version, and of each dump its media type and, where known, its measure.

    The dataset has no blank nodes and its lines are sorted, so its SHA-256, which is the version, is the hash
    of its canonical form too (RDFC-1.0, section 4.4.3).
    """
    files = [
        {"name": dump.name, "mediaType": dump.media_type}
        | (asdict(measures[dump.name]) if dump.name in measures else {})
        for dump in dumps
    ]
    return {"version": version, "rdfc10": {"hash": "sha256", "value": version}, "dumps": files}
