"""The columns of `SELECT *` in the order in which a query names its variables.

SPARQL 1.1 leaves the order to the service; the engine sorts by name. People read s, p, o as they wrote it,
and so do the W3C examples of CSV and TSV.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

GAP = r"(?:\s|#[^\r\n]*(?:[\r\n]|$))"
PROLOGUE = rf"(?:{GAP}|BASE{GAP}*<[^<>]*>|PREFIX{GAP}+[^\s<>#]*:{GAP}*<[^<>]*>)*"
STAR = re.compile(rf"{PROLOGUE}SELECT{GAP}+(?:(?:DISTINCT|REDUCED){GAP}*)?(\*)", re.IGNORECASE)
VARIABLE = re.compile(r"[?$](\w+)")


def in_written_order(text: str, names: Sequence[str]) -> str | None:
    """Return the query with its outermost `*` spelled out; None where it has none, or the order is right."""
    star = STAR.match(text) if "*" in text else None
    if star is None:
        return None
    places = {name: place for place, name in reversed([*enumerate(VARIABLE.findall(text))])}
    ordered = sorted(names, key=lambda name: places.get(name, len(places)))
    if ordered == list(names):
        return None
    columns = " ".join(f"?{name}" for name in ordered)
    return f"{text[: star.start(1)]} {columns} {text[star.end(1) :]}"
