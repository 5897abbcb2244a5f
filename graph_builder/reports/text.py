"""The report as plain text, one result a paragraph, as compilers print: place, severity, rule, remedy."""

from __future__ import annotations

from graph_builder.reports.results import Report, Result, Severity


def render(report: Report, _base: str = "") -> str:
    """Every result in English and Japanese, and the counts on the last line."""
    counts = ", ".join(f"{report.count(severity)} {severity.value}" for severity in Severity)
    verdict = "conforms" if report.conforms else "does not conform"
    return "\n".join([*(_paragraph(result) for result in report.results), f"{verdict}: {counts}", ""])


def _paragraph(result: Result) -> str:
    place = str(result.spot) if result.spot else result.focus_node
    value = f" (found: {result.value})" if result.value is not None else ""
    lines = [
        f"{place}: {result.severity.value}: {result.message.en}{value} [{result.rule.name}]",
        f"    {result.message.ja}",
        f"    {result.remedy.en}",
        f"    {result.remedy.ja}",
    ]
    if result.also:
        lines.append(f"    also {', '.join(str(spot) for spot in result.also)}")
    if result.spot:
        lines.append(f"    <{result.focus_node}>")
    return "\n".join([*lines, ""])
