"""The queries behind the counts of the report, as a reader can run them on the published graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from api.pages.behind import behind
from sparql.asking import prologue

COUNTS = {
    "severity": "?result sh:resultSeverity ?severity",
    "rule": "?result sh:sourceShape ?rule",
    "document": """{ ?result (kf:evidence|rdfs:seeAlso)/dcterms:isPartOf ?document } UNION
  { ?result kf:evidence|rdfs:seeAlso|sh:focusNode ?document } ?document a kf:Document""",
}
"""What results are counted by → the pattern that binds it."""


@cache
def queries() -> Mapping[str, str]:
    """Return where each count can be run, by what it counts by."""
    return {name: behind(_counting(name, pattern)) for name, pattern in COUNTS.items()}


def _counting(name: str, pattern: str) -> str:
    return f"""{prologue("sh", "kf", "rdfs", "dcterms")}
SELECT ?{name} (COUNT(DISTINCT ?result) AS ?count) WHERE {{
  ?result a sh:ValidationResult .
  {pattern}
}} GROUP BY ?{name} ORDER BY DESC(?count) ?{name}"""
