"""The report as a page that people read, in Japanese and English; everything is escaped."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph_builder.reports.results import Report, Result, Severity

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(report: Report, base: str) -> str:
    """The page: results by severity, within it by document.

    It is served beside the things it names, so a link below `base` is relative and works on any host.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    groups = [(severity, _by_document(report, severity)) for severity in Severity]
    return environment.get_template("report.html").render(report=report, groups=groups, base=base)


def _by_document(report: Report, severity: Severity) -> list[tuple[str | None, list[Result]]]:
    chosen = (result for result in report.results if result.severity is severity)
    return [
        (document, list(results)) for document, results in groupby(chosen, lambda result: result.document)
    ]
