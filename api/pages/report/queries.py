"""The queries behind the counts of the report, as a reader can run them on the published graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from api.pages.behind import behind
from sparql.asking import prologue

COUNTS = {
    "severity": "?result sh:resultSeverity ?severity",
    "rule": "?result sh:sourceShape ?rule",
}
"""What results are counted by → the pattern that binds it. Which document a whole-document result is about
stands in the report alone, so the counts by document lead there."""


@cache
def queries() -> Mapping[str, str]:
    """Return where each count can be run, by what it counts by."""
    return {name: behind(_counting(name, pattern)) for name, pattern in COUNTS.items()}


def _counting(name: str, pattern: str) -> str:
    return f"""{prologue("sh")}
SELECT ?{name} (COUNT(DISTINCT ?result) AS ?count) WHERE {{
  ?result a sh:ValidationResult .
  {pattern}
}} GROUP BY ?{name} ORDER BY DESC(?count) ?{name}"""
