"""A tiny complete family of plans, published like a build: every question has an answer in it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from graph_builder.folders import Folders
from graph_builder.namespaces import DEFAULT_BASE
from graph_builder.publication import publish

CASES = Path(__file__).resolve().parent / "questions"


def publish_family(out: Path) -> Folders:
    """Publish the family below `out`, with the real words."""
    folders = Folders(shapes=out / "shapes", out=out / "build")
    folders.out.mkdir(parents=True)
    quads = parse(path=CASES / "family.trig", format=RdfFormat.TRIG)
    lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
    folders.dataset.write_bytes(b"".join(sorted(lines.splitlines(keepends=True))))
    publish(folders, "family", DEFAULT_BASE)
    return folders
