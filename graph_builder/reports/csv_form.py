"""The report as CSV (RFC 4180): one row a result, in the order of the report."""

from __future__ import annotations

import csv
import io

from graph_builder.reports.results import Report, Result

COLUMNS = (
    "severity", "rule", "document", "start_line", "end_line", "message_ja", "message_en", "remedy_ja",
    "remedy_en", "focus_node", "path", "value", "also",
)  # fmt: skip


def render(report: Report, _base: str = "") -> str:
    """A header and every result; several further places are joined by `|`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(result) for result in report.results)
    return text.getvalue()


def _row(result: Result) -> tuple[object, ...]:
    spot = result.spot
    place = (spot.document, spot.start_line, spot.end_line) if spot else (None, None, None)
    texts = (result.message.ja, result.message.en, result.remedy.ja, result.remedy.en)
    found = (result.focus_node, result.path, result.value, "|".join(str(each) for each in result.also))
    return (result.severity.value, result.rule.iri, *place, *texts, *found)
