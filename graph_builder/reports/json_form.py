"""The report as JSON: the contract for machines, see design section 3.2."""

from __future__ import annotations

import json

from graph_builder.reports.results import Report, Result, Spot, Text


def render(report: Report, _base: str = "") -> str:
    """`{"conforms", "version", "results": […]}`, indented, with a final newline."""
    results = [_result(result) for result in report.results]
    whole = {"conforms": report.conforms, "version": report.version, "results": results}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _result(result: Result) -> dict[str, object]:
    said: dict[str, object] = {
        "severity": result.severity.value,
        "rule": result.rule.iri,
        "message": _text(result.message),
        "remedy": _text(result.remedy),
        **_spot(result.spot),
        "focusNode": result.focus_node,
        "path": result.path,
        "value": result.value,
    }
    if result.also:
        said["also"] = [_spot(spot) for spot in result.also]
    return said


def _text(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _spot(spot: Spot | None) -> dict[str, str | int | None]:
    if spot is None:
        return {"document": None, "startLine": None, "endLine": None}
    return {"document": spot.document, "startLine": spot.start_line, "endLine": spot.end_line}
